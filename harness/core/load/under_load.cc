#include "core/load/under_load.h"

#include <algorithm>

namespace sockspec::load {
namespace {

constexpr Duration kSlow = std::chrono::milliseconds(250);  // of a reply to the load

bool was_slow(const Tally& load) {
  const VerdictCounts& verdicts = load.verdicts;
  return verdicts[ReplyVerdict::Late] + verdicts[ReplyVerdict::Lost] > 0 ||
         load.latency.response.max().value_or(kSlow) >= kSlow;
}

bool load_explains(const std::vector<Check>& checks, bool slow) {
  return std::all_of(checks.begin(), checks.end(), [&](const Check& check) {
    return check.outcome != Outcome::Fail || (check.timing_only && (slow || check.late_by));
  });
}

}  // namespace

UnderLoad under_load(const ScenarioResult& result, const Tally& load) {
  UnderLoad under;
  under.scenario = result.scenario;
  under.outcome = result.outcome;
  under.reason = result.reason;
  if (!is_bad(result.outcome)) return under;
  if (load_explains(result.checks, was_slow(load))) {
    under.outcome = Outcome::Inconclusive;
    under.reason = {"reason.late-under-load"};
  }
  const auto failed =
      std::find_if(result.checks.begin(), result.checks.end(),
                   [](const Check& check) { return check.outcome == Outcome::Fail; });
  if (failed == result.checks.end()) return under;
  under.expected = failed->expected;
  under.observed = failed->observed;
  return under;
}

}  // namespace sockspec::load
