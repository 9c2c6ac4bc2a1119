// CheckRun: what was late is played again, and more is played at a time while everything only
// waits.
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "check/check_run.h"
#include "check/lateness.h"
#include "supervise/memory_of_descendants.h"
#include "supervise/resources.h"

namespace sockspec::check {
namespace {

using namespace std::chrono_literals;

// So many late scenarios are repeated alone. If no failure passes then, the others are believed; if
// one does, they are repeated too.
constexpr std::size_t kRepeatedFailures = 2;
constexpr std::size_t kRepeatedWarnings = 4;
constexpr std::size_t kAtOnce = 2;  // repeats, and new lanes
// From so many lanes on there are more only where all servers together use at most so many bytes.
constexpr std::size_t kManyLanes = 16;
constexpr std::uint64_t kLightServers = 192U << 20U;
constexpr Duration kLook = 100ms;
constexpr int kQuiet = 5;  // one part in so many of a processor is used at most

void cast_doubt(ScenarioResult& result, const std::string& reason) {
  result.outcome = Outcome::Inconclusive;
  result.reason = {reason};
}

std::uint64_t own_cpu_ns() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<std::uint64_t>(used.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(used.tv_nsec);
}

}  // namespace

// Of several runs the one that is shown decides: a proven failure is not excused by a late run.
void CheckRun::note_late(const Scenario* scenario) {
  std::erase(late_, scenario);
  const ScenarioResult* const kept = find_result(report_, scenario->id);
  if (kept && only_late(*kept) && !kept->server_meant_it) late_.push_back(scenario);
}

// At first a sample of the failures, because a server that hangs costs its time limit each time; of
// the warnings all but the many: they are about different things.
void CheckRun::plan_repeats(std::size_t most) {
  std::size_t failures = 0, warnings = 0;
  for (const Scenario* scenario : late_) {
    const ScenarioResult* const kept = find_result(report_, scenario->id);
    const bool chosen = kept && failed(*kept) ? failures++ < kRepeatedFailures || a_failure_passed_
                                              : warnings++ < kRepeatedWarnings;
    if (!chosen || was_tried_again(*scenario) || most == 0) continue;
    jobs_.push_back({.scenario = scenario, .repeat = true});
    repeating_[scenario->id] = busy_ns();
    --most;
    ++total_;
  }
  if (phase_ != Phase::Repeats) return;
  const auto took = [&](const Job& job) {
    return std::chrono::floor<std::chrono::seconds>(
        find_result(report_, job.scenario->id)->duration);
  };
  std::stable_sort(jobs_.begin(), jobs_.end(),
                   [&](const Job& a, const Job& b) { return took(a) > took(b); });
}

// One that began while others were still waiting was alone if they did nothing but wait; else it
// acquits, but does not convict, and is played once more, at the end.
void CheckRun::keep_repeat(const Job& job, ScenarioResult result) {
  const std::uint64_t began = repeating_[job.scenario->id];
  repeating_.erase(job.scenario->id);
  const std::uint64_t now = busy_ns();
  const std::uint64_t worked = now > began ? now - began : 0;
  const bool disturbed = phase_ == Phase::Main &&
                         worked > static_cast<std::uint64_t>(result.duration.count()) / kQuiet;
  if (disturbed && is_bad(result.outcome)) {
    disturbed_.insert(result.scenario);
    return;
  }
  repeated_.insert_or_assign(result.scenario, std::move(result));
}

// What fails again when it is alone is a failure; what passes then is nobody's proven fault.
void CheckRun::judge_repeats() {
  std::vector<const Scenario*> believed;  // failures outside the sample
  for (const Scenario* scenario : late_) {
    ScenarioResult* const result = find_result(report_, scenario->id);
    const auto again = repeated_.find(scenario->id);
    if (!result) continue;
    if (again == repeated_.end()) {
      if (failed(*result)) {
        believed.push_back(scenario);
      } else {
        cast_doubt(*result, "reason.late-like-others");
      }
      continue;
    }
    const bool bad = is_bad(again->second.outcome);
    result->runs += 1;
    result->failed_runs += bad ? 1 : 0;
    if (bad && again->second.busy_machine) cast_doubt(*result, "reason.busy");
    if (bad) continue;
    a_failure_passed_ = a_failure_passed_ || failed(*result);
    cast_doubt(*result, "reason.late-once");
  }
  late_.clear();
  repeated_.clear();
  if (a_failure_passed_) late_ = std::move(believed);
}

// What this process and the servers have used of the processors.
std::uint64_t CheckRun::busy_ns() const {
  return own_cpu_ns() + supervise::cpu_of_descendants_ns();
}

// Whether nobody has worked since the look before. Where something is at work anyway, nobody looks
// into the processes; and what spins is not waited for: more beside it would only make the machine
// busy.
bool CheckRun::all_only_wait() {
  const std::optional<std::uint64_t> before = std::exchange(busy_before_ns_, std::nullopt);
  const std::uint64_t own_before = std::exchange(own_before_ns_, own_cpu_ns());
  const auto most = static_cast<std::uint64_t>(kLook.count()) / kQuiet;
  const bool starts = std::any_of(lanes_.begin(), lanes_.end(),
                                  [](const auto& lane) { return lane->server_starts(); });
  if (starts || own_before_ns_ > own_before + most) return false;
  busy_before_ns_ = busy_ns();
  return before && *busy_before_ns_ <= *before + most;
}

bool CheckRun::work_left() const {
  return std::any_of(jobs_.begin(), jobs_.end(), [&](const Job& job) {
    std::string ignored;
    return job.repeat || need_of(*job.scenario, &ignored) == Need::Met;
  });
}

// What others disturbed is tried once more when they have ended.
bool CheckRun::was_tried_again(const Scenario& scenario) const {
  const bool disturbed = phase_ == Phase::Main && disturbed_.contains(scenario.id);
  return disturbed || repeated_.contains(scenario.id) || repeating_.contains(scenario.id);
}

bool CheckRun::untried_late() const {
  return std::any_of(late_.begin(), late_.end(),
                     [&](const Scenario* scenario) { return !was_tried_again(*scenario); });
}

// Not where there is one server for all that is played.
void CheckRun::look_again() {
  if (!options_.target && !options_.port) grow_.start(kLook);
}

// A server that does not answer is mostly waited for, and waiting costs nothing: then more of its
// scenarios are played at the same time, and at last those again that were late.
void CheckRun::play_more_if_all_wait() {
  if (phase_ != Phase::Main && phase_ != Phase::Repeats) return;
  look_again();
  const bool late_only = phase_ == Phase::Main && options_.repeat == 1 && !work_left();
  const bool no_room = phase_ == Phase::Main && lanes_.size() >= options_.most_jobs;
  if (late_only ? !untried_late() : no_room || !work_left()) return;
  if (!all_only_wait()) return;
  if (phase_ == Phase::Repeats) ++repeats_at_once_;
  if (late_only) plan_repeats(kAtOnce);
  if (!work_left()) return;
  wake_lanes();
  add_lanes(std::min(kAtOnce, jobs_.size()));
}

void CheckRun::add_lanes(std::size_t count) {
  const bool any_free =
      std::any_of(lanes_.begin(), lanes_.end(), [](const auto& lane) { return lane->is_free(); });
  if (any_free) return;
  if (lanes_.size() >= kManyLanes && supervise::descendants_use_more(getpid(), kLightServers))
    return;
  for (; count > 0 && lanes_.size() < options_.most_jobs; --count) {
    lanes_.push_back(std::make_unique<Lane>(*this, true));
    lanes_.back()->work();
  }
}

}  // namespace sockspec::check
