// TcpSession: a protocol's side of one TCP connection. Bytes in, decision out; no socket, no clock.
#pragma once

#include <span>
#include <string_view>

namespace sockspec::reference {

enum class Then {
  Listen,    // go on receiving
  SendMore,  // ask more() when these bytes, and all before them, are with the kernel
  End,       // send these bytes, then FIN; nothing that comes later reaches the session
};

// What a session wants done. The bytes are borrowed until the next call of the session.
struct Answer {
  std::string_view send{};
  Then then = Then::Listen;
};

// One per connection, called from the loop's thread only. The connection sees to back-pressure,
// half-close and errors: a session is simply dropped when its client is gone, and after the FIN of
// the client everything owed is sent, then FIN, without asking the session.
class TcpSession {
 public:
  TcpSession() = default;
  TcpSession(const TcpSession&) = delete;
  TcpSession& operator=(const TcpSession&) = delete;
  virtual ~TcpSession() = default;

  // Called once, first.
  virtual Answer opened() { return {}; }

  // The bytes of one read, at least one and at most 64 KiB. They may be changed in place and sent
  // back; they are gone after the call. How the client cut its writes does not show in them.
  virtual Answer received(std::span<char> bytes) = 0;

  // Called after a Then::SendMore, at most once per turn of the loop.
  virtual Answer more() { return {}; }
};

inline std::string_view as_text(std::span<const char> bytes) {
  return {bytes.data(), bytes.size()};
}

}  // namespace sockspec::reference
