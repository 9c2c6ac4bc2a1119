// What a Python snippet does: the moves of a script up to the one that failed, made short.
//
// A script is unrolled; a person wants to read "50 times". So moves that come again and again
// become a loop, clients that act in turn act as a group, and a fresh client that shows that the
// server still serves is one thing. Pure; the plan borrows nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/check_report.h"
#include "core/scenario.h"
#include "core/script.h"

namespace sockspec::reports {

struct Deed {
  enum class Kind {
    Move,   // `move`
    Loop,   // `body`, `times`
    Probe,  // `body`: a fresh connection is served
  };
  Kind kind = Kind::Move;
  Move move;                         // in a loop: of the first round
  std::optional<step::Send> source;  // of a Send: what the scenario says
  std::vector<Move> rounds;          // of a Send or Connect: the move in each round of the loops
  std::vector<Deed> body;
  std::size_t times = 1;
  bool failed = false;   // here it went wrong
  bool lenient = false;  // this may go wrong, too; what comes later matters more
};

using Plan = std::vector<Deed>;

// The check that a snippet shows: the first failed must, else the first that does not hold.
const Check* check_to_show(const ScenarioResult& result);

// Empty where `check` says nothing about a move of the script.
Plan plan_snippet(const Scenario& scenario, const Script& script, const ScenarioResult& result,
                  const Check& check);

// The deeds that show a fresh connection being served; empty for a profile with no sign of that.
Plan plan_probe(const Script& script);

}  // namespace sockspec::reports
