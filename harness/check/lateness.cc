#include "check/lateness.h"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace sockspec::check {
namespace {

using namespace std::chrono_literals;

// A shorter wait is over before a look at the server could tell anything.
constexpr Duration kShortestWait = 300ms;
constexpr int kWokenFor = 4;  // it may have been awake for one part in so many of the wait

// What a server that sleeps does not do: neither does it give back what it holds. A connection that
// is not accepted may have been refused by a queue that was full.
bool is_missing(const Check& check) {
  static constexpr std::string_view kMissing[] = {
      "seen.nothing",           "seen.partial",   "seen.still-open",   "seen.still-runs",
      "seen.descriptors",       "seen.memory",    "seen.memory-alone", "seen.zombies",
      "seen.descriptors-alone", "seen.close-wait"};
  return check.timing_only && std::find(std::begin(kMissing), std::end(kMissing),
                                        check.observed.id) != std::end(kMissing);
}

// The last that was done or seen before it; to look at the server disturbs nobody.
Instant wait_began(const Transcript& transcript, Instant missed) {
  Instant began{};
  for (const TranscriptEntry& entry : transcript) {
    const bool looks = entry.kind == Entry::Tick || entry.kind == Entry::Sampled;
    if (!looks && entry.at < missed) began = entry.at;
  }
  return began;
}

}  // namespace

// Nothing was wrong but the time, as far as the outcome depends on it.
bool only_late(const ScenarioResult& result) {
  const bool fails = result.outcome == Outcome::Fail;
  if (!fails && result.outcome != Outcome::Warn) return false;
  return std::all_of(result.checks.begin(), result.checks.end(), [&](const Check& check) {
    const bool counts = check.level == Level::Must || (!fails && check.level == Level::Should);
    return !is_bad(check.outcome) || !counts || check.timing_only;
  });
}

bool slept_through(const std::vector<Check>& checks, const Transcript& transcript, Instant end,
                   Duration slept) {
  const auto first = std::find_if(checks.begin(), checks.end(),
                                  [](const Check& check) { return is_bad(check.outcome); });
  if (first == checks.end()) return false;
  const bool all_missing = std::all_of(first, checks.end(), [](const Check& check) {
    return !is_bad(check.outcome) || is_missing(check);
  });
  const Instant began = wait_began(transcript, first->at);
  const Duration wait = first->at - began;
  return all_missing && wait >= kShortestWait && end - slept <= began + wait / kWokenFor;
}

}  // namespace sockspec::check
