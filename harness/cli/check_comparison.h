// Two check reports compared, as `sockspec compare OLD.json NEW.json` does it.
#pragma once

#include <string>

#include "core/result.h"
#include "reports/style.h"

namespace sockspec::cli {

struct CheckComparisonOptions {
  std::string old_file;
  std::string new_file;
  std::string lang;
  reports::Style style;
  std::string json_file;  // "" = none, "-" = standard output; at most one of them
  std::string markdown_file;
  std::string html_file;
  bool data_to_stdout = false;  // so people read on standard error
};

// Reads, compares, shows, writes, and returns the exit code (core/compare_checks.h).
Result<int> compare_check_reports(const CheckComparisonOptions& options);

}  // namespace sockspec::cli
