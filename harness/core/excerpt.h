// Bytes as people read them: quoted text with C escapes, or a hex dump line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sockspec {

// "Hello\r\n" with the quotes; bytes that are not printable as \xNN; cut with "…" after
// `most` bytes. Valid UTF-8 letters stay readable.
std::string quoted(std::string_view bytes, std::size_t most = 60);

// The same without quotes and cutting; `column` is set to the column of a
// terminal in which byte number `mark` begins.
std::string escaped(std::string_view bytes, std::size_t mark, std::size_t* column);

// "48 65 6c"
std::string hex(std::string_view bytes);

}  // namespace sockspec
