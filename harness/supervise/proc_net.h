// /proc/net/{tcp,tcp6,udp,udp6}: the same table as text, for kernels and containers without
// NETLINK_SOCK_DIAG. Slow with many sockets (F12), so only a fall-back.
#pragma once

#include <vector>

#include "supervise/socket_table.h"

namespace sockspec::supervise {

std::vector<BoundSocket> bound_sockets_in_proc(Transport transport);

// One file's text; lines that do not fit the format are left out. For tests.
std::vector<BoundSocket> parse_proc_net(std::string_view text, Transport transport);

}  // namespace sockspec::supervise
