// Verdict: what one run of a scenario observed, check by check. Plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/message.h"
#include "core/profile.h"
#include "core/scenario.h"
#include "core/time.h"

namespace sockspec {

enum class Outcome { Pass, Fail, Warn, Inconclusive, Skipped, NotRun };

inline bool is_bad(Outcome outcome) { return outcome == Outcome::Fail || outcome == Outcome::Warn; }

// The first place where what came differs from what was owed.
struct Difference {
  std::uint64_t offset = 0;         // of the first differing byte, from the start of the connection
  std::uint64_t window_offset = 0;  // offset of the first byte of both excerpts
  std::string expected;             // excerpt around the difference; may end before it
  std::string received;
};

struct Check {
  std::string id;
  Axis axis = Axis::Content;
  Level level = Level::Must;
  Outcome outcome = Outcome::Pass;
  Message expected;
  Message observed;
  Instant at{};
  std::string peer;     // the peer at which it failed; "" while it passes
  std::string pointer;  // the step that decided it
  std::optional<Difference> difference;
  bool timing_only = false;         // nothing was wrong but the time
  std::optional<Duration> late_by;  // where it is a matter of how fast this machine is
};

// A failed must fails, a failed should warns, a may only informs.
Outcome outcome_of(const std::vector<Check>& checks);

// Nothing failed but by being late, and no later than on a machine where we waited so long for a
// processor each time (on average): the processes of a server wait as we do, several times for each
// answer.
bool explained_by_waiting(const std::vector<Check>& checks, Duration mean_wait);

// Which of two outcomes a summary shows: the worse.
Outcome worse(Outcome a, Outcome b);

}  // namespace sockspec
