#include "reports/standing.h"

#include <algorithm>
#include <set>

#include "core/exit_codes.h"
#include "reports/messages.h"
#include "reports/printable.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kLine = 400;
constexpr std::size_t kDetails = 4096;
constexpr std::size_t kName = 200;

RunTrouble trouble(const CheckReport& report, const char* name, const Message& text) {
  return {name, printable_line(render(text, report.lang), kLine), "", false};
}

RunTrouble server_ended(const CheckReport& report, const UnexpectedExit& exit) {
  const char* const id =
      exit.after.empty() ? "console.unexpected-exit" : "console.unexpected-exit-after";
  RunTrouble made = trouble(report, "run/server-ended",
                            {id,
                             {{"scenario", printable_line(exit.after, kName)},
                              {"how", printable_line(render(exit.how, report.lang), kName)}}});
  made.details = last_lines(exit.output, kDetails, report.lang);
  return made;
}

RunTrouble stale_list(const CheckReport& report) {
  RunTrouble made = trouble(report, "run/known-list", {"console.stale-list"});
  std::string entries;
  for (const StaleEntry& entry : report.stale_known) {
    entries += printable_line(entry.scenario, kName) + ": " +
               printable_line(render(entry.why, report.lang), kLine) + "\n";
  }
  made.details = first_lines(entries, kDetails, report.lang);
  return made;
}

// Nothing else says why the run is red: scenarios are missing, or nobody was there to be asked.
RunTrouble what_is_missing(const CheckReport& report, int exit_code) {
  RunTrouble made;
  std::set<std::string> reasons;
  std::size_t count = 0;
  for (const ScenarioResult& result : report.results) {
    if (result.outcome != Outcome::NotRun) continue;
    count += 1;
    reasons.insert(printable_line(render(result.reason, report.lang), kLine));
  }
  if (exit_code == kUnreachable) {
    made = trouble(report, "run/unreachable", {"formats.unreachable"});
  } else if (exit_code == kUsage) {
    made = trouble(report, "run/nothing-ran", {"formats.nothing-ran"});
  } else if (count > 0) {
    made = trouble(report, "run/not-run", {"formats.not-run", {{"count", std::to_string(count)}}});
  } else {
    made = trouble(report, "run/exit-code",
                   {"formats.exit-code", {{"code", std::to_string(exit_code)}}});
  }
  made.fatal = true;
  for (const std::string& reason : reasons) made.details += reason + "\n";
  made.details = first_lines(made.details, kDetails, report.lang);
  return made;
}

}  // namespace

Standing standing_of(const CheckReport& report, const ScenarioResult& result) {
  if (result.known && is_bad(result.outcome)) return Standing::Known;
  if (fails_run(result, report.strict)) return Standing::Failed;
  switch (result.outcome) {
    case Outcome::Pass: return Standing::Passed;
    case Outcome::Fail: return Standing::Failed;
    case Outcome::Warn: return Standing::Warned;
    case Outcome::Inconclusive:
      return stands_in_the_way(result, report.strict) ? Standing::Undecided : Standing::Doubtful;
    case Outcome::Skipped: return Standing::Skipped;
    case Outcome::NotRun: break;
  }
  return Standing::NotRun;
}

std::string_view name_of(Standing standing) {
  switch (standing) {
    case Standing::Passed: return "passed";
    case Standing::Warned: return "warned";
    case Standing::Failed: return "failed";
    case Standing::Known: return "known";
    case Standing::Undecided: return "undecided";
    case Standing::Doubtful: return "doubtful";
    case Standing::Skipped: return "skipped";
    case Standing::NotRun: break;
  }
  return "not-run";
}

std::vector<RunTrouble> troubles_of(const CheckReport& report) {
  std::vector<RunTrouble> troubles;
  if (report.interrupted_by != 0) {
    troubles.push_back(
        trouble(report, "run/interrupted",
                {"console.interrupted", {{"signal", std::to_string(report.interrupted_by)}}}));
    troubles.back().fatal = true;
  }
  if (report.invalid && report.exit_code == kUnreachable) {
    troubles.push_back(trouble(report, "run/unreachable", {"formats.unreachable"}));
    troubles.back().details =
        first_lines(render(*report.invalid, report.lang), kDetails, report.lang);
    troubles.back().fatal = true;
  } else if (report.invalid) {
    const std::string why = printable_line(render(*report.invalid, report.lang), kLine);
    troubles.push_back(trouble(report, "run/not-valid", {"console.invalid", {{"why", why}}}));
    troubles.back().fatal = true;
  }
  for (const UnexpectedExit& exit : report.unexpected_exits)
    troubles.push_back(server_ended(report, exit));
  if (!report.stale_known.empty()) troubles.push_back(stale_list(report));

  // The exit code that was written counts; where somebody forgot it, the one that it should be.
  const int exit_code = report.exit_code != 0 ? report.exit_code : exit_code_of(report);
  const bool told = !troubles.empty() ||
                    std::any_of(report.results.begin(), report.results.end(),
                                [&](const auto& r) { return is_red(standing_of(report, r)); });
  if (exit_code != 0 && !told) troubles.push_back(what_is_missing(report, exit_code));
  return troubles;
}

std::string group_of(const std::string& scenario) { return scenario.substr(0, scenario.find('/')); }

}  // namespace sockspec::reports
