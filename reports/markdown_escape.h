// Text inside Markdown, so that it stays text. What goes in must be printable (printable.h). Pure
// functions.
#pragma once

#include <string>
#include <string_view>

namespace sockspec::reports {

// One line, a cell of a table, or what an HTML element such as <summary> holds.
std::string markdown_text(std::string_view text);

// A block of code, with a fence longer than any that stands in it.
std::string markdown_block(std::string_view text);

}  // namespace sockspec::reports
