// What the terminal and the environment ask of the output: colours, language, a live line.
#pragma once

#include <chrono>
#include <string>

#include "check/check_run.h"
#include "cli/options.h"
#include "reports/style.h"

namespace sockspec::cli {

// "" where it is not set.
std::string environment_variable(const char* name);

// --color auto|always|never; NO_COLOR and TERM=dumb are obeyed by auto. `descriptor` is where the
// text goes.
Result<reports::Style> style_from(const ParsedOptions& options, int descriptor);

// --lang, else the locale.
Result<std::string> language_from(const ParsedOptions& options);

// "[12/31] close/half-close  1 failed": one line that is overwritten on a terminal, a plain line
// every few seconds elsewhere. Goes to standard error. Removed when destroyed.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const check::Progress& progress);
  void show_text(const std::string& line);
  void clear();

 private:
  bool quiet_;
  bool terminal_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace sockspec::cli
