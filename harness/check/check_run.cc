#include "check/check_run.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "check/lateness.h"
#include "supervise/process_table.h"

namespace sockspec::check {
namespace {

constexpr std::size_t kRepeatsAtFirst = 2;  // so that a server that hangs is not waited for twice
constexpr int kLongestChain = 16;  // of scenarios that need each other; a circle ends there

bool restarts(const std::vector<Step>& steps) {
  return any_step(steps, [](const Step& step) {
    const auto* server = std::get_if<step::Server>(&step.action);
    return server && server->act == ServerAct::Restart;
  });
}

// The worse of two runs; of two failures the one that not only time explains.
bool says_more(const ScenarioResult& result, const ScenarioResult& kept) {
  if (result.outcome == kept.outcome) return only_late(kept) && !only_late(result);
  return worse(result.outcome, kept.outcome) == result.outcome;
}

void describe(ScenarioResult& result, const Scenario& scenario) {
  result.scenario = scenario.id;
  result.version = scenario.version;
  result.title = scenario.title;
  result.level = scenario.level;
  result.cites = scenario.cites;
  result.explanation = scenario.explanation;
  result.hint = scenario.hint;
}

}  // namespace

supervise::ServerCommand server_command(const CheckOptions& options, std::uint16_t port) {
  supervise::ServerCommand command;
  command.argv = options.command;
  command.wrapper = options.wrapper;
  command.host = options.host;
  command.host_given = options.host_given;
  command.port = port;
  command.transport = options.profile.transport;
  command.start_limit = options.start_limit;
  return command;
}

CheckRun::CheckRun(io::Loop& loop, CheckOptions options, const Selection& selection,
                   CheckReport& report, std::function<void(const Progress&)> on_progress)
    : loop_(loop),
      options_(std::move(options)),
      selection_(selection),
      report_(report),
      on_progress_(std::move(on_progress)),
      ports_(static_cast<std::uint64_t>(getpid()) * 7919 + uv_hrtime()),
      grow_(loop, [this] { play_more_if_all_wait(); }) {}

CheckRun::~CheckRun() = default;

std::size_t CheckRun::lane_count() const {
  if (options_.target || options_.port) return 1;
  const std::size_t work = selection_.chosen.size() * options_.repeat;
  return std::clamp<std::size_t>(options_.jobs, 1, std::max<std::size_t>(work, 1));
}

void CheckRun::start(std::function<void(Result<Nothing>)> finished) {
  finished_ = std::move(finished);
  started_ns_ = uv_hrtime();
  for (std::size_t i = lane_count(); i > 0; --i)
    lanes_.push_back(std::make_unique<Lane>(*this, !options_.target));
  const std::size_t sanity_runs = selection_.sanity ? 2 : 0;
  total_ = selection_.chosen.size() * options_.repeat + sanity_runs;
  enter(selection_.sanity ? Phase::Sanity : Phase::Main);
  for (const auto& lane : lanes_) {
    if (phase_ != Phase::Stopping) lane->work();
  }
}

void CheckRun::enter(Phase phase) {
  phase_ = phase;
  jobs_.clear();
  switch (phase) {
    case Phase::Sanity: jobs_.push_back({selection_.sanity}); break;
    case Phase::Main:
      for (unsigned round = 0; round < options_.repeat; ++round) {
        for (const Scenario* scenario : selection_.chosen) {
          if (!comes_last(*scenario)) jobs_.push_back({scenario});
        }
      }
      // What may be waited for longest first, with what waits for it: the others fit beside it, and
      // nobody waits for it at the end.
      std::stable_sort(jobs_.begin(), jobs_.end(), [this](const Job& a, const Job& b) {
        const auto a_place = place_of(*a.scenario), b_place = place_of(*b.scenario);
        if (a_place != b_place) return a_place < b_place;
        return longest_way_from(*a.scenario) > longest_way_from(*b.scenario);
      });
      look_again();
      break;
    case Phase::Repeats:
      repeats_at_once_ = kRepeatsAtFirst;
      plan_repeats(selection_.chosen.size());
      look_again();
      break;
    case Phase::LastSanity:
      if (selection_.sanity) jobs_.push_back({selection_.sanity, true});
      break;
    case Phase::Last:
      for (const Scenario* scenario : selection_.chosen) {
        if (comes_last(*scenario)) jobs_.push_back({scenario});
      }
      break;
    case Phase::Stopping: stop_all(); break;
  }
}

bool CheckRun::comes_last(const Scenario& scenario) const {
  return options_.port.has_value() && restarts(scenario.steps);
}

Duration CheckRun::longest_way_from(const Scenario& scenario, int depth) const {
  Duration rest{};
  for (const Scenario* other : selection_.chosen) {
    const auto& needs = other->needs;
    const bool waits = std::find(needs.begin(), needs.end(), scenario.id) != needs.end();
    if (waits && depth < kLongestChain) rest = std::max(rest, longest_way_from(*other, depth + 1));
  }
  return scenario.budget + rest;
}

// In the order that was asked for; those that were not named stand at its end.
std::ptrdiff_t CheckRun::place_of(const Scenario& scenario) const {
  return std::find(options_.first.begin(), options_.first.end(), scenario.id) -
         options_.first.begin();
}

// Everything but the main part and what was late runs on the first lane alone.
bool CheckRun::has_job_for(const Lane& lane) const {
  if (jobs_.empty()) return false;
  switch (phase_) {
    case Phase::Main: return true;
    case Phase::Repeats: return in_flight_ < repeats_at_once_;
    case Phase::Sanity:
    case Phase::LastSanity:
    case Phase::Last: return &lane == lanes_.front().get();
    case Phase::Stopping: return false;
  }
  return false;
}

std::optional<Job> CheckRun::next_job(Lane& lane) {
  if (!has_job_for(lane)) return std::nullopt;
  for (auto at = jobs_.begin(); at != jobs_.end();) {
    std::string failed;
    const bool asks = phase_ == Phase::Main && !at->repeat;
    const Need need = asks ? need_of(*at->scenario, &failed) : Need::Met;
    if (need == Need::Pending) {
      ++at;
    } else if (need == Need::Failed) {
      add_not_run(*at->scenario, {"reason.explained", {{"scenario", failed}}});
      ++done_;
      at = jobs_.erase(at);
    } else {
      const Job job = *at;
      jobs_.erase(at);
      ++in_flight_;
      return job;
    }
  }
  if (jobs_.empty() && in_flight_ == 0) advance_phase();
  return std::nullopt;
}

// A scenario waits for those it needs, and says nothing when one of them failed: that one explains
// it.
CheckRun::Need CheckRun::need_of(const Scenario& scenario, std::string* failed_one) const {
  Need need = Need::Met;
  for (const std::string& id : scenario.needs) {
    const auto chosen = std::find_if(selection_.chosen.begin(), selection_.chosen.end(),
                                     [&](const Scenario* other) { return other->id == id; });
    if (chosen == selection_.chosen.end()) continue;
    const ScenarioResult* const result = find_result(report_, id);
    if (!result) {
      need = Need::Pending;
    } else if (result->outcome == Outcome::Fail || result->outcome == Outcome::NotRun) {
      *failed_one = id;
      return Need::Failed;
    }
  }
  return need;
}

void CheckRun::wake_lanes() {
  const Phase phase = phase_;
  for (const auto& lane : lanes_) {
    if (phase_ == phase && phase_ != Phase::Stopping) lane->work();
  }
}

void CheckRun::job_done(const Job& job, ScenarioResult result) {
  --in_flight_;
  ++done_;
  if (phase_ == Phase::Stopping) return;
  const bool harness =
      result.outcome == Outcome::Inconclusive && result.reason.id.starts_with("harness.");
  if (harness && !report_.invalid) report_.invalid = result.reason;
  describe(result, *job.scenario);
  if (job.repeat) {
    keep_repeat(job, std::move(result));
  } else if (job.sanity_again) {
    judge_last_sanity(job, std::move(result));
  } else {
    keep_result(std::move(result));
    note_late(job.scenario);
  }
  tell_progress();
  if (jobs_.empty() && in_flight_ == 0) return advance_phase();
  wake_lanes();  // one of them may have waited for this result
}

void CheckRun::advance_phase() {
  const bool fell = phase_ == Phase::Sanity && failed(report_.results.front());
  if (phase_ == Phase::Repeats) judge_repeats();
  if (report_.invalid) {
    hide_explained({"reason.harness"});
    return enter(Phase::Stopping);
  }
  if (fell && late_.empty()) {
    hide_explained({"reason.sanity"});
    return enter(Phase::Stopping);
  }
  Phase next = Phase::Stopping;
  const bool judging = phase_ == Phase::Main || phase_ == Phase::Repeats;
  if (fell || (judging && !late_.empty())) {
    next = Phase::Repeats;
  } else if (phase_ == Phase::Sanity) {
    next = Phase::Main;
  } else if (phase_ == Phase::Main || phase_ == Phase::Repeats) {
    const bool sanity_only = phase_ == Phase::Repeats && failed(report_.results.front());
    const bool main_left =
        selection_.chosen.size() > 0 && report_.results.size() == 1 && selection_.sanity;
    next = sanity_only && main_left ? Phase::Stopping : main_left ? Phase::Main : Phase::LastSanity;
    if (sanity_only && main_left) hide_explained({"reason.sanity"});
  } else if (phase_ == Phase::LastSanity) {
    next = Phase::Last;
  }
  if (next == Phase::Stopping) judge_stuck();
  enter(next);
  if (next != Phase::Stopping && jobs_.empty()) return advance_phase();
  wake_lanes();
}

void CheckRun::server_was_stuck(const Scenario& scenario, ScenarioResult was,
                                const std::string& before) {
  if (stuck_) return;
  describe(was, scenario);
  was.outcome = Outcome::Inconclusive;
  was.reason = {"reason.stuck-after", {{"scenario", before}}};
  stuck_ = std::move(was);
}

// Where a scenario finds the reason, that says it better. Where none does it remains a doubt: it
// was silence, which a busy machine may explain.
void CheckRun::judge_stuck() {
  const bool found = std::any_of(report_.results.begin(), report_.results.end(),
                                 [](const ScenarioResult& r) { return is_bad(r.outcome); });
  if (stuck_ && !found) keep_result(std::move(*stuck_));
}

// As everything else it gets a second try when it was only late; with the same server.
void CheckRun::judge_last_sanity(const Job& job, ScenarioResult result) {
  if (failed(report_.results.front())) return;
  if (!late_sanity_ && only_late(result) && !result.server_meant_it) {
    late_sanity_ = std::move(result);
    jobs_.push_back(job);
    ++total_;
    return;
  }
  const bool damaged = failed(result);
  if (!damaged && !late_sanity_) return;
  if (!damaged) {
    result = std::move(*late_sanity_);
    result.outcome = Outcome::Inconclusive;
  }
  result.reason = {damaged ? "reason.damaged" : "reason.late-once"};
  keep_result(std::move(result));
}

// With --repeat the worst run is the one shown.
void CheckRun::keep_result(ScenarioResult result) {
  if (ScenarioResult* const kept = find_result(report_, result.scenario)) {
    const int runs = kept->runs + 1;
    const int failures = kept->failed_runs + (is_bad(result.outcome) ? 1 : 0);
    if (says_more(result, *kept)) *kept = std::move(result);
    kept->runs = runs;
    kept->failed_runs = failures;
    return;
  }
  result.runs = 1;
  result.failed_runs = is_bad(result.outcome) ? 1 : 0;
  report_.results.push_back(std::move(result));
}

// Nothing is said about a server's finer points when it fails the first.
void CheckRun::hide_explained(const Message& reason) {
  for (const Scenario* scenario : selection_.chosen) add_not_run(*scenario, reason);
}

void CheckRun::add_not_run(const Scenario& scenario, const Message& reason) {
  if (find_result(report_, scenario.id)) return;  // of an earlier round, or of the sanity check
  ScenarioResult result;
  describe(result, scenario);
  result.outcome = Outcome::NotRun;
  result.reason = reason;
  report_.results.push_back(std::move(result));
}

void CheckRun::lane_failed(Error error) {
  if (phase_ == Phase::Stopping) return;
  const bool nothing_yet = report_.results.empty();
  if (nothing_yet || error.kind != ErrorKind::Unreachable) {
    error_ = std::move(error);
  } else {
    // It ran before and does not start again: that is the server's failure, told with the rest.
    report_.unexpected_exits.push_back({"", because("exit.not-restarted", error), ""});
  }
  hide_explained({nothing_yet ? "reason.no-server" : "reason.not-restarted"});
  enter(Phase::Stopping);
}

Result<std::uint16_t> CheckRun::next_port() {
  if (!options_.port) return ports_.next();
  return *options_.port;
}

void CheckRun::interrupt(int signal) {
  if (phase_ == Phase::Stopping) {
    for (const auto& lane : lanes_) lane->kill();
    return;
  }
  report_.interrupted_by = signal;
  hide_explained({"reason.interrupted"});
  enter(Phase::Stopping);
}

void CheckRun::stop_all() {
  lanes_stopping_ = lanes_.size();
  const Lane& first = *lanes_.front();
  report_.target.pid = first.pid();
  if (first.address()) report_.target.address = first.address()->text();
  for (const auto& lane : lanes_) {
    lane->stop([this] {
      if (--lanes_stopping_ > 0) return;
      report_.duration = Duration(uv_hrtime() - started_ns_);
      const auto finished = std::exchange(finished_, nullptr);
      if (!finished) return;
      finished(error_ ? Result<Nothing>(*error_) : Result<Nothing>(Nothing{}));
    });
  }
}

void CheckRun::tell_progress() {
  if (!on_progress_) return;
  Progress progress{done_, std::max(total_, done_), {}, count_outcomes(report_)};
  for (const auto& lane : lanes_) {
    if (lane->playing()) progress.running.push_back(lane->playing()->id);
  }
  on_progress_(progress);
}

}  // namespace sockspec::check
