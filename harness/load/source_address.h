// From which address a channel connects, where one has too few ports; and whether it was this
// machine that had too few of something.
#pragma once

#include <cstddef>
#include <cstdint>

#include "io/address.h"

namespace sockspec::load {

// The number-th of 127.0.0.1, 127.0.0.2 and so on, in turn; with one address nothing is bound. The
// port is chosen at connect(), so that it may be one that serves another server, too. An errno,
// or 0.
int bind_source(int fd, const io::Address& server, std::size_t addresses, std::uint32_t number);

// An errno of socket(), bind() or connect(): no port, descriptor or memory is left here.
bool is_own_limit(int error);

}  // namespace sockspec::load
