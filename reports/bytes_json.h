// Bytes in a JSON report: {"text": …} where they are printable UTF-8, else {"hex": …}; long ones
// are cut, with their length and SHA-256 kept.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "scenario/json_reader.h"

namespace sockspec::reports {

inline constexpr std::size_t kUncut = static_cast<std::size_t>(-1);

scenario::Json bytes_to_json(std::string_view bytes, std::size_t most = 4096);

// The other way; what was cut stays cut. Errors go to the reader's latch.
std::string bytes_from_json(const scenario::Reader& in);

std::string sha256_hex(std::string_view bytes);

}  // namespace sockspec::reports
