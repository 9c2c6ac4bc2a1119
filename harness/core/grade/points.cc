#include "core/grade/points.h"

#include <algorithm>

#include "core/selection.h"

namespace sockspec::grade {
namespace {

// Of one level, in thousandths of a weight.
struct Share {
  Thousandths good = 0;
  Thousandths all = 0;
};

Thousandths weight_of(const PointsPlan& plan, const std::string& scenario) {
  for (const auto& [pattern, weight] : plan.weights) {
    if (matches(pattern, scenario)) return weight;
  }
  return kOne;
}

bool holds(const ScenarioOutcome& outcome) {
  switch (outcome.outcome) {
    case Outcome::Pass:
    case Outcome::Inconclusive: return true;
    case Outcome::Warn: return outcome.level == Level::Must;
    case Outcome::Fail:
    case Outcome::Skipped:
    case Outcome::NotRun: return false;
  }
  return false;
}

void add(Share& share, const ScenarioOutcome& outcome, Thousandths weight) {
  share.all += weight;
  if (holds(outcome)) share.good += weight;
}

Hundredths part(Hundredths points, const Share& share) {
  return share.all == 0 ? 0 : points * share.good / share.all;
}

Message state_note(State state) {
  switch (state) {
    case State::Graded: return {};
    case State::BuildFailed: return {"grade.build-failed"};
    case State::DidNotStart: return {"grade.did-not-start"};
    case State::OverLimit: return {"grade.over-limit"};
    case State::Error: return {"grade.error"};
  }
  return {};
}

}  // namespace

Points points_of(const PointsPlan& plan, State state,
                 const std::vector<ScenarioOutcome>& outcomes) {
  Points points{.earned = 0, .most = plan.must + plan.should, .notes = {}};
  if (state != State::Graded) points.notes.push_back(state_note(state));
  if (state == State::Error) return points.earned.reset(), points;
  if (state == State::BuildFailed || state == State::DidNotStart) return points;

  Share must, should;
  std::size_t inconclusive = 0, not_run = 0;
  for (const ScenarioOutcome& outcome : outcomes) {
    if (outcome.outcome == Outcome::Skipped || outcome.level == Level::May) continue;
    const Thousandths weight = weight_of(plan, outcome.scenario);
    add(outcome.level == Level::Must ? must : should, outcome, weight);
    if (weight > 0 && outcome.outcome == Outcome::Inconclusive) ++inconclusive;
    if (weight > 0 && outcome.outcome == Outcome::NotRun) ++not_run;
  }
  const Hundredths for_must = should.all == 0 ? points.most : plan.must;
  const Hundredths for_should = must.all == 0 ? points.most : plan.should;
  points.earned = part(for_must, must) + part(for_should, should);
  if (must.all + should.all == 0) points.notes.push_back({"grade.nothing-counted"});
  if (inconclusive > 0)
    points.notes.push_back({"grade.inconclusive", {{"count", std::to_string(inconclusive)}}});
  if (not_run > 0) points.notes.push_back({"grade.not-run", {{"count", std::to_string(not_run)}}});
  return points;
}

Points after_lateness(Points points, const LatePlan& plan, const std::string& submission) {
  const auto late = plan.days.find(submission);
  if (late == plan.days.end() || late->second == 0 || !points.earned) return points;
  const Hundredths percent = std::min<Hundredths>(
      static_cast<Hundredths>(late->second) * plan.per_day, std::min(plan.most, 100));
  points.earned = *points.earned * (100 - percent) / 100;
  points.notes.push_back(
      {"grade.late",
       {{"days", std::to_string(late->second)}, {"percent", std::to_string(percent)}}});
  return points;
}

std::string points_text(Hundredths points) {
  std::string text = std::to_string(points / 100);
  const Hundredths rest = points % 100;
  if (rest == 0) return text;
  text += '.';
  text += static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) text += static_cast<char>('0' + rest % 10);
  return text;
}

}  // namespace sockspec::grade
