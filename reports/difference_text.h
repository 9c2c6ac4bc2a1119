// What was expected and what came, one under the other, as text and as hex, with a caret below the
// first byte that differs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/verdict.h"
#include "reports/style.h"

namespace sockspec::reports {

// Four lines and two carets, each indented by `indent` columns.
std::string difference_text(const Difference& difference, const Style& style, std::string_view lang,
                            std::size_t indent);

}  // namespace sockspec::reports
