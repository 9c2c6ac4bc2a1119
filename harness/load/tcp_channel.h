// TcpChannel: one TCP connection under load.
//
// Reads and writes the descriptor directly whenever uv_poll says so: one recv() and one send() for
// each turn, however many replies and requests they carry. A request is a function of its number,
// so none is kept: its bytes are made when they are written, in the buffer of the host, and again
// from where the socket took no more. Requests behind such a one wait here, with the time at which
// they were due.
#pragma once

#include <span>
#include <vector>

#include "core/load/counted_replies.h"
#include "io/address.h"
#include "io/polled_socket.h"
#include "load/channel.h"

namespace sockspec::load {

class TcpChannel final : public Channel, private io::PolledSocket::Owner {
 public:
  // Of the host; bytes.
  static constexpr std::size_t kReceiveBuffer = 256 * 1024;
  static constexpr std::size_t kSendBuffer = 128 * 1024;

  // `server` must outlive it.
  TcpChannel(io::Loop& loop, ChannelHost& host, std::uint32_t number, const io::Address& server);

  void open() override;
  void request(Duration due, Duration now) override;
  void flush() override;
  void give_up(Duration sent_before, Duration now) override;
  void look(Duration now) override;
  void close(bool reset) override;

  bool is_open() const override { return state_ == State::Open; }
  bool blocked() const override { return blocked_; }
  std::size_t in_flight() const override {
    return (checked_ ? replies_.in_flight() : counted_.in_flight()) + waiting();
  }
  std::size_t waiting() const override { return waiting_.size() - waiting_at_; }

 private:
  enum class State { Closed, Connecting, Open };

  // Of a byte among all that the connection has to send.
  struct Place {
    std::uint64_t sequence = 0;  // of its request
    std::size_t offset = 0;      // in it
  };

  const LoadPlan& plan() const { return host_.plan(); }
  int connect();
  void ready(int status, int events) override;
  void connected();
  void receive();
  void drain();
  void broke(bool reset);
  void put(Duration due, Duration now);
  void tell(Duration now);
  void end_replies(bool reset);
  void forget_unsent();
  bool write();
  std::size_t make(Place& from, std::span<char> room) const;
  void watch();
  std::size_t readable(Duration now);

  io::Loop& loop_;
  ChannelHost& host_;
  const io::Address& server_;
  io::PolledSocket socket_;
  State state_ = State::Closed;
  const bool checked_;     // every byte of the replies
  bool resting_ = false;   // it has read more than its rate allows
  bool blocked_ = false;   // not all that was put is written, and the loop says when to go on
  bool full_ = false;      // since the socket took no more
  Duration read_until_{};  // what was read up to now is paid for
  ReplyStream replies_;
  CountedReplies counted_;      // in its place where nothing is checked
  std::uint64_t sequence_ = 0;  // of the next request
  Place written_;               // up to here
  // Due times of requests behind those, from waiting_at_ on. No deque: an idle one takes 600 bytes.
  std::vector<Duration> waiting_;
  std::size_t waiting_at_ = 0;
};

}  // namespace sockspec::load
