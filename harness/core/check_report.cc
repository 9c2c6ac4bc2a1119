#include "core/check_report.h"

#include <algorithm>
#include <utility>

#include "core/exit_codes.h"

namespace sockspec {
namespace {

constexpr double kMustShare = 80;
constexpr double kShouldShare = 20;

double share(std::size_t good, std::size_t all) {
  return all == 0 ? 1.0 : static_cast<double>(good) / static_cast<double>(all);
}

std::string explained_by(const Message& reason) {
  return reason.id == "reason.explained" ? reason.param("scenario") : "";
}

// Was it not run because of a known failure? That one may stand at the end of a chain.
bool is_excused(const ScenarioResult& not_run, const CheckReport& report) {
  const ScenarioResult* result = &not_run;
  for (std::size_t links = 0; links < report.results.size(); ++links) {
    result = find_result(report, explained_by(result->reason));
    if (!result || result->outcome != Outcome::NotRun) return result && result->known.has_value();
  }
  return false;
}

}  // namespace

const ScenarioResult* find_result(const CheckReport& report, const std::string& scenario) {
  const auto found =
      std::find_if(report.results.begin(), report.results.end(),
                   [&](const ScenarioResult& result) { return result.scenario == scenario; });
  return found == report.results.end() ? nullptr : &*found;
}

ScenarioResult* find_result(CheckReport& report, const std::string& scenario) {
  return const_cast<ScenarioResult*>(find_result(std::as_const(report), scenario));
}

std::map<Outcome, std::size_t> count_outcomes(const CheckReport& report) {
  std::map<Outcome, std::size_t> counts;
  for (const ScenarioResult& result : report.results) ++counts[result.outcome];
  return counts;
}

bool fails_run(const ScenarioResult& result, bool strict) {
  return result.outcome == Outcome::Fail || (strict && result.outcome == Outcome::Warn);
}

FailureCounts count_failures(const CheckReport& report) {
  FailureCounts counts;
  for (const ScenarioResult& result : report.results) {
    if (fails_run(result, report.strict)) ++(result.known ? counts.known : counts.unknown);
  }
  return counts;
}

bool stands_in_the_way(const ScenarioResult& result, bool strict) {
  if (result.outcome != Outcome::Inconclusive) return false;
  bool advice = false;
  for (const Check& check : result.checks) {
    if (!is_bad(check.outcome)) continue;
    if (strict || (check.outcome == Outcome::Fail && check.level == Level::Must)) return true;
    advice = true;
  }
  return !advice;
}

int exit_code_of(const CheckReport& report) {
  if (report.interrupted_by != 0) return kSignalBase + report.interrupted_by;
  auto counts = count_outcomes(report);
  const FailureCounts failures = count_failures(report);
  if (failures.unknown > 0 || !report.stale_known.empty()) return kServerFailed;
  if (report.invalid) return kInvalid;
  if (!report.unexpected_exits.empty()) return kServerFailed;
  const bool in_doubt = std::any_of(
      report.results.begin(), report.results.end(),
      [&](const ScenarioResult& result) { return stands_in_the_way(result, report.strict); });
  if (in_doubt) return kInconclusive;
  const bool ran = failures.known + counts[Outcome::Pass] + counts[Outcome::Warn] +
                       counts[Outcome::Inconclusive] >
                   0;
  if (!ran) return kUsage;
  const bool missing =
      std::any_of(report.results.begin(), report.results.end(), [&](const ScenarioResult& result) {
        return result.outcome == Outcome::NotRun && !is_excused(result, report);
      });
  return missing ? kInvalid : kHolds;
}

Outcome overall_outcome(const CheckReport& report) {
  switch (exit_code_of(report)) {
    case kHolds: break;
    case kServerFailed: return Outcome::Fail;
    case kInconclusive: return Outcome::Inconclusive;
    default: return Outcome::NotRun;
  }
  return count_outcomes(report)[Outcome::Warn] > 0 ? Outcome::Warn : Outcome::Pass;
}

bool earns_points(const ScenarioResult& result) {
  return result.outcome == Outcome::Pass || result.outcome == Outcome::Inconclusive ||
         (result.level == Level::Must && result.outcome == Outcome::Warn);
}

double score_of(const CheckReport& report) {
  std::size_t musts = 0, good_musts = 0, shoulds = 0, good_shoulds = 0;
  for (const ScenarioResult& result : report.results) {
    if (result.outcome == Outcome::Skipped) continue;
    const bool good = earns_points(result);
    (result.level == Level::Must ? musts : shoulds) += 1;
    if (good) (result.level == Level::Must ? good_musts : good_shoulds) += 1;
  }
  if (musts + shoulds == 0) return 0;  // nothing was shown
  if (musts == 0) return 100 * share(good_shoulds, shoulds);
  if (shoulds == 0) return 100 * share(good_musts, musts);
  return kMustShare * share(good_musts, musts) + kShouldShare * share(good_shoulds, shoulds);
}

}  // namespace sockspec
