// Any bytes as text that can stand in a report: valid UTF-8 without control characters, without
// what hides or moves other text, and without what XML 1.0 has no way to say. Such bytes become C
// escapes, "\x1b"; a tab becomes spaces, since neither XML attributes nor tables keep it.
//
// A server may have printed 10 MB: what is cut is cut before it is looked at, and says so. Pure
// functions, for any thread. Doing it twice is the same as once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sockspec::reports {

// The whole text; lines stay lines.
std::string printable(std::string_view text);

// On one line, a newline as \n; cut with "…" after `most` bytes of the text.
std::string printable_line(std::string_view text, std::size_t most);

// The first, or the last, `most` bytes, and a line that says how many more there were.
std::string first_lines(std::string_view text, std::size_t most, std::string_view lang);
std::string last_lines(std::string_view text, std::size_t most, std::string_view lang);

// The same end of a text, but its bytes as they are.
std::string last_bytes(std::string_view text, std::size_t most, std::string_view lang);

}  // namespace sockspec::reports
