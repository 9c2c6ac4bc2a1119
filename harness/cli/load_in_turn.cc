#include "cli/load_in_turn.h"

#include <deque>
#include <utility>

#include "cli/comparison.h"
#include "cli/load_session.h"
#include "core/exit_codes.h"

namespace sockspec::cli {
namespace {

constexpr int kTries = 3;  // of a run that is not valid, because this machine was busy

struct Side {
  std::string name;
  LoadOptions options;
  std::deque<load::LoadReport> reports;  // a run points at its report
  std::vector<load::NamedRun> runs;
};

// The number of the signal that ended it, or 0.
Result<int> play_one(Side& side, std::size_t round, const Words& words) {
  // Both are asked the same in a round, and other things in the next.
  if (round > 0) ++side.options.plan.seed;
  const std::string name = side.name + std::to_string(round + 1);
  for (int tries = 1;; ++tries) {
    Result<load::LoadReport> report = play_load(side.options, words, name);
    if (!report) return Error{report.error().kind, name + ": " + report.error().text};
    judge(*report);
    if (report->interrupted_by != 0) return report->interrupted_by;
    if (report->invalid && tries < kTries) continue;
    side.reports.push_back(std::move(*report));
    side.runs.push_back({name, &side.reports.back()});
    return 0;
  }
}

}  // namespace

Result<int> load_in_turn(const LoadOptions& options, const Words& words) {
  Side a{"A", options, {}, {}};
  Side b{"B", options, {}, {}};
  b.options.server.run.command = options.other_command;
  b.options.server.builtin_server = false;
  ComparisonOptions how;
  for (std::size_t round = 0; round < options.runs && how.interrupted_by == 0; ++round) {
    const bool a_first = round % 2 == 0;
    for (Side* const side : {a_first ? &a : &b, a_first ? &b : &a}) {
      const Result<int> signal = play_one(*side, round, words);
      if (!signal) return signal.error();
      how.interrupted_by = *signal;
      if (*signal != 0) break;
    }
  }
  if (a.runs.empty() || b.runs.empty()) return kSignalBase + how.interrupted_by;
  how.seed = options.plan.seed;
  how.lang = options.lang;
  how.files = options.files;
  return publish_comparison(a.runs, b.runs, how);
}

}  // namespace sockspec::cli
