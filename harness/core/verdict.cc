#include "core/verdict.h"

#include <algorithm>

namespace sockspec {
namespace {

constexpr int kTurnsOfAnAnswer = 8;  // of all its processes, a server that forks for each included

int badness(Outcome outcome) {
  switch (outcome) {
    case Outcome::Skipped: return 0;
    case Outcome::Pass: return 1;
    case Outcome::NotRun: return 2;
    case Outcome::Warn: return 3;
    case Outcome::Inconclusive: return 4;
    case Outcome::Fail: return 5;
  }
  return 5;
}

Outcome weigh(const Check& check) {
  if (check.outcome != Outcome::Fail) return check.outcome;
  switch (check.level) {
    case Level::Must: return Outcome::Fail;
    case Level::Should: return Outcome::Warn;
    case Level::May: return Outcome::Pass;
  }
  return Outcome::Fail;
}

}  // namespace

Outcome worse(Outcome a, Outcome b) { return badness(a) >= badness(b) ? a : b; }

Outcome outcome_of(const std::vector<Check>& checks) {
  if (checks.empty()) return Outcome::NotRun;  // nothing observed is nothing good
  const auto is_main = [](const Check& check) { return check.id != "connect"; };
  const auto is_skipped = [&](const Check& check) {
    return !is_main(check) || check.outcome == Outcome::Skipped;
  };
  const bool none_left = std::any_of(checks.begin(), checks.end(), is_main) &&
                         std::all_of(checks.begin(), checks.end(), is_skipped);
  Outcome outcome = Outcome::Pass;
  // What was left out because advice was not followed takes nothing from what was seen.
  const bool advised = std::any_of(checks.begin(), checks.end(), [](const Check& check) {
    return check.outcome == Outcome::Fail && check.level != Level::Must;
  });
  for (const Check& check : checks) {
    const bool moot = check.outcome == Outcome::NotRun && check.level != Level::Must;
    if (!advised || !moot) outcome = worse(outcome, weigh(check));
  }
  return none_left && outcome == Outcome::Pass ? Outcome::Skipped : outcome;
}

bool explained_by_waiting(const std::vector<Check>& checks, Duration mean_wait) {
  bool late = false;
  for (const Check& check : checks) {
    if (check.outcome != Outcome::Fail) continue;
    if (!check.late_by || *check.late_by > kTurnsOfAnAnswer * mean_wait) return false;
    late = true;
  }
  return late;
}

}  // namespace sockspec
