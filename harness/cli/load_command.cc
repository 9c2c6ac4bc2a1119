// sockspec load: load a server, check every reply, and report.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <utility>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/load_options.h"
#include "cli/load_reports.h"
#include "cli/run_start.h"
#include "cli/signals.h"
#include "cli/terminal.h"
#include "load/load_run.h"
#include "reports/load_text.h"
#include "supervise/machine.h"
#include "supervise/output_tail.h"
#include "supervise/proc_net.h"
#include "supervise/process_table.h"
#include "supervise/started_server.h"

namespace sockspec::cli {
namespace {

using load::LoadReport;

constexpr std::size_t kOtherDescriptors = 64;  // loop, timers, pipes, report
constexpr std::size_t kOutputLines = 10;

// Every connection is a descriptor. Said before the run, because afterwards it looks like a server
// that refuses.
Result<Nothing> check_descriptors(std::size_t connections) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  const rlim_t needed = connections + kOtherDescriptors;
  if (limit.rlim_cur >= needed) return Nothing{};
  if (limit.rlim_max >= needed) {
    limit.rlim_cur = needed;
    if (setrlimit(RLIMIT_NOFILE, &limit) == 0) return Nothing{};
  }
  return Error{ErrorKind::Harness, std::to_string(connections) + " connections need " +
                                       std::to_string(needed) + " open files, and the limit is " +
                                       std::to_string(limit.rlim_max) + "; raise it: ulimit -n " +
                                       std::to_string(needed)};
}

LoadReport empty_report(const LoadOptions& options, const Words& words) {
  const supervise::Machine machine = supervise::measure_machine();
  LoadReport report;
  report.tool_version = SOCKSPEC_VERSION;
  report.started_at = now_rfc3339();
  report.command = {"sockspec", "load"};
  report.command.insert(report.command.end(), words.begin(), words.end());
  report.os = machine.os;
  report.kernel = machine.kernel;
  report.cpus = machine.cpus;
  report.target.command = options.server.run.command;
  report.target.builtin = options.server.builtin_server;
  if (options.server.run.target) report.target.address = options.server.run.target->text();
  report.plan = options.plan;
  report.lang = options.lang;
  return report;
}

// One run: the server, if it is ours, and the load.
class Session {
 public:
  Session(const LoadOptions& options, load::Payloads payloads, LoadReport& report)
      : options_(options),
        payloads_(std::move(payloads)),
        report_(report),
        status_(options.quiet),
        signals_(loop_, [this](int signal) { interrupt(signal); }) {
    if (!options.events_file.empty()) events_.open(options.events_file, std::ios::trunc);
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
      error_ = address.error();
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
    run_ = std::make_unique<load::LoadRun>(
        loop_, address, report_, std::move(payloads_),
        load::LoadRun::Events{[this](const load::Interval& interval) { tell(interval); },
                              [this, address](bool at_end) { note_cost(address, at_end); },
                              [this] { io::soon(loop_, [this] { end(); }); }});
    run_->start();
  }

  void tell(const load::Interval& interval) {
    std::optional<double> kept;
    if (report_.plan.arrivals) kept = adherence(report_);
    const double elapsed = in_seconds(interval.start + interval.length);
    status_.show_text(reports::load_status_line(interval, elapsed, kept, report_.lang));
    if (events_.is_open()) events_ << reports::load_event_json(interval, kept) << std::flush;
  }

  void note_cost(const io::Address& address, bool at_end) {
    note_drops(address, at_end);
    if (!server_) return;
    supervise::ServerUnderTest& server = server_->server();
    const auto cpu = server.sample(Resource::Cpu, address);
    if (!cpu) return;
    if (!at_end) {
      report_.server.emplace();
      cpu_at_zero_ = *cpu;
      report_.server->memory_before = server.sample(Resource::Memory, address);
      report_.server->descriptors_before = server.sample(Resource::Descriptors, address);
      return;
    }
    if (!report_.server) return;
    report_.server->cpu = Duration(static_cast<std::int64_t>(*cpu - cpu_at_zero_));
    report_.server->memory_after = server.sample(Resource::Memory, address);
    report_.server->descriptors_after = server.sample(Resource::Descriptors, address);
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
    report_.interrupted_by = signal;
    if (run_) return run_->stop();
    end();
  }

  void end() {
    if (std::exchange(ended_, true)) return;
    run_.reset();
    signals_.stop();
    if (server_) server_->stop([] {});
  }

  const LoadOptions& options_;
  load::Payloads payloads_;
  LoadReport& report_;
  io::Loop loop_;
  ProgressLine status_;
  Signals signals_;
  std::ofstream events_;
  std::unique_ptr<supervise::StartedServer> server_;
  std::unique_ptr<load::LoadRun> run_;
  std::optional<Error> error_;
  std::uint64_t cpu_at_zero_ = 0;
  std::optional<std::uint64_t> drops_at_zero_;
  bool ended_ = false;
};

}  // namespace

int load_command(const Words& words) {
  const Result<ParsedOptions> parsed = parse_options(load_spec(), words);
  if (!parsed) return report_error(parsed.error());
  if (parsed->help()) return std::fputs(help_text(load_spec()).c_str(), stdout), kHolds;
  const Result<LoadOptions> options = plan_load(*parsed);
  if (!options) return report_error(options.error());
  const load::LoadPlan& plan = options->plan;
  Result<load::Payloads> payloads =
      load::Payloads::make(plan.profile, plan.size, plan.seed, plan.shard.index);
  if (!payloads) return report_error(payloads.error());
  const Result<reports::Style> style = style_from(*parsed, STDOUT_FILENO);
  if (!style) return report_error(style.error());
  if (auto room = check_descriptors(plan.connections); !room) return report_error(room.error());
  supervise::become_subreaper();
  LoadReport report = empty_report(*options, words);
  const Result<Nothing> played = Session(*options, std::move(*payloads), report).play();
  if (!options->server.run.target) supervise::end_descendants();
  if (!played) return report_error(played.error());
  return publish(report, *style, options->json_file, options->quiet);
}

}  // namespace sockspec::cli
