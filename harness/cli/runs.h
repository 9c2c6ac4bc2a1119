// The runs of a command: the one that was asked for, and those beside it of which nothing is shown
// but what they found out. They block until the server that they started is gone. Ctrl-C ends them
// early.
#pragma once

#include <csignal>
#include <functional>
#include <optional>

#include "check/check_run.h"
#include "check/probe_run.h"
#include "core/learn.h"

namespace sockspec::cli {

struct RunLimits {
  std::optional<Duration> time = {};  // and then it is interrupted
  bool stop_at_failure = false;
  std::function<void(const check::Progress&)> on_progress = {};
};

// A run that met a limit is marked as interrupted by this.
inline constexpr int kMetLimit = SIGALRM;

// `report` must hold profile, seed and environment, as for CheckRun. Errors as of CheckRun.
Result<Nothing> run_check(const check::CheckOptions& options, const Selection& selection,
                          CheckReport& report, const RunLimits& limits);

// The same server as `run`, to be probed.
check::ProbeOptions probe_options(const check::CheckOptions& run,
                                  std::optional<Transport> transport, double scale);

// Plays the probes of core/learn.h. `interrupted_by` is the number of a signal, or 0.
struct Learnt {
  check::ProbeRecord record;
  Lesson lesson;
  int interrupted_by = 0;
};
Result<Learnt> learn_from(const check::ProbeOptions& options, std::optional<Duration> time);

}  // namespace sockspec::cli
