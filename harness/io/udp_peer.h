// UdpPeer: a Peer over one UDP socket. See peer.h.
#pragma once

#include <deque>

#include "io/peer.h"
#include "io/polled_socket.h"

namespace sockspec::io {

class UdpPeer final : public Peer, private PolledSocket::Owner {
 public:
  UdpPeer(Loop& loop, const Address& target, Tell tell);

  void connect(const step::Connect& options) override;
  void write(SharedBytes bytes) override;
  void half_close() override {}  // UDP has no end to announce
  void reset() override { close(); }
  void close() override { socket_.close(); }
  void pause() override;
  void resume() override;
  void drop_unsent() override;
  void send_urgent(char) override {}  // UDP has no such thing
  std::optional<Address> local() const override { return local_address(socket_.fd()); }
  int unacknowledged() const override { return 0; }
  bool nothing_on_the_way() const override { return true; }

 private:
  void ready(int status, int events) override;
  void take_errors();
  void read_some();
  void write_some();
  void watch();

  Loop& loop_;
  Address target_;
  Tell tell_;
  PolledSocket socket_;
  bool connected_ = false;
  bool paused_ = false;
  std::deque<SharedBytes> unsent_;
};

}  // namespace sockspec::io
