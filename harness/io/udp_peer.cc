#include "io/udp_peer.h"

#include <array>
#include <cerrno>
#include <memory>

#include "io/breakage.h"

namespace sockspec::io {
namespace {

constexpr std::size_t kDatagram = 64 * 1024;
constexpr int kReadsPerTurn = 64;
constexpr int kReceiveBuffer = 1024 * 1024;  // 16 large datagrams with the kernel's overhead (F7)

char* read_buffer() {
  thread_local const auto buffer = std::make_unique<std::array<char, kDatagram>>();
  return buffer->data();
}

// ICMP errors are reported on sockets that are not connected only when asked for (ip(7)).
void report_icmp_errors(int fd, int family) {
  const int on = 1;
  if (family == AF_INET6) {
    setsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
  } else {
    setsockopt(fd, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
  }
}

}  // namespace

UdpPeer::UdpPeer(Loop& loop, const Address& target, Tell tell)
    : loop_(loop), target_(target), tell_(std::move(tell)) {}

void UdpPeer::connect(const step::Connect& options) {
  if (!options.to.empty()) {
    const auto there = Address::numeric(options.to, target_.port());
    if (!there) return tell_(broke(Call::Connect, EINVAL));  // not to the usual one instead
    target_ = *there;
  }
  Descriptor fd(::socket(target_.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return tell_(broke(Call::Connect, errno));
  const int size =
      options.receive_buffer ? static_cast<int>(*options.receive_buffer) : kReceiveBuffer;
  setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  report_icmp_errors(fd.get(), target_.family());
  connected_ = options.connected;
  paused_ = options.paused;
  if (connected_ && ::connect(fd.get(), target_.get(), target_.size()) != 0) {
    return tell_(broke(Call::Connect, errno));
  }
  if (const int failed = socket_.open(loop_, std::move(fd), *this); failed != 0)
    return tell_(broke(Call::Connect, failed));
  watch();
  tell_(event::Connected{});
}

void UdpPeer::watch() {
  socket_.watch((paused_ ? 0 : UV_READABLE) | (unsent_.empty() ? 0 : UV_WRITABLE));
}

void UdpPeer::ready(int status, int events) {
  if ((events & UV_WRITABLE) != 0) write_some();
  if (status < 0 && socket_.is_open()) take_errors();
  if (((events & UV_READABLE) != 0 || status < 0) && socket_.is_open()) read_some();
  if (socket_.is_open()) watch();
}

// The kernel also keeps each ICMP error in a queue of its own, and the loop would be woken again
// and again until that is empty.
void UdpPeer::take_errors() {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket_.fd(), SOL_SOCKET, SO_ERROR, &error, &size);
  char nothing = 0;
  while (::recv(socket_.fd(), &nothing, sizeof nothing, MSG_ERRQUEUE | MSG_DONTWAIT) >= 0) {
  }
  if (error != 0) tell_(broke(Call::Receive, error));
}

void UdpPeer::read_some() {
  for (int turn = 0; turn < kReadsPerTurn && socket_.is_open() && !paused_; ++turn) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    const ssize_t n = ::recvfrom(socket_.fd(), read_buffer(), kDatagram, 0,
                                 reinterpret_cast<sockaddr*>(&storage), &size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) return;
    if (n < 0) return tell_(broke(Call::Receive, errno));
    const Address from(reinterpret_cast<sockaddr*>(&storage), size);
    const std::string stranger = from == target_ ? std::string() : from.text();
    tell_(event::Received{{read_buffer(), static_cast<std::size_t>(n)}, stranger});
  }
}

void UdpPeer::write(SharedBytes bytes) {
  if (!socket_.is_open()) return;
  unsent_.push_back(std::move(bytes));
  if (unsent_.size() == 1) write_some();
  if (socket_.is_open()) watch();
}

void UdpPeer::write_some() {
  while (!unsent_.empty() && socket_.is_open()) {
    const std::string_view datagram = unsent_.front().view();
    const ssize_t n = connected_
                          ? ::send(socket_.fd(), datagram.data(), datagram.size(), MSG_NOSIGNAL)
                          : ::sendto(socket_.fd(), datagram.data(), datagram.size(), MSG_NOSIGNAL,
                                     target_.get(), target_.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) return;
    const int error = n < 0 ? errno : 0;
    unsent_.pop_front();
    if (error != 0) return tell_(broke(Call::Send, error));
    tell_(event::Sent{static_cast<std::uint64_t>(n)});
  }
}

void UdpPeer::pause() {
  paused_ = true;
  watch();
}

void UdpPeer::resume() {
  paused_ = false;
  watch();
}

void UdpPeer::drop_unsent() {
  unsent_.clear();
  watch();
}

}  // namespace sockspec::io
