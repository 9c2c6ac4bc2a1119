// sockspec selftest: the suite against every correct and every faulty server.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <numeric>

#include "cli/check_options.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/report_files.h"
#include "cli/signals.h"
#include "cli/terminal.h"
#include "core/fault_table.h"
#include "core/selection.h"
#include "reports/check_json.h"
#include "reports/fault_table_json.h"
#include "reports/fault_table_text.h"
#include "reports/html/fault_table_page.h"
#include "reports/messages.h"
#include "reports/write_file.h"
#include "scenario/faults.h"
#include "scenario/parse_profile.h"
#include "scenario/read_file.h"
#include "scenario/suite.h"
#include "selftest/child_runs.h"

namespace sockspec::cli {
namespace {

namespace fs = std::filesystem;

const CommandSpec& spec() {
  static const CommandSpec kSpec = {
      "  sockspec selftest [--fault PATTERN] [--profile NAME]\n",
      "Plays every scenario with every correct server, which must pass, and with every server "
      "that\n"
      "is wrong on purpose, which must be caught; and compares with the table that this program\n"
      "was built with. Red if a correct server fails anything, a fault is not caught, a scenario\n"
      "catches nothing, or the table differs.\n\n"
      "  sockspec selftest\n"
      "  sockspec selftest --fault 'udp-*' --save /tmp/reports\n"
      "  sockspec selftest --no-run --markdown table.md\n",
      {{"fault", "PATTERN", "only these faults; * stands for part of a name", true},
       {"profile", "NAME", "only this profile", true},
       {"jobs", "N", "so many checks at a time; as many as the machine has time for, by default"},
       {"repeat", "N", "every pair N times; what is not the same each time is marked unstable"},
       {"seed", "N", "of the payloads; 1 by default, which the table was made with"},
       {"no-run", "", "run nothing; take the table that this program was built with"},
       {"golden", "FILE", "compare with this table"},
       {"write-golden", "FILE", "write the table, instead of comparing"},
       {"markdown", "FILE", "write the table as a page"},
       {"json", "FILE", "the table, what is wrong with it, the exit code; - for standard output"},
       {"html", "FILE", "the table as one page, with every fault explained"},
       {"save", "FOLDER", "keep the report of every check there"},
       {"lang", "en|ko", "the language of what you read; from the locale by default"},
       {"color", "WHEN", "auto, always or never"},
       {"quiet", "", "only what is wrong, and the verdict"}},
      0,
      0,
      "no operand"};
  return kSpec;
}

// Checks mostly wait.
constexpr std::uint64_t kLeastPerCpu = 4, kMostPerCpu = 24;

struct Pair {
  std::string fault;  // "" = the correct server
  std::string profile;
  bool optional = false;
  std::string host;
  Duration takes = Duration::max();  // as the kept table has it
};

struct Plan {
  std::vector<Scenario> suite;
  std::vector<Fault> faults;
  std::vector<Pair> pairs;
  bool whole = true;  // nothing was left out: weaknesses can be told
  JobLimit jobs{1, 1};
  unsigned repeat = 1;
  std::uint64_t seed = 1;
  std::string folder;
  bool keep = false;
};

bool wanted(const std::vector<std::string>& patterns, const std::string& name) {
  return patterns.empty() || std::any_of(patterns.begin(), patterns.end(),
                                         [&](const auto& p) { return matches(p, name); });
}

Result<Nothing> plan_pairs(const ParsedOptions& options, Plan& plan) {
  const auto& only_faults = options.all("fault");
  const auto& only_profiles = options.all("profile");
  plan.whole = only_faults.empty() && only_profiles.empty();
  const Result<std::vector<Profile>> profiles = scenario::builtin_profiles();
  if (!profiles) return profiles.error();
  for (const Profile& profile : *profiles) {
    const bool udp = profile.transport == Transport::Udp;
    if (only_faults.empty() && wanted(only_profiles, profile.id))
      plan.pairs.push_back({"", profile.id, true, udp ? "0.0.0.0" : ""});
  }
  for (const Fault& fault : plan.faults) {
    for (const std::string& profile : fault.profiles) {
      if (wanted(only_faults, fault.name) && wanted(only_profiles, profile))
        plan.pairs.push_back({fault.name, profile, fault.optional, fault.host});
    }
  }
  if (!plan.pairs.empty()) return Nothing{};
  return usage_error(
      "no fault of any profile matches --fault and --profile "
      "(sockspec list faults, sockspec list profiles)");
}

std::string report_of(const Plan& plan, std::size_t place) {
  const Pair& pair = plan.pairs[place % plan.pairs.size()];
  return plan.folder + "/" + pair.profile + "." + (pair.fault.empty() ? "correct" : pair.fault) +
         "." + std::to_string(place / plan.pairs.size() + 1) + ".json";
}

std::vector<std::string> command_of(const Plan& plan, std::size_t place) {
  const Pair& pair = plan.pairs[place % plan.pairs.size()];
  const std::string self = own_path();
  std::vector<std::string> words = {self, "check", pair.profile, "--json", report_of(plan, place),
                                    "--seed", std::to_string(plan.seed), "--fresh", "--quiet",
                                    "--lang", "en",
                                    // Everything; but not what would hold instead, which the
                                    // table does not tell.
                                    "--only", "**"};
  if (pair.optional) words.emplace_back("--optional");
  words.insert(words.end(), {"--", self, "serve", pair.profile, "--port", "{port}", "--host",
                             pair.host.empty() ? "{host}" : pair.host});
  if (!pair.fault.empty()) words.insert(words.end(), {"--fault", pair.fault});
  return words;
}

// What a check found, or why it found nothing.
Result<FaultRow> row_of(const Plan& plan, const selftest::ChildRuns::Ended& ended) {
  const Pair& pair = plan.pairs[ended.place % plan.pairs.size()];
  const std::string file = report_of(plan, ended.place);
  const auto failed = [&](const std::string& why) {
    return Error{ErrorKind::Harness, "the check of " + pair.profile +
                                         (pair.fault.empty() ? "" : " with " + pair.fault) +
                                         " ended with code " + std::to_string(ended.exit_code) +
                                         ": " + why};
  };
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return failed(text.error().text);
  const Result<CheckReport> report =
      reports::check_report_from_json(*text, file, reports::Transcripts::LeaveOut);
  if (!report) return failed(report.error().text);
  const bool judged = ended.exit_code == 0 || ended.exit_code == 1 || ended.exit_code == 5;
  if (!judged)
    return failed(report->invalid ? reports::render(*report->invalid, "en") : "it was not valid");
  if (!plan.keep) fs::remove(file);
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(ended.took).count();
  return FaultRow{pair.fault, pair.profile, signature_of(*report), {}, static_cast<int>(seconds)};
}

struct Outcomes {
  std::map<std::size_t, std::vector<FaultRow>> runs;  // by pair
  std::vector<std::string> errors;
  int interrupted_by = 0;
};

// Long and short ones in turn: the longest are done before the end, where everybody would wait for
// them, and are not all beside each other, where they would take longer still.
std::vector<std::size_t> order_of(const Plan& plan) {
  std::vector<std::size_t> sorted(plan.pairs.size() * plan.repeat);
  std::iota(sorted.begin(), sorted.end(), 0U);
  const auto takes = [&](std::size_t place) { return plan.pairs[place % plan.pairs.size()].takes; };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](std::size_t a, std::size_t b) { return takes(a) > takes(b); });
  std::vector<std::size_t> places;
  for (std::size_t front = 0, back = sorted.size(); front < back;) {
    places.push_back(sorted[front++]);
    if (front < back) places.push_back(sorted[--back]);
  }
  return places;
}

Outcomes run_pairs(const Plan& plan, bool quiet) {
  Outcomes outcomes;
  const std::vector<std::size_t> places = order_of(plan);
  const std::size_t count = places.size();
  std::vector<std::vector<std::string>> commands;
  for (const std::size_t place : places) commands.push_back(command_of(plan, place));
  ProgressLine progress(quiet);
  io::Loop loop;
  selftest::ChildRuns runs(loop, std::move(commands), plan.jobs);
  std::size_t done = 0;
  Signals signals(loop, [&](int signal) {
    outcomes.interrupted_by = signal;
    runs.interrupt();
  });
  const auto tell = [&] {
    std::string line = "[" + std::to_string(done) + "/" + std::to_string(count) + "]";
    for (const std::size_t at : runs.running()) {
      const Pair& pair = plan.pairs[places[at] % plan.pairs.size()];
      line += " " + (pair.fault.empty() ? pair.profile : pair.fault);
    }
    progress.show_text(line);
  };
  runs.start(
      [&](selftest::ChildRuns::Ended ended) {
        ended.place = places[ended.place];
        ++done;
        if (outcomes.interrupted_by == 0) {
          Result<FaultRow> row = row_of(plan, ended);
          if (row) {
            outcomes.runs[ended.place % plan.pairs.size()].push_back(std::move(*row));
          } else {
            outcomes.errors.push_back(row.error().text);
          }
        }
        tell();
      },
      [&] { signals.stop(); });
  tell();
  loop.run();
  return outcomes;
}

Result<Plan> make_plan(const ParsedOptions& options) {
  Plan plan;
  Result<std::vector<Scenario>> suite = scenario::builtin_suite();
  if (!suite) return suite.error();
  plan.suite = std::move(*suite);
  Result<std::vector<Fault>> faults = scenario::builtin_faults();
  if (!faults) return faults.error();
  plan.faults = std::move(*faults);
  if (auto planned = plan_pairs(options, plan); !planned) return planned.error();
  const auto cpus = static_cast<std::uint64_t>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
  const Result<std::uint64_t> jobs = options.number("jobs", kLeastPerCpu * cpus, 1, 1000);
  if (!jobs) return jobs.error();
  const Result<std::uint64_t> repeat = options.number("repeat", 1, 1, 1000);
  if (!repeat) return repeat.error();
  const Result<std::uint64_t> seed = options.number("seed", 1, 0, INT64_MAX);
  if (!seed) return seed.error();
  plan.jobs = options.has("jobs") ? JobLimit::fixed(*jobs) : JobLimit(*jobs, kMostPerCpu * cpus);
  plan.repeat = static_cast<unsigned>(*repeat);
  plan.seed = *seed;
  plan.keep = options.has("save");
  plan.folder = options.text("save");
  return plan;
}

Result<FaultTable> kept_table(const ParsedOptions& options) {
  if (!options.has("golden")) return reports::builtin_fault_table();
  const Result<std::string> text = scenario::read_file(options.text("golden"));
  if (!text) return text.error();
  return reports::fault_table_from_json(*text, options.text("golden"));
}

Result<std::string> make_folder(const std::string& wanted) {
  std::error_code error;
  if (!wanted.empty()) {
    fs::create_directories(wanted, error);
    if (error) return usage_error("--save " + wanted + ": " + error.message());
    return wanted;
  }
  std::string name = (fs::temp_directory_path(error) / "sockspec-selftest-XXXXXX").string();
  if (error || !mkdtemp(name.data()))
    return Error{ErrorKind::Harness, "no temporary folder: " + name};
  return name;
}

struct Verdict {
  FaultTable table;
  std::vector<Message> problems;
  std::vector<std::string> errors;
  int interrupted_by = 0;

  int exit_code() const {
    if (interrupted_by != 0) return 128 + interrupted_by;
    if (!errors.empty()) return kInvalid;
    return problems.empty() ? kHolds : kServerFailed;
  }
};

std::vector<Message> problems_of(const Plan& plan, const FaultTable& table,
                                 const FaultTable* kept) {
  std::vector<Message> problems;
  if (plan.whole) problems = weaknesses(table, plan.faults, plan.suite);
  if (!kept) return problems;
  const std::vector<Message> changed = differences(*kept, table);
  problems.insert(problems.end(), changed.begin(), changed.end());
  return problems;
}

bool concerns(const Message& problem, const Pair& pair) {
  bool fault_named = false;
  for (const auto& [name, value] : problem.params) {
    if (name == "profile" && value != pair.profile) return false;
    if (name == "fault" && value != pair.fault) return false;
    fault_named = fault_named || name == "fault";
  }
  return fault_named || pair.fault.empty();
}

// So many checks at the same time make a busy machine. What looks wrong is played again, with few
// beside it, and counts only if it looks wrong again.
void play_doubtful_again(const Plan& plan, const FaultTable& kept, bool quiet, Verdict& verdict) {
  Plan again = plan;
  again.repeat = 1;
  again.jobs = JobLimit(2, 4);
  std::erase_if(again.pairs, [&](const Pair& pair) {
    return std::none_of(verdict.problems.begin(), verdict.problems.end(),
                        [&](const Message& problem) { return concerns(problem, pair); });
  });
  if (again.pairs.empty()) return;
  Outcomes outcomes = run_pairs(again, quiet);
  for (auto& [pair, runs] : outcomes.runs) {
    for (FaultRow& row : verdict.table) {
      if (row.fault == runs.front().fault && row.profile == runs.front().profile)
        row = runs.front();
    }
  }
  const std::vector<Message> left = problems_of(plan, verdict.table, &kept);
  std::erase_if(verdict.problems, [&](const Message& problem) {
    return std::find(left.begin(), left.end(), problem) == left.end();
  });
}

Result<Verdict> judge(const ParsedOptions& options, Plan& plan) {
  Verdict verdict;
  Result<FaultTable> kept = kept_table(options);
  if (!kept) return kept.error();
  if (options.has("no-run")) {
    verdict.table = std::move(*kept);
    return verdict;
  }
  const Result<std::string> folder = make_folder(plan.folder);
  if (!folder) return folder.error();
  plan.folder = *folder;
  for (Pair& pair : plan.pairs) {
    const FaultRow* const row = find_row(*kept, pair.fault, pair.profile);
    if (row && row->seconds > 0) pair.takes = std::chrono::seconds(row->seconds);
  }
  Outcomes outcomes = run_pairs(plan, options.has("quiet"));
  for (const auto& [pair, runs] : outcomes.runs) verdict.table.push_back(join_runs(runs));
  verdict.errors = std::move(outcomes.errors);
  verdict.interrupted_by = outcomes.interrupted_by;
  if (verdict.interrupted_by != 0) return verdict;
  const bool compare = !options.has("write-golden");
  verdict.problems = problems_of(plan, verdict.table, compare ? &*kept : nullptr);
  if (compare) play_doubtful_again(plan, *kept, options.has("quiet"), verdict);
  return verdict;
}

Result<Nothing> write_all(const ParsedOptions& options, const Plan& plan, const Verdict& verdict,
                          const std::string& lang) {
  const std::pair<const char*, std::function<std::string()>> files[] = {
      {"write-golden", [&] { return reports::fault_table_to_json(verdict.table); }},
      {"json",
       [&] {
         return reports::selftest_to_json(verdict.table, verdict.problems, verdict.errors,
                                          verdict.exit_code(), lang);
       }},
      {"html",
       [&] {
         return reports::fault_table_html(verdict.table, plan.faults, plan.suite, verdict.problems,
                                          verdict.errors, lang);
       }},
      {"markdown",
       [&] { return reports::fault_table_markdown(verdict.table, plan.faults, plan.suite); }}};
  for (const auto& [option, text] : files) {
    if (!options.has(option)) continue;
    if (auto written = reports::write_file(options.text(option), text()); !written) return written;
  }
  return Nothing{};
}

void print(const Plan& plan, const Verdict& verdict, const std::string& lang,
           const reports::Style& style, bool quiet, std::FILE* people) {
  if (!quiet)
    std::fputs(
        reports::fault_table_text(verdict.table, plan.faults, plan.suite, lang, style).c_str(),
        people);
  for (const std::string& error : verdict.errors)
    std::fprintf(people, "%s %s\n", style.red("!").c_str(), error.c_str());
  for (const Message& problem : verdict.problems)
    std::fprintf(people, "%s %s\n", style.red("!").c_str(), reports::render(problem, lang).c_str());
  const bool good = verdict.exit_code() == kHolds;
  const Message last =
      good ? Message{"selftest.good"}
           : Message{"selftest.bad",
                     {{"count", std::to_string(verdict.problems.size() + verdict.errors.size())}}};
  const std::string text = reports::render(last, lang);
  std::fprintf(people, "%s\n", (good ? style.green(text) : style.red(text)).c_str());
}

}  // namespace

int selftest_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(spec()).c_str(), stdout), kHolds;
  if (options->has_server_command())
    return report_error(usage_error("selftest takes no \"--\": it runs our own servers"));
  const Result<std::string> lang = language_from(*options);
  if (!lang) return report_error(lang.error());
  const Result<reports::Style> style = style_from(*options, STDOUT_FILENO);
  if (!style) return report_error(style.error());
  const Result<bool> data_to_stdout =
      one_to_stdout(*options, {"json", "html", "markdown", "write-golden"});
  if (!data_to_stdout) return report_error(data_to_stdout.error());
  Result<Plan> plan = make_plan(*options);
  if (!plan) return report_error(plan.error());
  const Result<Verdict> verdict = judge(*options, *plan);
  if (!plan->keep && !plan->folder.empty()) fs::remove_all(plan->folder);
  if (!verdict) return report_error(verdict.error());
  if (auto written = write_all(*options, *plan, *verdict, *lang); !written)
    return report_error(written.error());
  print(*plan, *verdict, *lang, *style, options->has("quiet"), *data_to_stdout ? stderr : stdout);
  return verdict->exit_code();
}

}  // namespace sockspec::cli
