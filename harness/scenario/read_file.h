// Reading a whole file that a user named.
#pragma once

#include <string>

#include "core/result.h"

namespace sockspec::scenario {

// At most 256 MiB. Errors name the file and the system's reason.
Result<std::string> read_file(const std::string& path);

}  // namespace sockspec::scenario
