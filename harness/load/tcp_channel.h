// TcpChannel: one TCP connection under load.
//
// Reads and writes the descriptor directly whenever uv_poll says so: one recv() and one send() for
// each turn, however many replies and requests they carry. Requests that the socket does not take
// at once wait here, with the time at which they were due.
#pragma once

#include <deque>
#include <string>

#include "core/load/counted_replies.h"
#include "io/address.h"
#include "io/polled_socket.h"
#include "load/channel.h"

namespace sockspec::load {

class TcpChannel : public Channel {
 public:
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
    return (checked_ ? replies_.in_flight() : counted_.in_flight()) + waiting_.size();
  }
  std::size_t waiting() const override { return waiting_.size(); }

 private:
  enum class State { Closed, Connecting, Open };

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
  void watch();
  std::size_t readable(Duration now);

  io::Loop& loop_;
  ChannelHost& host_;
  io::Address server_;
  std::size_t sources_;  // addresses to connect from
  io::PolledSocket socket_;
  State state_ = State::Closed;
  bool checked_;             // --validate all
  std::size_t write_size_;   // of one send()
  std::uint64_t read_rate_;  // bytes per second; 0: all there is
  Duration read_until_{};    // what was read up to now is paid for
  bool resting_ = false;     // it has read more than its rate allows
  ReplyStream replies_;
  CountedReplies counted_;  // in its place where nothing is checked
  std::vector<Judged> judged_;
  std::uint64_t sequence_ = 0;
  std::string out_;     // requested, not yet given to send()
  std::string unsent_;  // send() did not take it, from unsent_at_ on
  std::size_t unsent_at_ = 0;
  bool full_ = false;             // the socket took no more
  std::deque<Duration> waiting_;  // due times of requests behind unsent_
};

}  // namespace sockspec::load
