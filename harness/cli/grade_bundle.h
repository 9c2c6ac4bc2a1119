// `sockspec grade --gradescope-bundle FOLDER CLASS.json`: a folder to zip and upload.
#pragma once

#include "cli/options.h"
#include "core/result.h"

namespace sockspec::cli {

// What is in it: reports/gradescope_bundle.h, and this executable. Says on standard output what to
// do with it. Errors: a class file that is none, a folder that is not empty or cannot be written.
Result<Nothing> write_gradescope_bundle(const ParsedOptions& options);

}  // namespace sockspec::cli
