#include "cli/runs.h"

#include <utility>

#include "cli/signals.h"
#include "io/timer.h"

namespace sockspec::cli {

using namespace std::chrono_literals;

Result<Nothing> run_check(const check::CheckOptions& options, const Selection& selection,
                          CheckReport& report, const RunLimits& limits) {
  Result<Nothing> outcome = Nothing{};
  io::Loop loop;
  // Not from inside the run's own callback.
  std::unique_ptr<io::Timer> enough;
  const auto on_progress = [&](const check::Progress& progress) {
    if (limits.on_progress) limits.on_progress(progress);
    const auto failed = progress.counts.find(Outcome::Fail);
    const bool any = failed != progress.counts.end() && failed->second > 0;
    if (limits.stop_at_failure && any && enough) enough->start(0ms);
  };
  check::CheckRun run(loop, options, selection, report, on_progress);
  enough = std::make_unique<io::Timer>(loop, [&] { run.interrupt(kMetLimit); });
  if (limits.time) enough->start(*limits.time);
  Signals signals(loop, [&](int signal) { run.interrupt(signal); });
  run.start([&](Result<Nothing> result) {
    outcome = std::move(result);
    signals.stop();
    enough.reset();
  });
  loop.run();
  return outcome;
}

check::ProbeOptions probe_options(const check::CheckOptions& run,
                                  std::optional<Transport> transport, double scale) {
  check::ProbeOptions options;
  options.command = run.command;
  options.wrapper = run.wrapper;
  options.target = run.target;
  options.host = run.host;
  options.host_given = run.host_given;
  options.port = run.port;
  options.transport = transport;
  options.start_limit = run.start_limit;
  options.scale = scale;
  return options;
}

Result<Learnt> learn_from(const check::ProbeOptions& options, std::optional<Duration> time) {
  Learnt learnt;
  Result<check::ProbeRecord> record = check::ProbeRecord{};
  io::Loop loop;
  check::ProbeRun run(loop, options,
                      [](Transport transport, const std::vector<Observation>& observations) {
                        return learn(transport, observations).next;
                      });
  std::unique_ptr<io::Timer> enough;
  enough = std::make_unique<io::Timer>(loop, [&] { run.interrupt(); });
  if (time) enough->start(*time);
  Signals signals(loop, [&](int signal) {
    learnt.interrupted_by = signal;
    run.interrupt();
  });
  run.start([&](Result<check::ProbeRecord> result) {
    record = std::move(result);
    signals.stop();
    enough.reset();
  });
  loop.run();
  if (!record) return record.error();
  learnt.record = std::move(*record);
  learnt.lesson = learn(learnt.record.transport, learnt.record.observations);
  return learnt;
}

}  // namespace sockspec::cli
