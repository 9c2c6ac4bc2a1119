// One load run from the command line: the server, if it is ours, the load, and what it cost.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "cli/load_options.h"
#include "core/load/load_report.h"
#include "core/result.h"

namespace sockspec::cli {

// What a run that is one of several does besides, on its own thread.
struct RankHooks {
  std::function<std::optional<Duration>()> start_at;  // load::LoadRun::Events
  // The figures of a second become those that are shown, for all ranks as far as they are known.
  std::function<load::Interval(const load::Interval&, const load::Histogram& response)> second;
  // A signal has come: the figures so far, in case there is no time for more.
  std::function<void(load::LoadReport&)> interrupted;
  bool looks_at_server = true;  // else another rank does
};

// The report is not judged yet. `words` are those of the command line; `title` stands before the
// status line. A server of ours is started for this run and ended with it. Errors: the server
// could not be started, or reached; the profile sends no replies; the file of events cannot be
// written.
Result<load::LoadReport> play_load(const LoadOptions& options, const Words& words,
                                   const std::string& title = "", const RankHooks* hooks = nullptr);

}  // namespace sockspec::cli
