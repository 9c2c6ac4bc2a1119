#include "check/lateness.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <string_view>

namespace sockspec::check {
namespace {

using namespace std::chrono_literals;

// A shorter wait is over before a look at the server could tell anything; what computes has to have
// had far more time than it can need.
constexpr Duration kShortestSleep = 300ms, kShortestWork = 1s;
constexpr int kOtherwise = 4;  // for one part in so many of the wait it may have been otherwise

// What a server that sleeps does not do: neither does it give back what it holds. A connection that
// is not accepted may have been refused by a queue that was full.
constexpr std::string_view kNotDoneAsleep[] = {
    "seen.nothing",           "seen.partial",   "seen.still-open",   "seen.still-runs",
    "seen.descriptors",       "seen.memory",    "seen.memory-alone", "seen.zombies",
    "seen.descriptors-alone", "seen.close-wait"};

// What one that works could have done between two turns. Not: a reply, which may need the work.
constexpr std::string_view kNotDoneAwake[] = {"seen.still-open", "seen.cpu"};

bool is_among(std::span<const std::string_view> ids, const Check& check) {
  return check.timing_only && std::find(ids.begin(), ids.end(), check.observed.id) != ids.end();
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

bool nobody_kept_it(const std::vector<Check>& checks, const Transcript& transcript, Instant end,
                    const TimeOfItsOwn& own) {
  const auto first = std::find_if(checks.begin(), checks.end(),
                                  [](const Check& check) { return is_bad(check.outcome); });
  if (first == checks.end()) return false;
  const Instant began = wait_began(transcript, first->at);
  const Duration wait = first->at - began;
  const auto all_the_wait = [&](Duration so_long) {
    return end - so_long <= began + wait / kOtherwise;
  };
  const bool slept = wait >= kShortestSleep && all_the_wait(own.slept);
  const bool was_free = wait >= kShortestWork && all_the_wait(own.free);
  return std::all_of(first, checks.end(), [&](const Check& check) {
    return !is_bad(check.outcome) || (slept && is_among(kNotDoneAsleep, check)) ||
           (was_free && is_among(kNotDoneAwake, check));
  });
}

}  // namespace sockspec::check
