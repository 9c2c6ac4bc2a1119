// Folding: what comes again and again becomes a loop, and clients that act in turn act as a group.
#pragma once

#include "reports/python_plan.h"

namespace sockspec::reports {

// Neighbouring moves of the same kind for one client each, as one move for all of them.
Plan join_turns(Plan plan);

// Equal rounds as one loop. Two rounds are equal if they do the same; the clients may be others
// where the round connects them, and the payloads where the scenario draws them.
Plan fold(Plan plan);

}  // namespace sockspec::reports
