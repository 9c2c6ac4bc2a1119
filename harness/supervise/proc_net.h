// /proc/net/{tcp,tcp6,udp,udp6}: the same table as text, for kernels and containers without
// NETLINK_SOCK_DIAG. Slow with many sockets (F12), so only a fall-back.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "supervise/socket_table.h"

namespace sockspec::supervise {

std::vector<BoundSocket> bound_sockets_in_proc(Transport transport);

// One file's text; lines that do not fit the format are left out. For tests.
std::vector<BoundSocket> parse_proc_net(std::string_view text, Transport transport);

// How many datagrams the kernel has dropped at the sockets of this machine that are bound to
// `port`, because their buffers were full; none where no such socket can be seen.
std::optional<std::uint64_t> datagram_drops(std::uint16_t port);

// Of one file's text. For tests.
std::optional<std::uint64_t> parse_datagram_drops(std::string_view text, std::uint16_t port);

}  // namespace sockspec::supervise
