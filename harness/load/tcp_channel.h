// TcpChannel: one TCP connection under load.
//
// Reads and writes the descriptor directly whenever uv_poll says so: one recv() and one send() for
// each turn, however many replies and requests they carry. Requests that the socket does not take
// at once wait here, with the time at which they were due.
#pragma once

#include <string>
#include <vector>

#include "core/load/counted_replies.h"
#include "io/address.h"
#include "io/polled_socket.h"
#include "load/channel.h"

namespace sockspec::load {

class TcpChannel : public Channel {
 public:
  // `server` and `plan` must outlive it.
  TcpChannel(io::Loop& loop, ChannelHost& host, std::uint32_t number, const io::Address& server,
             const LoadPlan& plan);

  void open() override;
  void request(Duration due, Duration now) override;
  void flush() override;
  void give_up(Duration sent_before, Duration now) override;
  void look(Duration now) override;
  void close(bool reset) override;

  bool is_open() const override { return state_ == State::Open; }
  bool blocked() const override { return unsent_at_ < unsent_.size(); }
  std::size_t in_flight() const override {
    return (checked() ? replies_.in_flight() : counted_.in_flight()) + waiting();
  }
  std::size_t waiting() const override { return waiting_.size() - waiting_at_; }

 private:
  enum class State { Closed, Connecting, Open };

  bool checked() const { return plan_.validate == Validate::All; }
  int connect();
  void ready(int status, int events);
  void connected();
  void receive();
  void drain();
  void broke(bool reset);
  void put(Duration due, Duration now);
  void tell(Duration now);
  void end_replies(bool reset);
  void forget_unsent();
  ssize_t send(const char* data, std::size_t size);
  std::size_t most_written() const { return plan_.write_size > 0 ? plan_.write_size : SIZE_MAX; }
  void watch();
  std::size_t readable(Duration now);

  io::Loop& loop_;
  ChannelHost& host_;
  const io::Address& server_;
  const LoadPlan& plan_;
  io::PolledSocket socket_;
  State state_ = State::Closed;
  Duration read_until_{};  // what was read up to now is paid for
  bool resting_ = false;   // it has read more than its rate allows
  ReplyStream replies_;
  CountedReplies counted_;  // in its place where nothing is checked
  std::uint64_t sequence_ = 0;
  std::string out_;     // requested, not yet given to send()
  std::string unsent_;  // send() did not take it, from unsent_at_ on
  std::size_t unsent_at_ = 0;
  bool full_ = false;  // the socket took no more
  // Due times of requests behind unsent_, from waiting_at_ on. No deque: an idle one takes 600
  // bytes.
  std::vector<Duration> waiting_;
  std::size_t waiting_at_ = 0;
};

}  // namespace sockspec::load
