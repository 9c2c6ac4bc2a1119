#include "core/verdict.h"

namespace sockspec {
namespace {

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
  Outcome outcome = Outcome::Pass;
  for (const Check& check : checks) outcome = worse(outcome, weigh(check));
  return outcome;
}

}  // namespace sockspec
