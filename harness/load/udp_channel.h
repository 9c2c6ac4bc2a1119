// UdpChannel: one connected UDP socket under load.
//
// Requests of one turn leave with one system call: as segments of one buffer where the kernel takes
// UDP_SEGMENT and they have one size, else by sendmmsg(). Replies are read by recvmmsg(), several
// of one size as one where the kernel merges them (UDP_GRO; Linux 5.0, udp(7)). What the kernel
// dropped because our own socket was full is counted apart (SO_RXQ_OVFL): it is not the server's
// loss.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/load/datagram_replies.h"
#include "io/address.h"
#include "io/polled_socket.h"
#include "load/channel.h"

namespace sockspec::load {

class UdpChannel final : public Channel, private io::PolledSocket::Owner {
 public:
  // Of the host, for what is read at once: 64 times the most that the kernel merges, a cache line
  // further apart than a power of two, lest they all compete for one set of the cache.
  static constexpr std::size_t kBatch = 64;
  static constexpr std::size_t kRoom = 65'536 + 64;
  static constexpr std::size_t kReceiveBuffer = kBatch * kRoom;

  // `server` must outlive it.
  UdpChannel(io::Loop& loop, ChannelHost& host, std::uint32_t number, const io::Address& server);

  void open() override;
  void request(Duration due, Duration now) override;
  void flush() override;
  void give_up(Duration sent_before, Duration now) override;
  void look(Duration) override {}
  void close(bool reset) override;

  bool is_open() const override { return socket_.is_open(); }
  bool blocked() const override { return blocked_; }
  std::size_t in_flight() const override { return replies_.in_flight(); }
  std::size_t waiting() const override { return 0; }

 private:
  int connect();
  void ready(int status, int events) override;
  bool receive_batch();
  void received(std::span<const char> packet, std::size_t segment, Duration now);
  void send_segments();
  void send_each();
  void sent_up_to(std::size_t datagrams);
  bool refused(int error);

  io::Loop& loop_;
  ChannelHost& host_;
  const io::Address& server_;
  io::PolledSocket socket_;
  DatagramReplies replies_;
  std::uint64_t sequence_ = 0;
  std::string out_;                 // the datagrams of this turn, one after the other
  std::vector<std::size_t> sizes_;  // theirs
  bool one_size_ = true;
  bool segments_work_ = true;
  bool blocked_ = false;
  std::uint32_t drops_seen_ = 0;
};

}  // namespace sockspec::load
