// CheckRun: one `sockspec check`, from starting servers to a filled report.
//
// One loop, several lanes: each lane has a server instance of its own and plays one scenario at a
// time (decision record 9). The sanity scenario runs first, alone; if it fails the others mean
// nothing and are not run. It runs again at the end. A miss that only time explains is repeated
// alone before it counts.
//
// Lives on the loop's thread, from construction until `finished` was called.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "check/lane.h"
#include "core/check_report.h"
#include "core/result.h"
#include "core/selection.h"
#include "io/timer.h"
#include "io/uv_own.h"
#include "supervise/machine.h"
#include "supervise/ports.h"

namespace sockspec::check {

struct CheckOptions {
  Profile profile;
  std::vector<std::string> command;   // a server to start ...
  std::vector<std::string> wrapper;   // ... with these words before it, which no report shows ...
  std::optional<io::Address> target;  // ... or one that runs already
  std::string host = "127.0.0.1";
  bool host_given = false;
  std::optional<std::uint16_t> port;  // a fixed one
  unsigned jobs = 2;
  unsigned most_jobs = 24;  // while all of them only wait, more are added, up to so many
  unsigned repeat = 1;
  bool fresh = false;              // a new server for every scenario
  std::vector<std::string> first;  // scenarios to begin with, in this order
  Duration start_limit{};
  std::uint64_t seed = 0;
};

struct Progress {
  std::size_t done = 0;
  std::size_t total = 0;
  std::vector<std::string> running;  // scenario ids
  std::map<Outcome, std::size_t> counts;
};

// How the server of a run is started on this port.
supervise::ServerCommand server_command(const CheckOptions& options, std::uint16_t port);

class CheckRun {
 public:
  // `report` must already hold profile, seed and environment; results are added to it.
  CheckRun(io::Loop& loop, CheckOptions options, const Selection& selection, CheckReport& report,
           std::function<void(const Progress&)> on_progress);
  ~CheckRun();

  // `finished` is called once, when every server is gone. An error means that no server could be
  // started or reached at all.
  void start(std::function<void(Result<Nothing>)> finished);

  // End early: what runs is abandoned, what is left is not-run. The second call kills.
  void interrupt(int signal);

 private:
  friend class Lane;

  enum class Need { Met, Pending, Failed };
  // Last: what may leave a fixed port in TIME_WAIT, when nothing is to be started on it any more.
  enum class Phase { Sanity, Main, Repeats, LastSanity, Last, Stopping };

  // Lanes ask and tell.
  std::optional<Job> next_job(Lane& lane);
  void job_done(const Job& job, ScenarioResult result);
  void lane_failed(Error error);
  void server_exited_between(UnexpectedExit exit) {
    report_.unexpected_exits.push_back(std::move(exit));
  }
  // `was` is what it said nothing to, right after the scenario `before`.
  void server_was_stuck(const Scenario& scenario, ScenarioResult was, const std::string& before);
  // It ends or is stuck after a client: from then on every scenario gets a server of its own.
  bool server_spoils() const { return stuck_ || !report_.unexpected_exits.empty(); }
  // A server that had to be killed once is not waited for long again.
  void note_sigterm_is_ignored() { sigterm_ignored_ = true; }
  bool knows_sigterm_is_ignored() const { return sigterm_ignored_; }
  Result<std::uint16_t> next_port();
  const CheckOptions& options() const { return options_; }
  const CheckReport& report() const { return report_; }
  io::Loop& loop() { return loop_; }

  void enter(Phase phase);
  void advance_phase();
  void note_late(const Scenario* scenario);
  void judge_last_sanity(const Job& job, ScenarioResult result);
  void plan_repeats(std::size_t most);
  void keep_repeat(const Job& job, ScenarioResult result);
  void judge_repeats();
  void judge_stuck();
  void keep_result(ScenarioResult result);
  Need need_of(const Scenario& scenario, std::string* failed) const;
  bool has_job_for(const Lane& lane) const;
  Duration longest_way_from(const Scenario& scenario, int depth = 0) const;
  std::ptrdiff_t place_of(const Scenario& scenario) const;
  void wake_lanes();
  void add_lanes(std::size_t count);
  bool all_only_wait();
  bool work_left() const;
  bool was_tried_again(const Scenario& scenario) const;
  bool untried_late() const;
  void look_again();
  void play_more_if_all_wait();
  std::uint64_t busy_ns() const;
  void add_not_run(const Scenario& scenario, const Message& reason);
  void hide_explained(const Message& reason);
  void stop_all();
  void tell_progress();
  std::size_t lane_count() const;
  bool comes_last(const Scenario& scenario) const;

  io::Loop& loop_;
  CheckOptions options_;
  const Selection& selection_;
  CheckReport& report_;
  std::function<void(const Progress&)> on_progress_;
  std::function<void(Result<Nothing>)> finished_;
  supervise::PortRange ports_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  io::Timer grow_;
  std::uint64_t own_before_ns_ = 0;              // of processor time, at the look before ...
  std::optional<std::uint64_t> busy_before_ns_;  // ... and with that of the servers, if we waited
  std::deque<Job> jobs_;
  Phase phase_ = Phase::Sanity;
  std::size_t in_flight_ = 0;
  std::size_t repeats_at_once_ = 0;
  std::size_t done_ = 0;
  std::size_t total_ = 0;
  std::size_t lanes_stopping_ = 0;
  bool sigterm_ignored_ = false;
  bool a_failure_passed_ = false;      // of those that were repeated alone
  std::vector<const Scenario*> late_;  // missed their time; to be repeated alone
  std::map<std::string, ScenarioResult> repeated_;
  std::map<std::string, std::uint64_t> repeating_;  // busy_ns() when each began
  std::set<std::string> disturbed_;                 // failed again, while others were at work
  std::optional<ScenarioResult> stuck_;
  std::optional<ScenarioResult> late_sanity_;  // the last one, before its second try
  std::optional<Error> error_;
  std::uint64_t started_ns_ = 0;
};

}  // namespace sockspec::check
