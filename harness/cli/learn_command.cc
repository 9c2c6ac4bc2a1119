// sockspec learn: a profile from watching a server, with the reason for every field.
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "cli/check_options.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/runs.h"
#include "cli/terminal.h"
#include "core/learn_report.h"
#include "core/names.h"
#include "reports/learn_report.h"
#include "reports/write_file.h"
#include "scenario/parse_profile.h"
#include "scenario/write_profile.h"
#include "supervise/machine.h"
#include "supervise/process_table.h"

namespace sockspec::cli {
namespace {

const CommandSpec& spec() {
  static const CommandSpec kSpec = {
      "  sockspec learn -- COMMAND {port} …       a server that sockspec starts\n"
      "  sockspec learn --target HOST:PORT        a server that runs already\n",
      "Watches a server and proposes the profile that it holds, with the observation behind every\n"
      "field: for the solution of an assignment, from which the contract for all others is made.\n"
      "Then the suite is run to see whether the server holds the proposal.\n\n"
      "  sockspec learn -o homework.json -- python3 solution.py {port}\n"
      "  sockspec check homework.json -- python3 somebody_elses.py {port}\n\n"
      "Read the proposal before you use it: one server shows what is done, not what is asked.\n"
      "What no profile can say (a prefix before each reply, silence) is told instead, and the "
      "exit\n"
      "code is 1.\n",
      {{"target", "HOST:PORT", "watch a server that runs already"},
       {"port", "N", "the port that is fixed in the server's code"},
       {"host", "ADDRESS",
        "where the server listens, and what {host} becomes; 127.0.0.1 by default"},
       {"transport", "tcp|udp", "by default what the started server opens; tcp with --target"},
       {"name", "NAME", "the name of the profile; \"learned\" by default"},
       {"o", "FILE", "write the profile there; to standard output by default"},
       {"json", "FILE", "write profile, observations and verdict as JSON; - for standard output"},
       {"timeout-scale", "X", "multiply waiting times; measured from this machine by default"},
       {"start-limit", "TIME", "how long the server may take to listen; 15s by default"},
       {"lang", "en|ko", "the language of what you read; from the locale by default"},
       {"color", "WHEN", "auto, always or never"}},
      0,
      0,
      "no name"};
  return kSpec;
}

struct LearnPlan {
  CheckPlan check;  // its profile is the proposal, once there is one
  std::optional<Transport> transport;
  std::string name;
  std::string profile_file;  // "" = standard output
  std::string json_file;     // "" = none, "-" = standard output
};

Result<LearnPlan> plan_learn(const ParsedOptions& options) {
  LearnPlan plan;
  plan.name = options.text("name", "learned");
  if (plan.name.empty()) return usage_error("--name \"\": give the profile a name");
  plan.profile_file = options.text("o");
  plan.json_file = options.text("json");
  Result<std::string> lang = language_from(options);
  if (!lang) return lang.error();
  plan.check.lang = *lang;
  if (options.has("transport")) {
    plan.transport = value_of<Transport>(options.text("transport"));
    if (!plan.transport)
      return usage_error("--transport \"" + options.text("transport") + "\": write tcp or udp");
  }
  if (options.has("timeout-scale")) {
    const Result<double> scale = options.decimal("timeout-scale", 1.0, 0.1, 1000.0);
    if (!scale) return scale.error();
    plan.check.scale = *scale;
  }
  const Result<Duration> start = options.duration("start-limit", std::chrono::seconds(15));
  if (!start) return start.error();
  plan.check.run.start_limit = *start;
  if (!options.has("target") && !options.has_server_command()) {
    return usage_error(
        "name the server: -- COMMAND {port}, or --target HOST:PORT (--help shows how)");
  }
  plan.check.run.profile.transport = plan.transport.value_or(Transport::Tcp);
  if (auto planned = plan_target(options, plan.check); !planned) return planned.error();
  Result<std::vector<Scenario>> suite = suite_from("");
  if (!suite) return suite.error();
  plan.check.suite = std::move(*suite);
  return plan;
}

// Runs the suite with the proposal. Error: the server did not start again.
Result<CheckReport> verify(const LearnPlan& plan, const Lesson& lesson,
                           const Environment& machine) {
  CheckReport report;
  report.environment = machine;
  report.profile = lesson.profile;
  report.seed = 1;
  check::CheckOptions run = plan.check.run;
  run.profile = lesson.profile;
  SelectionOptions selecting;
  selecting.supervised = !run.target;
  const Result<Selection> selection = select(plan.check.suite, lesson.profile, selecting);
  if (!selection) return selection.error();
  ProgressLine progress(false);
  const RunLimits shown{{}, false, [&](const check::Progress& state) { progress.show(state); }};
  const Result<Nothing> played = run_check(run, *selection, report, shown);
  if (!played) return played.error();
  report.exit_code = exit_code_of(report);
  return report;
}

// The proposal as a file, once it is known that `sockspec check` will take it.
Result<std::string> profile_text(Lesson& lesson, const LearnPlan& plan) {
  lesson.profile.id = plan.name;
  lesson.profile.source = "sockspec learn";
  std::string text = scenario::profile_to_json(lesson.profile);
  Result<Profile> profile = scenario::parse_profile(text, plan.name);
  if (!profile) return Error{ErrorKind::Harness, profile.error().text};
  lesson.profile = std::move(*profile);
  return text;
}

// What stands in the way is told once, and an interrupted run proposes nothing.
void note_missing(const Learnt& learnt, Lesson& lesson) {
  if (lesson.next && lesson.problems.empty())
    lesson.problems.push_back(
        {learnt.interrupted_by != 0 ? "learn.problem-interrupted" : "learn.problem-keeps-ending"});
  lesson.next.reset();
}

Result<Nothing> complete(const LearnPlan& plan, const Environment& machine, LearnReport& report,
                         std::string& text) {
  if (!report.lesson.complete()) return Nothing{};
  Result<std::string> proposal = profile_text(report.lesson, plan);
  if (!proposal) return proposal.error();
  const Result<std::vector<Profile>> known = scenario::builtin_profiles();
  if (!known) return known.error();
  compare_with(*known, report);
  const Result<CheckReport> checked = verify(plan, report.lesson, machine);
  if (!checked) return checked.error();
  report.verification = verification_of(*checked);
  report.exit_code = checked->exit_code;
  text = std::move(*proposal);
  return Nothing{};
}

int tell(const LearnPlan& plan, const ParsedOptions& options, const LearnReport& report,
         const std::string& profile) {
  const bool json_to_stdout = plan.json_file == "-";
  const bool profile_to_stdout =
      plan.profile_file == "-" || (plan.profile_file.empty() && !json_to_stdout);
  const bool data_to_stdout = json_to_stdout || (profile_to_stdout && !profile.empty());
  std::FILE* const people = data_to_stdout ? stderr : stdout;
  const Result<reports::Style> style = style_from(options, fileno(people));
  std::fputs(reports::learn_text(report, style ? *style : reports::Style{}).c_str(), people);
  std::fflush(people);
  std::vector<Result<Nothing>> written;
  if (!plan.json_file.empty()) {
    written.push_back(
        reports::write_file(plan.json_file, reports::learn_report_to_json(report, profile)));
  }
  if (!profile.empty() && (profile_to_stdout || !plan.profile_file.empty())) {
    written.push_back(reports::write_file(profile_to_stdout ? "-" : plan.profile_file, profile));
  }
  int code = report.exit_code;
  for (const Result<Nothing>& file : written) {
    if (!file) code = report_error(file.error());
  }
  return code;
}

}  // namespace

int learn_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(spec()).c_str(), stdout), kHolds;
  if (const auto style = style_from(*options, STDOUT_FILENO); !style)
    return report_error(style.error());
  const Result<LearnPlan> plan = plan_learn(*options);
  if (!plan) return report_error(plan.error());

  supervise::become_subreaper();
  Environment machine = supervise::measure_machine().environment;
  if (plan->check.scale) machine.scale = *plan->check.scale;
  Result<Learnt> learnt =
      learn_from(probe_options(plan->check.run, plan->transport, machine.scale), std::nullopt);
  if (!plan->check.run.target) supervise::end_descendants();
  if (!learnt) return report_error(learnt.error(), plan->check.lang);

  LearnReport report;
  report.tool_version = SOCKSPEC_VERSION;
  report.target.command = plan->check.run.command;
  report.target.address = learnt->record.address;
  report.lang = plan->check.lang;
  report.lesson = std::move(learnt->lesson);
  report.server_output = std::move(learnt->record.output);
  report.exit_code = kServerFailed;
  note_missing(*learnt, report.lesson);
  std::string profile;
  const Result<Nothing> completed = complete(*plan, machine, report, profile);
  if (!plan->check.run.target) supervise::end_descendants();
  if (!completed) return report_error(completed.error(), plan->check.lang);
  const int code = tell(*plan, *options, report, profile);
  return learnt->interrupted_by != 0 ? 128 + learnt->interrupted_by : code;
}

}  // namespace sockspec::cli
