#include "reports/console.h"

#include <algorithm>
#include <map>
#include <sstream>

#include "core/exit_codes.h"
#include "core/names.h"
#include "reports/diagnosis_text.h"
#include "reports/failure_text.h"
#include "reports/messages.h"
#include "reports/reproduce.h"
#include "reports/verdict_sentence.h"

namespace sockspec::reports {
namespace {

std::string number(std::size_t value) { return std::to_string(value); }

std::string painted(Outcome outcome, const CheckReport& report, const Style& style) {
  const std::string word = render({"console." + std::string(name_of(outcome))}, report.lang);
  switch (outcome) {
    case Outcome::Pass: return style.green(word);
    case Outcome::Fail: return style.red(word);
    case Outcome::Warn:
    case Outcome::Inconclusive: return style.yellow(word);
    case Outcome::Skipped:
    case Outcome::NotRun: return style.dim(word);
  }
  return word;
}

void header(std::ostringstream& out, const CheckReport& report, const Style& style) {
  std::ostringstream scale;
  scale << report.environment.scale;
  out << style.bold(render({"console.header",
                            {{"version", report.tool_version},
                             {"profile", report.profile.id},
                             {"target", server_text(report.target)}}},
                           report.lang))
      << "\n"
      << style.dim(
             render({"console.machine", {{"seed", number(report.seed)}, {"scale", scale.str()}}},
                    report.lang))
      << "\n\n";
}

// What was written into the list, in one line.
std::string excuse(const KnownFailure& known) {
  const std::string text = known.link.empty() ? known.reason : known.reason + "  " + known.link;
  const std::string line = safe_for_terminal(text);
  return line.substr(0, line.find('\n'));
}

void list(std::ostringstream& out, const CheckReport& report, const Style& style, bool quiet) {
  bool any = false;
  std::map<std::string, std::size_t> not_run;  // by reason: a list of them explains nothing
  for (const ScenarioResult& result : report.results) {
    if (quiet && result.outcome == Outcome::Pass) continue;
    if (result.outcome == Outcome::NotRun) {
      ++not_run[render(result.reason, report.lang)];
      continue;
    }
    any = true;
    if (result.known) {
      out << "  " << style.yellow(render({"console.known"}, report.lang)) << "  " << result.scenario
          << "  " << style.dim(excuse(*result.known)) << "\n";
      continue;
    }
    out << "  " << painted(result.outcome, report, style) << "  " << result.scenario << "  "
        << style.dim(result.title.in(report.lang));
    const bool explained = is_bad(result.outcome);
    if (!result.reason.empty() && !explained)
      out << style.dim(": " + render(result.reason, report.lang));
    out << "\n";
  }
  for (const auto& [reason, count] : not_run) {
    any = true;
    out << "  "
        << style.dim(render({"console.not-run-count", {{"count", number(count)}, {"why", reason}}},
                            report.lang))
        << "\n";
  }
  if (any) out << "\n";
}

void stale_entries(std::ostringstream& out, const CheckReport& report, const Style& style) {
  if (report.stale_known.empty()) return;
  out << render({"console.stale-list"}, report.lang) << "\n";
  for (const StaleEntry& entry : report.stale_known) {
    const std::string pattern = safe_for_terminal(entry.scenario);
    out << "  " << style.red(render({"console.stale"}, report.lang)) << "  "
        << pattern.substr(0, pattern.find('\n')) << "  " << render(entry.why, report.lang) << "\n";
  }
  out << "\n";
}

void conclude(std::ostringstream& out, const CheckReport& report, const Style& style) {
  for (const UnexpectedExit& exit : report.unexpected_exits) {
    const std::string id =
        exit.after.empty() ? "console.unexpected-exit" : "console.unexpected-exit-after";
    out << style.red(
               render({id, {{"scenario", exit.after}, {"how", render(exit.how, report.lang)}}},
                      report.lang))
        << "\n";
    std::istringstream lines(safe_for_terminal(exit.output));
    for (std::string line; std::getline(lines, line);) out << "    | " << line << "\n";
  }
  if (report.interrupted_by != 0) {
    out << render({"console.interrupted", {{"signal", std::to_string(report.interrupted_by)}}},
                  report.lang)
        << "\n";
  }
  if (report.invalid) {
    const std::string why = render(*report.invalid, report.lang);
    const bool unreachable = report.exit_code == kUnreachable;
    out << style.red(unreachable ? why : render({"console.invalid", {{"why", why}}}, report.lang))
        << "\n";
  }
  stale_entries(out, report, style);
  const bool warned =
      std::any_of(report.results.begin(), report.results.end(),
                  [](const ScenarioResult& r) { return r.outcome == Outcome::Warn && !r.known; });
  if (report.strict && warned) out << render({"console.only-warnings"}, report.lang) << "\n";
  const std::string verdict = verdict_sentence(report);
  if (verdict.empty()) return;
  const bool failed = count_failures(report).unknown > 0 || !report.stale_known.empty();
  out << (report.exit_code == 0 ? style.green(verdict)
          : failed              ? style.red(verdict)
                                : style.yellow(verdict))
      << "\n";
}

}  // namespace

std::string console_report(const CheckReport& report, const Style& style, bool quiet) {
  std::ostringstream out;
  if (!quiet) header(out, report, style);
  list(out, report, style, quiet);
  bool any_shown = false;
  for (const ScenarioResult& result : report.results) {
    const bool bad = is_bad(result.outcome);
    if (!bad || result.known) continue;
    any_shown = true;
    out << failure_text(report, result, style) << "\n";
  }
  if (any_shown) out << diagnosis_text(report, style);  // what is known needs no explanation
  if (report.holds_instead)
    out << style.bold(render(report.holds_instead->what, report.lang)) << "\n\n";
  conclude(out, report, style);
  return out.str();
}

}  // namespace sockspec::reports
