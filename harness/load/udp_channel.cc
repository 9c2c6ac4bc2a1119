#include "load/udp_channel.h"

#include <netinet/udp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "core/load/preflight.h"
#include "load/source_address.h"

namespace sockspec::load {
namespace {

constexpr std::size_t kMostSegments = 60;                 // the kernel takes 64 (UDP_MAX_SEGMENTS)
constexpr std::size_t kMostPacket = 65'000;               // of all segments together
constexpr std::size_t kMostOut = 256 * 1024;              // of a turn
constexpr int kBuffer = static_cast<int>(kSocketBuffer);  // bytes

// What the kernel says beside a packet.
struct Beside {
  std::size_t segment = 0;  // the packet is datagrams of this size, the last may be shorter; 0: one
  std::optional<std::uint32_t> drops;
};

template <class Value>
Value value_of_entry(const cmsghdr* entry) {
  Value value{};
  std::memcpy(&value, CMSG_DATA(entry), sizeof value);
  return value;
}

Beside read_control(msghdr& message) {
  Beside beside;
  for (cmsghdr* entry = CMSG_FIRSTHDR(&message); entry; entry = CMSG_NXTHDR(&message, entry)) {
    if (entry->cmsg_level == SOL_UDP && entry->cmsg_type == UDP_GRO)
      beside.segment = static_cast<std::size_t>(value_of_entry<int>(entry));
    if (entry->cmsg_level == SOL_SOCKET && entry->cmsg_type == SO_RXQ_OVFL)
      beside.drops = value_of_entry<std::uint32_t>(entry);
  }
  return beside;
}

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS; }

}  // namespace

UdpChannel::UdpChannel(io::Loop& loop, ChannelHost& host, std::uint32_t number,
                       const io::Address& server)
    : Channel(number),
      loop_(loop),
      host_(host),
      server_(server),
      replies_(host.payloads(), number) {}

// An errno, or 0.
int UdpChannel::connect() {
  io::Descriptor fd(::socket(server_.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return errno;
  const int on = 1;
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
  ::setsockopt(fd.get(), SOL_UDP, UDP_GRO, &on,
               sizeof on);  // where it is not known, nothing merges
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUF, &kBuffer, sizeof kBuffer);
  ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDBUF, &kBuffer, sizeof kBuffer);
  if (const int error = bind_source(fd.get(), server_, host_.plan().source_addresses, number()))
    return error;
  if (::connect(fd.get(), server_.get(), server_.size()) != 0) return errno;
  const int error = socket_.open(loop_, std::move(fd), *this);
  if (error == 0) socket_.watch(UV_READABLE);
  return error;
}

void UdpChannel::open() {
  const int error = connect();
  if (error == 0) return host_.opened(*this);
  socket_.close();
  host_.closed(*this, is_own_limit(error) ? Closed::NotHere : Closed::NotEstablished);
}

void UdpChannel::ready(int status, int events) {
  if (blocked_ && (status != 0 || (events & UV_WRITABLE) != 0)) {
    blocked_ = false;
    socket_.watch(UV_READABLE);
    flush();
    if (!blocked_) host_.unblocked(*this);
  }
  while (socket_.is_open() && receive_batch()) {
  }
}

// True while there may be more.
bool UdpChannel::receive_batch() {
  const std::span<char> buffer = host_.receive_buffer();
  std::array<mmsghdr, kBatch> messages{};
  std::array<iovec, kBatch> pieces{};
  constexpr std::size_t kControl = CMSG_SPACE(sizeof(std::uint32_t)) + CMSG_SPACE(sizeof(int));
  alignas(cmsghdr) std::array<std::array<char, kControl>, kBatch> control;
  for (std::size_t i = 0; i < kBatch; ++i) {
    pieces[i] = {buffer.data() + i * kRoom, kRoom};
    messages[i].msg_hdr.msg_iov = &pieces[i];
    messages[i].msg_hdr.msg_iovlen = 1;
    messages[i].msg_hdr.msg_control = control[i].data();
    messages[i].msg_hdr.msg_controllen = control[i].size();
  }
  const int got = ::recvmmsg(socket_.fd(), messages.data(), kBatch, 0, nullptr);
  ++host_.cost().receives;
  if (got < 0) return refused(errno);
  const Duration now = host_.now();
  for (std::size_t i = 0; i < static_cast<std::size_t>(got); ++i) {
    const Beside beside = read_control(messages[i].msg_hdr);
    received(buffer.subspan(i * kRoom, messages[i].msg_len), beside.segment, now);
    if (!beside.drops) continue;
    host_.tally().udp.client_drops += *beside.drops - drops_seen_;
    drops_seen_ = *beside.drops;
  }
  if (!host_.judgements().empty()) {
    host_.judged(*this, host_.judgements(), now);
    host_.judgements().clear();
  }
  return static_cast<std::size_t>(got) == kBatch;
}

void UdpChannel::received(std::span<const char> packet, std::size_t segment, Duration now) {
  if (now >= Duration::zero()) host_.tally().bytes_received += packet.size();
  if (segment == 0) return replies_.received(packet, host_.judgements());
  for (; !packet.empty(); packet = packet.subspan(std::min(segment, packet.size())))
    replies_.received(packet.first(std::min(segment, packet.size())), host_.judgements());
}

// Nobody listens: told once for each datagram, which is then lost; the socket goes on.
bool UdpChannel::refused(int error) {
  if (error != ECONNREFUSED) return false;
  ++host_.tally().udp.refused;
  return true;
}

void UdpChannel::request(Duration due, Duration now) {
  const std::uint64_t sequence = sequence_++;
  const RequestId id = host_.payloads().id(number(), sequence);
  const std::size_t size = host_.payloads().request_size(id);
  if (out_.size() + size > kMostOut) flush();
  const std::size_t at = out_.size();
  out_.resize(at + size);
  host_.payloads().write_request(id, out_.data() + at);
  one_size_ = one_size_ && (sizes_.empty() || size == sizes_.front());
  sizes_.push_back(size);
  replies_.sent(sequence, due, now);
  if (due < Duration::zero()) return;
  if (blocked_) ++host_.tally().requests.blocked;
  ++host_.tally().requests.sent;
  host_.tally().bytes_sent += size;
}

void UdpChannel::flush() {
  while (!sizes_.empty() && !blocked_) {
    const bool together = one_size_ && segments_work_ && sizes_.size() > 1 && sizes_.front() > 0 &&
                          sizes_.front() * 2 <= kMostPacket;
    if (together) {
      send_segments();
    } else {
      send_each();
    }
  }
}

void UdpChannel::send_segments() {
  const std::size_t size = sizes_.front();
  const std::size_t most = std::min({kMostSegments, kMostPacket / size, sizes_.size()});
  iovec piece{out_.data(), most * size};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(std::uint16_t))> control{};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* const entry = CMSG_FIRSTHDR(&message);
  entry->cmsg_level = SOL_UDP;
  entry->cmsg_type = UDP_SEGMENT;
  entry->cmsg_len = CMSG_LEN(sizeof(std::uint16_t));
  const auto segment = static_cast<std::uint16_t>(size);
  std::memcpy(CMSG_DATA(entry), &segment, sizeof segment);
  const ssize_t sent = ::sendmsg(socket_.fd(), &message, MSG_NOSIGNAL);
  ++host_.cost().sends;
  if (sent >= 0) return sent_up_to(most);
  if (would_block(errno) || refused(errno)) return sent_up_to(0);
  segments_work_ = false;  // an old kernel, or segments larger than the path takes
}

void UdpChannel::send_each() {
  std::array<mmsghdr, kBatch> messages{};
  std::array<iovec, kBatch> pieces{};
  const std::size_t count = std::min(kBatch, sizes_.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    pieces[i] = {out_.data() + at, sizes_[i]};
    messages[i].msg_hdr.msg_iov = &pieces[i];
    messages[i].msg_hdr.msg_iovlen = 1;
    at += sizes_[i];
  }
  const int sent =
      ::sendmmsg(socket_.fd(), messages.data(), static_cast<unsigned>(count), MSG_NOSIGNAL);
  ++host_.cost().sends;
  if (sent > 0) return sent_up_to(static_cast<std::size_t>(sent));
  if (refused(errno) || would_block(errno)) return sent_up_to(0);
  sent_up_to(1);  // a datagram that cannot be sent is lost
}

// 0: the socket is full.
void UdpChannel::sent_up_to(std::size_t datagrams) {
  if (datagrams == 0 && errno != ECONNREFUSED) {
    ++host_.cost().would_block;
    blocked_ = true;
    socket_.watch(UV_READABLE | UV_WRITABLE);
    return;
  }
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < datagrams; ++i) bytes += sizes_[i];
  out_.erase(0, bytes);
  sizes_.erase(sizes_.begin(), sizes_.begin() + static_cast<std::ptrdiff_t>(datagrams));
  if (sizes_.empty()) one_size_ = true;
}

void UdpChannel::give_up(Duration sent_before, Duration now) {
  replies_.give_up(sent_before, host_.judgements());
  if (host_.judgements().empty()) return;
  host_.judged(*this, host_.judgements(), now);
  host_.judgements().clear();
}

void UdpChannel::close(bool) {
  socket_.close();
  out_.clear();
  sizes_.clear();
  one_size_ = true;
  blocked_ = false;
}

}  // namespace sockspec::load
