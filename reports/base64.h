// Base64 as in RFC 4648, section 4: the standard alphabet, padded, without white space.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace sockspec::reports {

std::string to_base64(std::string_view bytes);

// Strict, so that one text stands for the bytes: the error says which character is wrong, counted
// from 1. Memory is bounded by the length of the text.
Result<std::string> from_base64(std::string_view text);

}  // namespace sockspec::reports
