// Writing a report: whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace sockspec::reports {

// Into a temporary file beside `path`, which is then renamed; "-" is standard output. Error
// (Harness): the file and the system's reason; nothing is left behind.
Result<Nothing> write_file(const std::string& path, std::string_view content);

// The same, and makes the folders that it is to lie in where they are missing.
Result<Nothing> write_file_in_folders(const std::string& path, std::string_view content);

}  // namespace sockspec::reports
