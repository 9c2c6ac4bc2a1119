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
#include "load/clock.h"

namespace sockspec::load {

class Channel;

enum class Closed {
  NotEstablished,
  NotHere,  // no port or no descriptor was left on this machine
  Ended,    // by the server
  Reset,    // by the server
};

// What channels share, and whom they tell. One for all channels of a worker; all of it belongs to
// the worker's thread. What is asked for with each request is no virtual function.
class ChannelHost {
 public:
  // `plan` and `payloads` must outlive it. Room is that of the buffers; bytes.
  ChannelHost(const LoadPlan& plan, const Payloads& payloads, std::size_t receive_room,
              std::size_t send_room)
      : plan_(plan), payloads_(payloads), receive_buffer_(receive_room), send_buffer_(send_room) {}
  ChannelHost(const ChannelHost&) = delete;
  ChannelHost& operator=(const ChannelHost&) = delete;

  const LoadPlan& plan() const { return plan_; }
  const Payloads& payloads() const { return payloads_; }
  Duration now() const { return clock_.now(); }
  Tally& tally() { return *tally_; }
  GeneratorCost& cost() { return cost_; }

  // For the duration of one call.
  std::span<char> receive_buffer() { return receive_buffer_; }
  std::span<char> send_buffer() { return send_buffer_; }
  std::vector<Judged>& judgements() { return judgements_; }  // empty at its beginning and its end

  // The verdicts on what has just come, or on what will not come any more.
  virtual void judged(Channel& channel, std::span<const Judged> verdicts, Duration now) = 0;

  // It was established, and may be sent through.
  virtual void opened(Channel& channel) = 0;

  // What was in flight has been judged.
  virtual void closed(Channel& channel, Closed how) = 0;

  // Everything that was accepted is with the kernel, after a time when it was not.
  virtual void unblocked(Channel& channel) = 0;

 protected:
  ~ChannelHost() = default;

  const LoadPlan& plan_;
  const Payloads& payloads_;
  Clock clock_;
  Tally* tally_ = nullptr;  // counts what happens now
  GeneratorCost cost_;

 private:
  std::vector<char> receive_buffer_;
  std::vector<char> send_buffer_;
  std::vector<Judged> judgements_;
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
