#include "reference-servers/datagram_batch.h"

#include <cerrno>
#include <cstring>

namespace sockspec::reference {
namespace {

// Turns "asked at this address, came in there" into "answer from this address". The interface is
// left to the routing table; a group is nobody's source address, so its answer has none.
void turn_around(msghdr& message) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_PKTINFO) {
      in_pktinfo info;
      std::memcpy(&info, CMSG_DATA(part), sizeof info);
      info.ipi_ifindex = 0;
      std::memcpy(CMSG_DATA(part), &info, sizeof info);
    } else if (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_PKTINFO) {
      in6_pktinfo info;
      std::memcpy(&info, CMSG_DATA(part), sizeof info);
      info.ipi6_ifindex = 0;
      if (IN6_IS_ADDR_MULTICAST(&info.ipi6_addr)) info.ipi6_addr = in6addr_any;
      std::memcpy(CMSG_DATA(part), &info, sizeof info);
    }
  }
}

}  // namespace

DatagramBatch::DatagramBatch() : bytes_(kDatagrams * kDatagramBytes) {}

void DatagramBatch::prepare(std::size_t i) {
  pieces_[i] = {bytes_.data() + i * kDatagramBytes, kDatagramBytes};
  msghdr& header = received_[i].msg_hdr;
  header = {};
  header.msg_name = &peers_[i];
  header.msg_namelen = sizeof peers_[i];
  header.msg_iov = &pieces_[i];
  header.msg_iovlen = 1;
  header.msg_control = controls_[i].bytes.data();
  header.msg_controllen = kControlBytes;
}

std::size_t DatagramBatch::receive(int socket) {
  added_ = sent_ = 0;
  for (std::size_t i = 0; i < used_; ++i) prepare(i);
  const int count = recvmmsg(socket, received_.data(), kDatagrams, MSG_DONTWAIT, nullptr);
  used_ = count > 0 ? static_cast<std::size_t>(count) : 0;
  return used_;
}

std::span<char> DatagramBatch::datagram(std::size_t i) {
  return {bytes_.data() + i * kDatagramBytes, received_[i].msg_len};
}

void DatagramBatch::answer(std::size_t i, std::string_view bytes) {
  answer_pieces_[added_] = {const_cast<char*>(bytes.data()), bytes.size()};  // only read from
  msghdr& header = answers_[added_].msg_hdr;
  header = received_[i].msg_hdr;  // its peer and control memory is this batch's
  header.msg_flags = 0;
  turn_around(header);
  header.msg_iov = &answer_pieces_[added_];
  ++added_;
}

DatagramBatch::Flushed DatagramBatch::flush(int socket) {
  while (sent_ < added_) {
    const auto left = static_cast<unsigned>(added_ - sent_);
    const int count = sendmmsg(socket, answers_.data() + sent_, left, MSG_DONTWAIT);
    if (count > 0) {
      sent_ += static_cast<std::size_t>(count);
    } else if (errno == EAGAIN) {
      return Flushed::Later;
    } else if (errno != EINTR) {
      ++sent_;
    }
  }
  return Flushed::All;
}

}  // namespace sockspec::reference
