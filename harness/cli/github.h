// What a step of GitHub Actions is told beside its exit code.
#pragma once

#include <cstdio>

#include "core/check_report.h"
#include "core/result.h"

namespace sockspec::cli {

// Annotations into `out`, which the runner of the workflow reads; and the page that it shows of the
// step, where GITHUB_STEP_SUMMARY names its file. Error (Harness): that file cannot be added to.
Result<Nothing> tell_github(const CheckReport& report, std::FILE* out);

}  // namespace sockspec::cli
