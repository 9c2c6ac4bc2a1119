// neighbours: contracts that a server which failed its own may hold instead.
//
// Each differs from the report's profile in one thing, and the observed failures suggest it. A
// guess: it becomes a statement only when the server has passed every must scenario of it.
#pragma once

#include <vector>

#include "core/check_report.h"
#include "core/scenario.h"

namespace sockspec {

struct Neighbour {
  Profile profile;
  Message difference;  // "instead.lines"
};

// At most two, the likelier first; none where nothing failed for certain.
std::vector<Neighbour> neighbours_of(const CheckReport& report);

// Does this scenario ask the same of a server under both contracts? Then what failed under one
// fails under the other.
bool asks_the_same(const Scenario& scenario, const Profile& a, const Profile& b);

// A reply held more than the bytes that were owed, at one of its ends: perhaps words around each.
bool suggests_extra_words(const CheckReport& report);

}  // namespace sockspec
