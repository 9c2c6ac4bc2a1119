// DatagramBatch: some datagrams of one wake-up, and their answers, each sent from the very address
// that was asked.
//
// Not uv_udp: libuv has no API for the destination address of a datagram (IP_PKTINFO), so on a
// wildcard address its answers leave from wherever the kernel likes, and a client that asked at
// 127.0.0.2 gets an answer from 127.0.0.1, or, if connected, none (F9; RFC 1122, 4.1.3.5).
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace sockspec::reference {

// Memory is bounded: 32 datagrams of at most 64 KiB, allocated once. Not thread-safe.
class DatagramBatch {
 public:
  enum class Flushed {
    All,    // nothing is left to send
    Later,  // the socket is full: flush again when it is writable
  };

  DatagramBatch();
  DatagramBatch(const DatagramBatch&) = delete;
  DatagramBatch& operator=(const DatagramBatch&) = delete;

  // Takes what waits, without blocking, and drops every answer of before. Returns how many came;
  // 0 also when the socket reported an error, for instance a late ECONNREFUSED of a client that
  // has gone: such an error is over once it was reported.
  std::size_t receive(int socket);

  // The i-th datagram of the last receive(), whole; may be changed in place. It may be empty, and
  // an empty datagram is a datagram like any other (RFC 768; F10).
  std::span<char> datagram(std::size_t i);

  // Adds an answer to the sender of the i-th. The bytes are borrowed until the next receive().
  void answer(std::size_t i, std::string_view bytes);

  // Sends what was added and not yet sent. An answer that the kernel refuses is dropped alone.
  Flushed flush(int socket);

 private:
  static constexpr std::size_t kDatagrams = 32;
  static constexpr std::size_t kDatagramBytes = 64 * 1024;  // the largest is 65,527 (IPv6)
  static constexpr std::size_t kControlBytes = 64;          // one in6_pktinfo and its header

  struct Control {
    alignas(cmsghdr) std::array<char, kControlBytes> bytes;
  };

  void prepare(std::size_t i);

  std::vector<char> bytes_;
  std::array<sockaddr_storage, kDatagrams> peers_{};
  std::array<Control, kDatagrams> controls_{};
  std::array<iovec, kDatagrams> pieces_{};
  std::array<mmsghdr, kDatagrams> received_{};
  std::array<iovec, kDatagrams> answer_pieces_{};
  std::array<mmsghdr, kDatagrams> answers_{};
  std::size_t used_ = kDatagrams;  // by the last receive(), or never prepared
  std::size_t added_ = 0;          // answers
  std::size_t sent_ = 0;           // of them
};

}  // namespace sockspec::reference
