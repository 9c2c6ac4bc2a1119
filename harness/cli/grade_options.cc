#include "cli/grade_options.h"

#include <algorithm>
#include <filesystem>

#include "cli/terminal.h"
#include "core/nearest.h"
#include "core/selection.h"
#include "reports/bytes_json.h"
#include "reports/class_file_text.h"
#include "reports/write_file.h"
#include "scenario/parse_class.h"
#include "scenario/parse_profile.h"
#include "scenario/read_file.h"

namespace sockspec::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kClassFile = "class.json";       // in a folder that is named instead
constexpr const char* kResults = ".sockspec-results";  // hidden: "submissions/*" does not fit it
constexpr std::size_t kSeedDigits = 8;

Result<std::string> class_file_of(const std::string& operand) {
  std::error_code error;
  if (!fs::is_directory(operand, error)) return operand;
  const fs::path file = fs::path(operand) / kClassFile;
  if (fs::exists(file, error)) return file.string();
  return usage_error(operand + ": there is no " + kClassFile +
                     " in this folder; write one: sockspec grade --init PROFILE " + file.string());
}

bool is_file_name(const std::string& profile) {
  return profile.find('/') != std::string::npos || profile.ends_with(".json");
}

// The same class, the same bytes, on every machine.
std::uint64_t seed_from(const std::string& text) {
  return std::stoull(reports::sha256_hex(text).substr(0, kSeedDigits), nullptr, 16);
}

Result<Nothing> choose_submissions(const ParsedOptions& options, GradePlan& plan) {
  std::vector<std::string> names;
  for (const grade::HandedIn& submission : plan.submissions) names.push_back(submission.name);
  const std::vector<std::string>& only = options.all("only");
  for (const std::string& pattern : only) {
    const bool fits = std::any_of(names.begin(), names.end(),
                                  [&](const std::string& name) { return matches(pattern, name); });
    if (!fits)
      return usage_error("--only \"" + pattern + "\": there is no such submission" +
                         did_you_mean(pattern, names));
  }
  std::erase_if(plan.submissions, [&](const grade::HandedIn& submission) {
    return !only.empty() && std::none_of(only.begin(), only.end(), [&](const auto& pattern) {
      return matches(pattern, submission.name);
    });
  });
  if (options.has("shard")) {
    const Result<Shard> shard = shard_from(options);
    if (!shard) return shard.error();
    plan.shard = *shard;
  }
  std::vector<grade::HandedIn> mine;
  for (std::size_t i = plan.shard.place; i < plan.submissions.size(); i += plan.shard.count)
    mine.push_back(std::move(plan.submissions[i]));
  plan.submissions = std::move(mine);
  if (!plan.submissions.empty()) return Nothing{};
  return usage_error("--shard " + options.text("shard") +
                     ": nothing is left for it; there are fewer submissions than shards");
}

Result<Nothing> plan_files(const ParsedOptions& options, GradePlan& plan) {
  if (const Result<bool> taken = one_to_stdout(options, {"json", "csv"}); !taken)
    return taken.error();
  plan.json = options.text("json");
  plan.csv = options.text("csv");
  plan.html = options.text("html");
  plan.gradescope = options.text("gradescope");
  const fs::path beside = fs::path(plan.class_file).parent_path() / kResults;
  plan.results = options.text("results", beside.string());
  return Nothing{};
}

Result<Nothing> plan_run(const ParsedOptions& options, GradePlan& plan) {
  plan.jobs = plan.plan.jobs;
  if (options.text("jobs", "auto") == "auto") {
    if (options.has("jobs")) plan.jobs.reset();
  } else {
    const Result<std::uint64_t> jobs = options.number("jobs", 1, 1, 64);
    if (!jobs)
      return usage_error("--jobs \"" + options.text("jobs") + "\": write auto, or 1 to 64");
    plan.jobs = static_cast<unsigned>(*jobs);
  }
  const Result<std::uint64_t> seed =
      options.number("seed", seed_from(plan.plan.title), 0, INT64_MAX);
  if (!seed) return seed.error();
  plan.seed = *seed;
  plan.resume = options.has("resume");
  plan.quiet = options.has("quiet");
  return Nothing{};
}

Result<Nothing> find_handed_in(GradePlan& plan) {
  const std::string folder = fs::path(plan.class_file).parent_path().string();
  Result<std::vector<grade::HandedIn>> submissions =
      grade::find_submissions(plan.plan, folder, plan.class_file);
  if (!submissions) return submissions.error();
  plan.submissions = std::move(*submissions);
  return Nothing{};
}

}  // namespace

Result<Nothing> read_class(const std::string& operand, GradePlan& plan) {
  const Result<std::string> file = class_file_of(operand);
  if (!file) return file.error();
  plan.class_file = *file;
  Result<std::string> text = scenario::read_file(*file);
  if (!text) return text.error();
  plan.class_text = std::move(*text);
  Result<grade::ClassPlan> parsed = scenario::parse_class(plan.class_text, *file);
  if (!parsed) return parsed.error();
  plan.plan = std::move(*parsed);
  plan.own_profile = is_file_name(plan.plan.profile);
  const fs::path folder = fs::path(*file).parent_path();
  Result<Profile> profile = scenario::load_profile(
      plan.own_profile ? (folder / plan.plan.profile).string() : plan.plan.profile, {});
  if (!profile) return profile.error();
  plan.profile = std::move(*profile);
  const Result<std::vector<Scenario>> suite = suite_from("");
  if (!suite) return suite.error();
  const Result<Selection> selection = select(*suite, plan.profile, {});
  if (!selection) return selection.error();
  std::vector<std::string> scenarios;
  if (selection->sanity) scenarios.push_back(selection->sanity->id);
  for (const Scenario* chosen : selection->chosen) scenarios.push_back(chosen->id);
  return scenario::check_weights(plan.plan, *file, scenarios);
}

Result<Nothing> refuse_beside(const ParsedOptions& options, const std::string& name) {
  std::vector<std::string> others;
  for (const OptionSpec& option : grade_spec().options) {
    if (option.name != name && option.name != "lang") others.push_back(option.name);
  }
  return options.refuse(others, " does not go with --" + name);
}

const CommandSpec& grade_spec() {
  static const CommandSpec kSpec = {
      "  sockspec grade CLASS.json            the submissions that a class file names\n"
      "  sockspec grade FOLDER                the same, with the class.json in it\n"
      "  sockspec grade --init PROFILE [CLASS.json]     write a class file, with comments\n"
      "  sockspec grade --gradescope-bundle FOLDER CLASS.json     write an autograder\n",
      "Builds, starts and checks each submission of a class in a sandbox of its own, and gives\n"
      "points for what holds. A fixed port in the code is no trouble: each has its own network.\n\n"
      "  sockspec grade --init tcp-uppercase class.json\n"
      "  sockspec grade class.json --html pages --csv points.csv\n"
      "  sockspec grade class.json --only kim --only 'lee*'\n",
      {{"json", "FILE", "write the report there; - for standard output"},
       {"html", "FOLDER", "pages: of the class, and of each submission, with Markdown"},
       {"csv", "FILE", "a table, one row for each submission; - for standard output"},
       {"gradescope", "FOLDER", "a results.json of Gradescope for each submission"},
       {"jobs", "N", "so many submissions at a time, or auto"},
       {"only", "NAME", "only this submission; * stands for part of a name", true},
       {"shard", "I/N", "only the I-th of N parts of the class; sockspec merge joins them"},
       {"resume", "", "what has not changed since it was graded is not graded again"},
       {"results", "FOLDER", "where results are kept; .sockspec-results beside the class file"},
       {"seed", "N", "the random bytes of the payloads; from the name of the class by default"},
       {"init", "PROFILE", "write a class file for this profile instead"},
       {"gradescope-bundle", "FOLDER", "write an autograder of Gradescope for this class instead"},
       {"lang", "en|ko", "the language of what you read; from the locale by default"},
       {"color", "WHEN", "auto, always or never"},
       {"quiet", "", "only what went wrong, and the summary"}},
      0,
      1,
      "CLASS.json"};
  return kSpec;
}

Result<GradePlan> plan_grade(const ParsedOptions& options) {
  if (options.has_server_command())
    return usage_error("grade takes no \"--\": the class file says how servers are started");
  if (options.operands().empty())
    return usage_error("name the class file: sockspec grade CLASS.json (--init writes one)");
  GradePlan plan;
  const Result<std::string> lang = language_from(options);
  if (!lang) return lang.error();
  plan.lang = *lang;
  if (auto done = read_class(options.operands()[0], plan); !done) return done.error();
  if (auto done = find_handed_in(plan); !done) return done.error();
  if (auto done = plan_run(options, plan); !done) return done.error();
  if (auto done = plan_files(options, plan); !done) return done.error();
  if (auto done = choose_submissions(options, plan); !done) return done.error();
  return plan;
}

Result<Nothing> write_class_file(const ParsedOptions& options) {
  const Result<std::string> lang = language_from(options);
  if (!lang) return lang.error();
  if (auto alone = refuse_beside(options, "init"); !alone) return alone;
  const std::string name = options.text("init");
  const Result<Profile> profile = scenario::load_profile(name, {});
  if (!profile) return profile.error();
  const std::string file = options.operands().empty() ? "-" : options.operands()[0];
  std::error_code error;
  if (file != "-" && fs::exists(file, error))
    return usage_error(file + ": is there already; name another file");
  return reports::write_file(file, reports::class_file_text(name, *profile, *lang));
}

}  // namespace sockspec::cli
