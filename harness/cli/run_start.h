// What every report says about how its run began.
#pragma once

#include <string>

namespace sockspec::cli {

std::string now_rfc3339();

}  // namespace sockspec::cli
