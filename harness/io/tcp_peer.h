// TcpPeer: a Peer over one TCP connection. See peer.h.
#pragma once

#include <deque>

#include "io/peer.h"
#include "io/polled_socket.h"

namespace sockspec::io {

class TcpPeer final : public Peer, private PolledSocket::Owner {
 public:
  TcpPeer(Loop& loop, const Address& target, CloseAfterEnd close_after_end, Tell tell);
  ~TcpPeer() override { close(); }

  void connect(const step::Connect& options) override;
  void write(SharedBytes bytes) override;
  void half_close() override;
  void reset() override;
  void close() override;
  void pause() override;
  void resume() override;
  void drop_unsent() override;
  void send_urgent(char byte) override;
  std::optional<Address> local() const override { return local_address(socket_.fd()); }
  int unacknowledged() const override;
  bool nothing_on_the_way() const override;

 private:
  enum class State { Idle, Connecting, Open, Dead };

  void ready(int status, int events) override;
  void on_connected();
  void read_some();
  void read_last_words();
  void acknowledge();
  int write_some();  // returns the errno of a failed send, or 0
  void fail_sending(int error);
  void finish_sending();
  void watch();

  Loop& loop_;
  Address target_;
  CloseAfterEnd close_after_end_;
  Tell tell_;
  PolledSocket socket_;
  State state_ = State::Idle;
  std::deque<SharedBytes> unsent_;
  bool half_close_wanted_ = false;
  bool paused_ = false;
  bool at_once_ = true;  // acknowledges what it has read at once, not when the system wants to
  bool ended_ = false;   // the server's FIN has been told
};

}  // namespace sockspec::io
