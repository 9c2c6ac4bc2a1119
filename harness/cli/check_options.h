// The options of `sockspec check`, from words to a plan.
#pragma once

#include <string>
#include <vector>

#include "check/check_run.h"
#include "cli/options.h"
#include "cli/report_files.h"
#include "core/known_failures.h"
#include "core/result.h"
#include "core/scenario.h"
#include "core/selection.h"
#include "core/shard.h"

namespace sockspec::cli {

const CommandSpec& check_spec();

struct CheckPlan {
  check::CheckOptions run;
  SelectionOptions selection;
  std::vector<Scenario> suite;
  std::string scenarios_folder;
  std::optional<double> scale;  // --timeout-scale; else measured
  bool builtin_server = false;
  bool strict = false;
  bool quiet = false;
  std::string lang;
  std::vector<ReportFile> files;
  std::string ndjson_file;  // "" = none, "-" = standard output
  bool github = false;
  std::optional<std::vector<KnownEntry>> known;
  std::string write_known;      // as ndjson_file
  bool data_to_stdout = false;  // so people read on standard error
  std::string snippets_folder;  // "" = none
};

// Errors: everything that can be known to be wrong before a server is started.
Result<CheckPlan> plan_check(const ParsedOptions& options);

// Where the server is: --target, or a command with --port and --host. Fills `run` of the plan.
Result<Nothing> plan_target(const ParsedOptions& options, CheckPlan& plan);

// Does the command say where its port goes, unless that is a fixed one?
Result<Nothing> check_port_of(const std::vector<std::string>& command,
                              std::optional<std::uint16_t> port);

// --shard.
Result<Shard> shard_from(const ParsedOptions& options);

// This executable, to be started as a server or for a part of the work.
std::string own_path();

// The suite that --scenarios names, or the built-in one.
Result<std::vector<Scenario>> suite_from(const std::string& folder);

}  // namespace sockspec::cli
