// The kernel's table of sockets, by NETLINK_SOCK_DIAG (sock_diag(7)), or /proc/net where that is
// not to be had. Needs no privilege. Linux only. Cheap: the kernel filters, nothing is walked here.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/profile.h"
#include "io/address.h"

namespace sockspec::supervise {

struct BoundSocket {
  io::Address local;
  std::uint64_t inode = 0;
};

// Listening sockets (TCP), bound sockets (UDP).
std::vector<BoundSocket> bound_sockets(Transport transport);

// Bytes that the program behind `server` has not read yet from `client`; none when there is no such
// socket on this machine.
std::optional<std::uint64_t> unread_bytes(Transport transport, const io::Address& server,
                                          const io::Address& client);

// Connections in CLOSE_WAIT whose local port this is: the client has ended, the server has not
// closed. None where the kernel does not answer.
std::optional<std::uint64_t> close_wait_count(std::uint16_t port);

// Connections in TIME_WAIT whose local port this is.
std::size_t time_wait_count(std::uint16_t port);

// Tries to end them (needs CAP_NET_ADMIN). Whether it worked shows in time_wait_count.
void end_time_wait(std::uint16_t port);

}  // namespace sockspec::supervise
