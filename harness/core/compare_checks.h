// compare_checks: what broke, what was fixed and what changed between two check reports of one
// contract.
//
// "Newly broken" is said only of what is known on both sides: a scenario that did not fail in the
// old report and fails in the new one. Where one side knows nothing (inconclusive, skipped, not
// run, not there) it says so, and never turns it into good news. Both reports are judged as the
// new one was: where that was strict, a warning is a failure. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/check_report.h"
#include "core/names.h"
#include "core/result.h"

namespace sockspec {

enum class Change {
  Broken,     // did not fail, fails now
  Uncovered,  // was not judged, fails now
  Unjudged,   // was judged, is not now
  Gone,       // only in the old report
  Differs,    // fails (or warns) both times, but what was seen is another thing
  Warned,     // passed, warns now
  Fixed,      // failed, does not fail now
  Cleared,    // warned, passes now
  Judged,     // was not judged, holds now
  Added,      // only in the new report
  Same,
};

template <>
std::span<const Named<Change>> names<Change>();

// How soon replies come in a scenario that passed both times. It never makes a comparison red.
enum class Tempo { Alike, Slower, Faster };

template <>
std::span<const Named<Tempo>> names<Tempo>();

// The duration of a scenario says little: it is that of its quiet windows and of whatever else ran.
// On two processors with seven times as much to do, five runs of one server differed by a factor of
// 400, and by 3 s. The median of its reply times stayed below 12 ms (below 0.1 ms when it is
// quiet). So a tempo is that of replies, of scenarios with enough of them, and only what is both
// twice as long and longer by more than a busy machine explains is told: Nagle's 40 ms, a poll
// every 50 ms. Machine, time scale and scenario must be the same. A finer difference is the
// business of the suite, which warns from 5 ms on, or of sockspec load.
inline constexpr double kTempoRatio = 2;
inline constexpr std::chrono::milliseconds kTempoFloor{20};
inline constexpr std::size_t kTempoReplies = 20;

// The median time from the last byte that was sent (or the connection, where the server speaks
// first) to the first that came back. None where there are too few replies, or the client itself
// made them wait.
std::optional<Duration> usual_reply_time(const ScenarioResult& result);

struct ScenarioChange {
  std::string scenario;
  Change change = Change::Same;
  Tempo tempo = Tempo::Alike;
  const ScenarioResult* old = nullptr;  // in the reports that were compared; null = not there
  const ScenarioResult* now = nullptr;
  bool known = false;     // fails now, and the list of known failures excuses it
  bool in_doubt = false;  // it may be broken: what would tell is not known
};

struct CheckComparison {
  const CheckReport* old = nullptr;  // must outlive the comparison
  const CheckReport* now = nullptr;
  std::vector<ScenarioChange>
      scenarios;  // in the order of the new report, then those that are gone
  // The server ended by itself between two scenarios, which it did not in the old run.
  std::vector<UnexpectedExit> new_exits;
  std::size_t judged_in_both = 0;
  std::vector<Message> cautions;  // why a difference may not be the server's
};

// Error: the contracts differ. A scenario asks something else then, and a failure may be the
// contract's. Names and titles of profiles may differ.
Result<CheckComparison> compare_checks(const CheckReport& old, const CheckReport& now);

std::size_t count_of(const CheckComparison& compared, Change change);
std::size_t count_of(const CheckComparison& compared, Tempo tempo);
std::size_t count_in_doubt(const CheckComparison& compared);

// Those that make it red: newly broken, and not known.
std::size_t count_red(const CheckComparison& compared);

// Fail in both reports.
std::size_t count_still_failing(const CheckComparison& compared);

// Interrupted, or not valid: what is not there was not asked.
bool is_incomplete(const CheckReport& report);

// 1 newly broken; 3 the new server could not be reached; 4 a report is not complete, or nothing was
// judged in both, so that nothing can be said; 5 only what is in doubt stands between it and 0.
int exit_code_of(const CheckComparison& compared);

}  // namespace sockspec
