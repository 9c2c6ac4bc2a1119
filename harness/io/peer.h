// Peer: one client connection (TCP) or socket (UDP) on the loop.
//
// Does what a conversation asks and tells what happens, without deciding anything. Uses the socket
// itself through uv_poll rather than uv_tcp, because verdicts depend on what uv_tcp hides: how many
// bytes of a write the kernel took, which call reported an error, what was readable after it
// (decision record 4). Lives on the loop's thread. May be destroyed at any time outside of its own
// calls to `tell`.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/event.h"
#include "core/profile.h"
#include "io/address.h"
#include "io/uv_own.h"

namespace sockspec::io {

class Peer {
 public:
  // Takes what happened to this peer. Bytes in it are valid during the call only.
  using Tell = std::function<void(decltype(Event::what))>;

  virtual ~Peer() = default;

  virtual void connect(const step::Connect& options) = 0;
  virtual void write(SharedBytes bytes) = 0;
  virtual void half_close() = 0;  // once everything written so far is with the kernel
  virtual void reset() = 0;       // RST (TCP); for UDP the same as close
  virtual void close() = 0;
  virtual void pause() = 0;  // stop reading
  virtual void resume() = 0;
  virtual void drop_unsent() = 0;
  virtual void send_urgent(char byte) = 0;  // TCP only

  // Our own address; none while there is no socket.
  virtual std::optional<Address> local() const = 0;

  // Bytes that the other side's kernel has not acknowledged; 0 when that cannot be known.
  virtual int unacknowledged() const = 0;

  // TCP: all that was sent is acknowledged; what still waits, waits for the other's window.
  virtual bool nothing_on_the_way() const = 0;
};

// How a connection that the server has ended is closed from our side.
enum class CloseAfterEnd {
  Fin,    // as every client does
  Reset,  // so that the server's port is not held in TIME_WAIT, and the server can be restarted on
          // it
};

std::unique_ptr<Peer> make_peer(Transport transport, Loop& loop, const Address& target,
                                CloseAfterEnd close_after_end, Peer::Tell tell);

}  // namespace sockspec::io
