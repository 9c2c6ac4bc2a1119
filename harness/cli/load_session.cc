#include "cli/load_session.h"

#include <fstream>
#include <memory>
#include <utility>

#include "cli/check_under_load.h"
#include "cli/run_start.h"
#include "cli/signals.h"
#include "cli/terminal.h"
#include "load/load_run.h"
#include "reports/error_text.h"
#include "reports/load_text.h"
#include "supervise/machine.h"
#include "supervise/output_tail.h"
#include "supervise/pressure.h"
#include "supervise/proc_net.h"
#include "supervise/process_table.h"
#include "supervise/started_server.h"

namespace sockspec::cli {
namespace {

using load::LoadReport;

constexpr std::size_t kOutputLines = 10;

LoadReport empty_report(const LoadOptions& options, const Words& words) {
  LoadReport report;
  note_start(report, "load", words, supervise::measure_machine());
  note_server(report, options.server);
  report.plan = options.plan;
  report.warnings = options.warnings;
  report.lang = options.lang;
  return report;
}

// One run: the server, if it is ours, and the load.
class Session {
 public:
  Session(const LoadOptions& options, load::Payloads payloads, LoadReport& report,
          std::string title, const RankHooks* hooks)
      : options_(options),
        hooks_(hooks),
        payloads_(std::move(payloads)),
        report_(report),
        title_(std::move(title)),
        status_(options.quiet),
        signals_(loop_, [this](int signal) { interrupt(signal); }) {
    if (!options.events_file.empty()) events_.open(options.events_file);
  }

  Result<Nothing> play() {
    if (!options_.events_file.empty() && !events_)
      return usage_error("--events " + options_.events_file + ": cannot be written");
    if (options_.server.run.target) {
      begin(*options_.server.run.target);
    } else {
      start_server();
    }
    loop_.run();
    status_.clear();
    if (error_) return *error_;
    return Nothing{};
  }

 private:
  void start_server() {
    const check::CheckOptions& run = options_.server.run;
    const supervise::ServerCommand command = check::server_command(run, run.port.value_or(0));
    server_ = std::make_unique<supervise::StartedServer>(
        loop_, command,
        supervise::ServerUnderTest::Events{
            [this](const Result<io::Address>& address) { server_ready(address); },
            [this](Message how) { server_gone(std::move(how)); }});
    server_->start();
  }

  void server_ready(const Result<io::Address>& address) {
    if (ended_) return;
    if (!address) {
      // In words at once: it may go to another rank, or after the name of one of two loads.
      error_ = Error{address.error().kind, reports::error_text(address.error(), report_.lang)};
      return end();
    }
    report_.target.pid = server_->server().pid();
    report_.target.address = address->text();
    begin(*address);
  }

  void server_gone(Message how) {
    if (ended_ || report_.server_gone) return;
    report_.server_gone = std::move(how);
    report_.server_output =
        supervise::last_lines(server_->server().output().since(0), kOutputLines);
    if (run_) run_->stop();
  }

  void begin(const io::Address& address) {
    if (report_.plan.check_under_load) {
      Result<std::unique_ptr<CheckUnderLoad>> beside =
          CheckUnderLoad::make(loop_, report_.plan, address);
      if (!beside) {
        error_ = beside.error();
        return end();
      }
      beside_ = std::move(*beside);
    }
    run_ = std::make_unique<load::LoadRun>(
        loop_, address, report_, std::move(payloads_),
        load::LoadRun::Events{
            [this](const load::Interval& interval, const load::Histogram& response) {
              tell(hooks_ ? hooks_->second(interval, response) : interval);
            },
            [this, address](bool at_end) { edge(address, at_end); },
            [this] { io::soon(loop_, [this] { load_over(); }); },
            hooks_ ? hooks_->start_at : std::function<std::optional<Duration>()>()});
    run_->start();
  }

  void tell(const load::Interval& interval) {
    std::optional<double> kept;
    if (report_.plan.open_loop() && !hooks_) kept = adherence(report_);  // of this rank alone
    const double elapsed = in_seconds(interval.start + interval.length);
    status_.show_text((title_.empty() ? "" : title_ + "  ") +
                      reports::load_status_line(interval, elapsed, kept, report_.lang));
    if (events_.is_open()) events_ << reports::load_event_json(interval, kept) << std::flush;
  }

  void edge(const io::Address& address, bool at_end) {
    note_cost(address, at_end);
    note_pressure(at_end);
    if (at_end || !beside_) return;
    beside_runs_ = true;
    beside_->start([this] {
      beside_runs_ = false;
      io::soon(loop_, [this] { end_when_all_is_over(); });
    });
  }

  void load_over() {
    load_over_ = true;
    if (beside_runs_) beside_->stop();
    end_when_all_is_over();
  }

  void end_when_all_is_over() {
    if (!load_over_ || beside_runs_) return;
    if (beside_) report_.under_load = beside_->results(report_.total);
    beside_.reset();
    end();
  }

  void note_cost(const io::Address& address, bool at_end) {
    if (hooks_ && !hooks_->looks_at_server) return;
    note_drops(address, at_end);
    if (!server_) return;
    supervise::ServerUnderTest& server = server_->server();
    const auto cpu = server.sample(Resource::Cpu, address);
    if (!cpu) return;
    if (!at_end) {
      report_.server.emplace();
      cpu_at_zero_ = *cpu;
      switches_at_zero_ = server.context_switches().value_or(0);
      report_.server->memory_before = server.sample(Resource::Memory, address);
      report_.server->descriptors_before = server.sample(Resource::Descriptors, address);
      return;
    }
    if (!report_.server) return;
    report_.server->cpu = Duration(static_cast<std::int64_t>(*cpu - cpu_at_zero_));
    if (const auto switches = server.context_switches())
      report_.server->context_switches = *switches - std::min(*switches, switches_at_zero_);
    report_.server->memory_after = server.sample(Resource::Memory, address);
    report_.server->descriptors_after = server.sample(Resource::Descriptors, address);
  }

  void note_pressure(bool at_end) {
    const supervise::Pressure now = supervise::pressure_now();
    if (at_end) {
      report_.generator.stolen = now.stolen - pressure_at_zero_.stolen;
      report_.generator.throttled = now.throttled - pressure_at_zero_.throttled;
    }
    pressure_at_zero_ = now;
  }

  // A server elsewhere cannot be looked at.
  void note_drops(const io::Address& address, bool at_end) {
    const bool local = server_ || address.is_loopback();
    if (!local || report_.plan.profile.transport != Transport::Udp) return;
    const auto drops = supervise::datagram_drops(address.port());
    if (!drops) return;
    if (!at_end) {
      drops_at_zero_ = *drops;
    } else if (drops_at_zero_) {
      report_.total.udp.server_drops = *drops - std::min(*drops, *drops_at_zero_);
    }
  }

  void interrupt(int signal) {
    const bool first = report_.interrupted_by == 0;
    report_.interrupted_by = signal;
    if (first && hooks_) hooks_->interrupted(report_);
    if (run_) return run_->stop();
    end();
  }

  void end() {
    if (std::exchange(ended_, true)) return;
    run_.reset();
    signals_.release();  // until the server is gone, too
    if (server_) server_->stop([] {});
  }

  const LoadOptions& options_;
  const RankHooks* hooks_;
  load::Payloads payloads_;
  LoadReport& report_;
  std::string title_;
  io::Loop loop_;
  ProgressLine status_;
  Signals signals_;
  std::ofstream events_;
  std::unique_ptr<supervise::StartedServer> server_;
  std::unique_ptr<load::LoadRun> run_;
  std::unique_ptr<CheckUnderLoad> beside_;
  bool beside_runs_ = false;
  bool load_over_ = false;
  std::optional<Error> error_;
  std::uint64_t cpu_at_zero_ = 0;
  std::uint64_t switches_at_zero_ = 0;
  supervise::Pressure pressure_at_zero_;
  std::optional<std::uint64_t> drops_at_zero_;
  bool ended_ = false;
};

}  // namespace

Result<LoadReport> play_load(const LoadOptions& options, const Words& words,
                             const std::string& title, const RankHooks* hooks) {
  const load::LoadPlan& plan = options.plan;
  Result<load::Payloads> payloads =
      load::Payloads::make(plan.profile, plan.size, plan.seed, plan.shard.index);
  if (!payloads) return payloads.error();
  supervise::become_subreaper();
  LoadReport report = empty_report(options, words);
  const Result<Nothing> played =
      Session(options, std::move(*payloads), report, title, hooks).play();
  if (!options.server.run.target) supervise::end_descendants();
  if (!played) return played.error();
  return report;
}

}  // namespace sockspec::cli
