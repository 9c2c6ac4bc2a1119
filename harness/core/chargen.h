// The pattern of RFC 864: lines of 72 characters out of the ring of 95 printable ASCII characters,
// each line starting one character later than the one before, ended by CR LF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace sockspec::chargen {

// The place in the ring at which a server began; none when the first byte is not in the ring.
// RFC 864 leaves the first line open, so any place will do.
std::optional<std::size_t> start_of(char first);

// The byte at `offset` of the stream that began at `start`.
char at(std::size_t start, std::uint64_t offset);

std::string excerpt(std::size_t start, std::uint64_t offset, std::uint64_t size);

}  // namespace sockspec::chargen
