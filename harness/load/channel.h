// Channel: what a worker sends requests through: a TCP connection, or a connected UDP socket.
//
// It owns the socket and judges what comes; it tells its worker what a reply turned out to be and
// when it can take more. The worker decides when a request is due and on which channel. Lives on
// the worker's loop. The worker is called back from open() and give_up(), too.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/load/load_report.h"
#include "core/load/payloads.h"
#include "core/load/reply_stream.h"
#include "core/time.h"

namespace sockspec::load {

class Channel;

enum class Closed {
  NotEstablished,
  NotHere,  // no port or no descriptor was left on this machine
  Ended,    // by the server
  Reset,    // by the server
};

// What channels share, and whom they tell. One for all channels of a worker.
class ChannelHost {
 public:
  virtual ~ChannelHost() = default;

  virtual Duration now() const = 0;

  // The verdicts on what has just come, or on what will not come any more.
  virtual void judged(Channel& channel, std::span<const Judged> verdicts, Duration now) = 0;

  // It was established, and may be sent through.
  virtual void opened(Channel& channel) = 0;

  // What was in flight has been judged.
  virtual void closed(Channel& channel, Closed how) = 0;

  // Everything that was accepted is with the kernel, after a time when it was not.
  virtual void unblocked(Channel& channel) = 0;

  virtual Tally& tally() = 0;
  virtual GeneratorCost& cost() = 0;
  virtual const Payloads& payloads() const = 0;
  virtual bool server_speaks_first() const = 0;   // nothing is sent, a connection is the request
  virtual std::span<char> receive_buffer() = 0;   // for the duration of one call
  virtual std::vector<Judged>& judgements() = 0;  // as well; empty at its beginning and its end
};

class Channel {
 public:
  explicit Channel(std::uint32_t number) : number_(number) {}
  virtual ~Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  std::uint32_t number() const { return number_; }

  // Begins to connect; `opened` or `closed` follows.
  virtual void open() = 0;

  // Takes a request; it leaves with the next flush(), or later where the socket is full.
  virtual void request(Duration due, Duration now) = 0;
  virtual void flush() = 0;

  // Gives up what was sent before this time and was not answered.
  virtual void give_up(Duration sent_before, Duration now) = 0;

  // Now and then: what waits for time to pass goes on.
  virtual void look(Duration now) = 0;

  // By us. Nothing is judged any more.
  virtual void close(bool reset) = 0;

  virtual bool is_open() const = 0;
  virtual bool blocked() const = 0;  // the socket was full; what is requested now has to wait
  virtual std::size_t in_flight() const = 0;
  virtual std::size_t waiting() const = 0;  // of these: taken, and still to be sent

 private:
  std::uint32_t number_;
};

}  // namespace sockspec::load
