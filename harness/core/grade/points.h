// Points: what a submission has earned, by the outcomes of its scenarios. In whole hundredths, so
// the same results earn the same in any order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/grade/class_plan.h"
#include "core/message.h"
#include "core/verdict.h"

namespace sockspec::grade {

// What became of a submission.
enum class State {
  Graded,       // its check ran to the end
  BuildFailed,  // a build command failed; nothing was checked
  DidNotStart,  // no command fits it, or its server never listened
  OverLimit,    // it was stopped at a limit; what was seen until then counts
  Error,        // the grader or this machine failed: this says nothing about the submission
};

struct ScenarioOutcome {
  std::string scenario;
  Level level = Level::Must;
  Outcome outcome = Outcome::NotRun;
};

struct Points {
  std::optional<Hundredths> earned;  // none: it was not graded, and must be graded again
  Hundredths most = 0;
  std::vector<Message> notes;  // what a person who reads the number should know
};

// Must and should each earn their part by the weighted share of scenarios that hold. A must whose
// advice alone was not followed (warn) holds; so does what is inconclusive, with a note. What did
// not run earns nothing, what was skipped does not count, and a may neither. Where one of the parts
// has no scenarios that count, the other earns for both. Rounded down.
Points points_of(const PointsPlan& plan, State state, const std::vector<ScenarioOutcome>& outcomes);

// What is left of them after so many days.
Points after_lateness(Points points, const LatePlan& plan, const std::string& submission);

// "80", "7.5", "0.25".
std::string points_text(Hundredths points);

}  // namespace sockspec::grade
