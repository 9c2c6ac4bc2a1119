// What was expected and what came, one under the other, as text and as hex, with a caret below the
// first byte that differs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/verdict.h"
#include "reports/style.h"

namespace sockspec::reports {

// The two excerpts of a difference as they are shown, and where they differ.
struct ShownDifference {
  std::string expected, received;          // escaped text
  std::string expected_hex, received_hex;  // up to 16 bytes around the place
  std::size_t column = 0;                  // of the terminal, in `received`
  std::size_t hex_column = 0;              // of two digits, in both
};
ShownDifference shown_difference(const Difference& difference);

// Four lines and two carets, each indented by `indent` columns.
std::string difference_text(const Difference& difference, const Style& style, std::string_view lang,
                            std::size_t indent);

}  // namespace sockspec::reports
