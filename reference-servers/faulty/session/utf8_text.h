// What Python's bytes.decode() accepts.
#pragma once

#include <string_view>

namespace sockspec::reference::faulty {

// Whole, valid UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing cut off at the end.
bool is_utf8_text(std::string_view bytes);

}  // namespace sockspec::reference::faulty
