// The options of `sockspec load`, from words to a plan.
#pragma once

#include <string>

#include "cli/check_options.h"
#include "cli/load_reports.h"
#include "cli/options.h"
#include "core/load/load_plan.h"
#include "core/result.h"

namespace sockspec::cli {

const CommandSpec& load_spec();

struct LoadOptions {
  load::LoadPlan plan;
  CheckPlan server;  // where it is: `run` and `builtin_server`
  std::string lang;
  LoadFiles files;
  std::string events_file;  // NDJSON, a line each second
  bool quiet = false;
  std::vector<Message> warnings;             // of limits of this machine
  std::optional<load::Threshold> objective;  // --find-rate
  std::vector<std::string>
      other_command;     // --ab: of the server to compare with; none: no comparison
  std::size_t runs = 1;  // --ab: of each of the two
};

// Errors: everything that can be known to be wrong before a server is started.
Result<LoadOptions> plan_load(const ParsedOptions& options);

}  // namespace sockspec::cli
