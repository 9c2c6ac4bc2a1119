// sockspec grade: a whole class, each submission in a sandbox of its own.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/grade_bundle.h"
#include "cli/grade_options.h"
#include "cli/grade_pages.h"
#include "cli/kept_results.h"
#include "cli/run_start.h"
#include "cli/signals.h"
#include "cli/terminal.h"
#include "grade/class_run.h"
#include "grade/judge_room.h"
#include "reports/bytes_json.h"
#include "reports/error_text.h"
#include "reports/grade_text.h"
#include "reports/messages.h"
#include "scenario/parse_class.h"
#include "scenario/read_file.h"
#include "scenario/write_profile.h"
#include "supervise/machine.h"
#include "supervise/process_table.h"
#include "supervise/sandbox_probe.h"

namespace sockspec::cli {
namespace {

using Clock = std::chrono::steady_clock;

// A check takes a second of processor time, and mostly waits.
constexpr std::uint64_t kLeastJobsPerCpu = 2, kMostJobsPerCpu = 12;
constexpr std::uint64_t kMostJobs = 64;

JobLimit jobs_for(const GradePlan& plan, bool sandbox) {
  // Without, all would listen on the same port, and end each other's processes.
  if (!sandbox) return JobLimit::fixed(1);
  if (plan.jobs) return JobLimit::fixed(*plan.jobs);
  const auto cpus = static_cast<std::uint64_t>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
  const auto pages = static_cast<std::uint64_t>(std::max(1L, sysconf(_SC_AVPHYS_PAGES)));
  const auto page = static_cast<std::uint64_t>(std::max(1L, sysconf(_SC_PAGESIZE)));
  const std::uint64_t each = plan.plan.limits.memory + plan.plan.limits.scratch;
  const std::uint64_t fit = pages * page / std::max<std::uint64_t>(each, 1);
  const std::uint64_t most = std::clamp<std::uint64_t>(fit, 1, kMostJobs);
  return {std::min(most, cpus * kLeastJobsPerCpu), std::min(most, cpus * kMostJobsPerCpu)};
}

// The commands that fit a submission, or why none do.
std::variant<grade::ChosenRecipe, Message> recipe_for(const GradePlan& plan,
                                                      const grade::HandedIn& submission) {
  std::optional<grade::Recipe> own;
  const std::string path = submission.folder + "/";
  for (const std::string& file : submission.files) {
    const bool named = file == "sockspec.json" || file.ends_with("/sockspec.json");
    if (!plan.plan.own_commands || !named) continue;
    const Result<std::string> text = scenario::read_file(path + file);
    if (!text) return reports::message_of(text.error());
    Result<grade::Recipe> recipe = scenario::parse_submission(*text, file);
    if (!recipe) return reports::message_of(recipe.error());
    own = std::move(*recipe);
    break;
  }
  return grade::choose_recipe(plan.plan, submission.files, own);
}

// What would take points from a right server.
std::optional<Message> too_little(const GradePlan& plan) {
  constexpr unsigned kClientsAtOnce = 100;  // concurrency/many
  constexpr unsigned kEnough = 128;         // and what the server itself needs
  const grade::Limits& limits = plan.plan.limits;
  const bool at_once = plan.profile.transport == Transport::Tcp &&
                       plan.profile.concurrency == Concurrency::Concurrent;
  if (!at_once || std::min(limits.processes, limits.files) >= kEnough) return std::nullopt;
  return Message{"grade.few-processes",
                 {{"processes", std::to_string(limits.processes)},
                  {"files", std::to_string(limits.files)},
                  {"clients", std::to_string(kClientsAtOnce)},
                  {"enough", std::to_string(kEnough)}}};
}

class Grading {
 public:
  Grading(const GradePlan& plan, const Words& words)
      : plan_(plan),
        progress_(plan.quiet),
        files_({plan.json, plan.csv, plan.html, plan.gradescope, plan.results}) {
    const supervise::Machine machine = supervise::measure_machine();
    note_start(report_, "grade", words, machine);
    report_.title = plan.plan.title;
    report_.profile = scenario::profile_to_json(plan.profile);
    report_.seed = plan.seed;
    report_.lang = plan.lang;
    report_.shard = plan.shard.place;
    report_.shards = plan.shard.count;
  }

  Result<grade::GradeReport> run() {
    const auto began = Clock::now();
    supervise::become_subreaper();
    rights_ = supervise::probe_sandbox();
    if (!rights_.works) warn(rights_.why_not);
    if (const auto little = too_little(plan_)) warn(*little);
    report_.isolation = rights_.works ? grade::Isolation::Namespaces : grade::Isolation::None;
    jobs_ = jobs_for(plan_, rights_.works);
    report_.jobs = static_cast<unsigned>(jobs_.most());
    for (const grade::HandedIn& submission : plan_.submissions) sort_out(submission);
    if (!tasks_.empty()) {
      if (auto graded = grade_tasks(); !graded) return graded.error();
    }
    progress_.clear();
    report_.duration = Clock::now() - began;
    finish();
    return std::move(report_);
  }

  GradeFileWriter& files() { return files_; }
  const std::vector<Error>& errors() const { return errors_; }  // of what was to be kept

 private:
  void warn(const Message& message) const {
    std::fprintf(stderr, "sockspec: %s\n", reports::render(message, plan_.lang).c_str());
  }

  // What is known already needs no room.
  void sort_out(const grade::HandedIn& submission) {
    const std::string rest = report_.tool_version + '\0' + plan_.class_text + '\0' +
                             report_.profile + '\0' + std::to_string(plan_.seed);
    const Result<std::string> hash = grade::content_hash(submission, rest);
    const auto without = [&](grade::State state, Message reason) {
      take(grade::without_room(plan_.plan, submission.name, state, std::move(reason)), {});
    };
    if (!hash) return without(grade::State::Error, reports::message_of(hash.error()));
    hashes_[submission.name] = *hash;
    if (plan_.resume) {
      if (auto kept = kept_result(plan_.results, submission.name, *hash))
        return add(std::move(kept->submission), std::move(kept->check));
    }
    if (submission.bytes > plan_.plan.limits.scratch)
      return without(
          grade::State::OverLimit,
          {"limit.scratch", {{"mebibytes", std::to_string(plan_.plan.limits.scratch >> 20U)}}});
    const auto recipe = recipe_for(plan_, submission);
    if (const auto* const why = std::get_if<Message>(&recipe))
      return without(grade::State::DidNotStart, *why);
    grade::ClassTask task;
    task.submission = submission;
    task.room = {std::get<grade::ChosenRecipe>(recipe), plan_.plan.profile, plan_.own_profile,
                 seed_of(submission.name), plan_.lang};
    tasks_.push_back(std::move(task));
  }

  // Of its own, so that nobody can know the bytes of another one; the same each time.
  std::uint64_t seed_of(const std::string& name) const {
    const std::string hash = reports::sha256_hex(std::to_string(plan_.seed) + "/" + name);
    return std::stoull(hash.substr(0, 7), nullptr, 16);
  }

  Result<Nothing> grade_tasks() {
    Result<grade::Staging> staging = grade::Staging::make(own_path());
    if (!staging) return staging.error();
    for (const grade::ClassTask& task : tasks_) waiting_.push_back(task.submission.name);
    grade::ClassSettings settings;
    settings.plan = plan_.plan;
    settings.profile_text = report_.profile;
    settings.sandbox = rights_.works;
    settings.as_root = rights_.as_root;
    settings.visible = supervise::system_folders();
    settings.jobs = jobs_;
    io::Loop loop;
    grade::ClassRun run(loop, std::move(settings), *staging, std::move(tasks_));
    Signals signals(loop, [&](int signal) {
      report_.interrupted_by = signal;
      run.interrupt();
    });
    std::unique_ptr<io::Timer> live;
    live = std::make_unique<io::Timer>(loop, [&] {
      show(run.running());
      live->start(std::chrono::milliseconds(200));
    });
    live->start(std::chrono::milliseconds(0));
    run.start(
        [&](grade::Submission submission, grade::RoomRecord record) {
          std::erase(waiting_, submission.name);
          take(std::move(submission), std::move(record.report));
        },
        [&] {
          signals.stop();
          live.reset();
        });
    loop.run();
    for (const std::string& name : waiting_)
      add(grade::without_room(plan_.plan, name, grade::State::Error, {"grade.interrupted"}), {});
    return Nothing{};
  }

  void take(grade::Submission submission, std::optional<CheckReport> check) {
    submission.hash = hashes_[submission.name];
    const auto kept = keep_submission(plan_.results, report_about(), submission, check);
    if (!kept) {
      errors_.push_back(kept.error());
      check.reset();  // the report would name a file that is not there
    }
    add(std::move(submission), std::move(check));
  }

  // While others run: a check is megabytes, and is let go of here.
  void add(grade::Submission submission, std::optional<CheckReport> check) {
    files_.write_submission(report_about(), submission, std::move(check));
    report_.submissions.push_back(std::move(submission));
  }

  grade::GradeReport report_about() const {
    grade::GradeReport about = report_;
    about.submissions.clear();
    return about;
  }

  void show(const std::vector<std::string>& running) {
    std::string line = "[" + std::to_string(report_.submissions.size()) + "/" +
                       std::to_string(plan_.submissions.size()) + "]";
    for (const std::string& name : running) line += " " + name;
    progress_.show_text(line);
  }

  void finish() {
    std::sort(report_.submissions.begin(), report_.submissions.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    const bool all = std::all_of(
        report_.submissions.begin(), report_.submissions.end(),
        [](const grade::Submission& each) { return each.state != grade::State::Error; });
    report_.exit_code = all ? kHolds : kInvalid;
    if (report_.interrupted_by != 0) report_.exit_code = kSignalBase + report_.interrupted_by;
  }

  const GradePlan& plan_;
  ProgressLine progress_;
  GradeFileWriter files_;
  supervise::SandboxRights rights_;
  grade::GradeReport report_;
  JobLimit jobs_ = JobLimit::fixed(1);
  std::vector<grade::ClassTask> tasks_;
  std::vector<std::string> waiting_;
  std::map<std::string, std::string> hashes_;
  std::vector<Error> errors_;
};

int publish(const GradePlan& plan, const grade::GradeReport& report, Grading& grading,
            const ParsedOptions& options) {
  grading.files().write_class(report);
  std::vector<Error> errors = grading.errors();
  for (const Error& error : grading.files().errors()) errors.push_back(error);
  const bool data = plan.json == "-" || plan.csv == "-";
  std::FILE* const people = data ? stderr : stdout;
  const Result<reports::Style> style = style_from(options, fileno(people));
  std::fputs(reports::grade_text(report, style ? *style : reports::Style{}, plan.quiet).c_str(),
             people);
  int code = report.exit_code;
  if (std::fflush(people) != 0 && code == kHolds) code = kInvalid;
  for (const Error& error : errors) {
    const int failed = report_error(error);
    if (code == kHolds) code = failed;
  }
  return code;
}

}  // namespace

int grade_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(grade_spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(grade_spec()).c_str(), stdout), kHolds;
  if (options->has("init")) {
    const Result<Nothing> written = write_class_file(*options);
    return written ? kHolds : report_error(written.error());
  }
  if (options->has("gradescope-bundle")) {
    const Result<Nothing> written = write_gradescope_bundle(*options);
    return written ? kHolds : report_error(written.error());
  }
  if (const auto style = style_from(*options, STDOUT_FILENO); !style)
    return report_error(style.error());
  const Result<GradePlan> plan = plan_grade(*options);
  if (!plan) return report_error(plan.error());
  Grading grading(*plan, words);
  Result<grade::GradeReport> report = grading.run();
  if (!report) return report_error(report.error());
  return publish(*plan, *report, grading, *options);
}

}  // namespace sockspec::cli
