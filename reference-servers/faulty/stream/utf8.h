// UTF-8 as strict decoders see it (RFC 3629): no surrogates, nothing overlong.
#pragma once

#include <cstddef>
#include <string_view>

namespace sockspec::reference::faulty {

// The bytes of the character that `text` begins with; 0 when it begins with none, or with a part.
std::size_t utf8_character(std::string_view text);

}  // namespace sockspec::reference::faulty
