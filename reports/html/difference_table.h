// What was expected and what came, one under the other, as text and as hex, with the first byte
// that differs marked. Pure function.
#pragma once

#include <string>
#include <string_view>

#include "core/verdict.h"

namespace sockspec::reports {

std::string difference_table(const Difference& difference, std::string_view lang);

}  // namespace sockspec::reports
