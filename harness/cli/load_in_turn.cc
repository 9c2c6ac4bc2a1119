#include "cli/load_in_turn.h"

#include <deque>
#include <utility>

#include "cli/comparison.h"
#include "cli/load_session.h"
#include "core/exit_codes.h"

namespace sockspec::cli {
namespace {

struct Side {
  std::string name;
  LoadOptions options;
  std::deque<load::LoadReport> reports;  // a run points at its report
  std::vector<load::NamedRun> runs;
};

Result<Nothing> play_one(Side& side, std::size_t round, const Words& words) {
  if (round > 0)
    ++side.options.plan.seed;  // both are asked the same in a round, and other things in the next
  const std::string name = side.name + std::to_string(round + 1);
  Result<load::LoadReport> report = play_load(side.options, words, name + "  ");
  if (!report) return Error{report.error().kind, name + ": " + report.error().text};
  judge(*report);
  side.reports.push_back(std::move(*report));
  side.runs.push_back({name, &side.reports.back()});
  return Nothing{};
}

}  // namespace

Result<int> load_in_turn(const LoadOptions& options, const Words& words) {
  Side a{"A", options, {}, {}};
  Side b{"B", options, {}, {}};
  b.options.server.run.command = {"/bin/sh", "-c", options.other_command};
  b.options.server.builtin_server = false;
  for (std::size_t round = 0; round < options.runs; ++round) {
    const bool a_first = round % 2 == 0;
    for (Side* const side : {a_first ? &a : &b, a_first ? &b : &a}) {
      if (auto played = play_one(*side, round, words); !played) return played.error();
      const int signal = side->reports.back().interrupted_by;
      if (signal != 0) return kSignalBase + signal;
    }
  }
  ComparisonOptions how;
  how.seed = options.plan.seed;
  how.lang = options.lang;
  how.json_file = options.json_file;
  return publish_comparison(a.runs, b.runs, how);
}

}  // namespace sockspec::cli
