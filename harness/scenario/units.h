// Durations and sizes as people write them in files and options.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "core/scenario.h"
#include "core/time.h"

namespace sockspec::scenario {

// "80ms", "0.5s", "200us", "2m". The unit is not optional. At most one hour.
Result<Duration> parse_duration(std::string_view text);

// "1000", "64KiB", "8MiB", "max_message - 1", "2 x tcp_wmem.max", "$size", "1..400".
Result<Size> parse_size(std::string_view text);

}  // namespace sockspec::scenario
