#include "reports/console.h"

#include <map>
#include <sstream>

#include "core/names.h"
#include "reports/failure_text.h"
#include "reports/messages.h"
#include "reports/reproduce.h"

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

std::string target_text(const Target& target) {
  if (target.builtin) return "sockspec serve";
  if (target.command.empty()) return target.address;
  std::string text;
  for (const std::string& word : target.command)
    text += (text.empty() ? "" : " ") + shell_quoted(word);
  return text;
}

void header(std::ostringstream& out, const CheckReport& report, const Style& style) {
  std::ostringstream scale;
  scale << report.environment.scale;
  out << style.bold(render({"console.header",
                            {{"version", report.tool_version},
                             {"profile", report.profile.id},
                             {"target", target_text(report.target)}}},
                           report.lang))
      << "\n"
      << style.dim(
             render({"console.machine", {{"seed", number(report.seed)}, {"scale", scale.str()}}},
                    report.lang))
      << "\n\n";
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
    out << "  " << painted(result.outcome, report, style) << "  " << result.scenario << "  "
        << style.dim(result.title.in(report.lang));
    const bool explained = result.outcome == Outcome::Fail || result.outcome == Outcome::Warn;
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

Message verdict(const CheckReport& report) {
  auto counts = count_outcomes(report);
  const std::size_t failed = counts[Outcome::Fail] + (report.strict ? counts[Outcome::Warn] : 0);
  const std::size_t passed = counts[Outcome::Pass] + counts[Outcome::Warn];
  const std::string ran = number(passed + counts[Outcome::Fail] + counts[Outcome::Inconclusive]);
  if (failed > 0) return {"console.fails", {{"failed", number(failed)}, {"ran", ran}}};
  if (counts[Outcome::Inconclusive] > 0) {
    return {"console.unsure", {{"count", number(counts[Outcome::Inconclusive])}}};
  }
  if (counts[Outcome::Warn] > 0) {
    return {"console.holds-with-warnings",
            {{"warned", number(counts[Outcome::Warn])}, {"passed", number(passed)}, {"ran", ran}}};
  }
  return {"console.holds", {{"passed", number(passed)}, {"ran", ran}}};
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
    out << style.red(render({"console.invalid", {{"why", render(*report.invalid, report.lang)}}},
                            report.lang))
        << "\n";
  }
  auto counts = count_outcomes(report);
  if (report.strict && counts[Outcome::Warn] > 0)
    out << render({"console.only-warnings"}, report.lang) << "\n";
  const bool any = counts[Outcome::Pass] + counts[Outcome::Warn] + counts[Outcome::Fail] +
                       counts[Outcome::Inconclusive] >
                   0;
  const bool clean = report.exit_code == 0;
  const bool failed = counts[Outcome::Fail] > 0 || (report.strict && counts[Outcome::Warn] > 0);
  // "Holds its contract" is only said when nothing stands against it.
  if (any && (clean || failed || report.exit_code == 5)) {
    const std::string text = render(verdict(report), report.lang);
    out << (clean ? style.green(text) : failed ? style.red(text) : style.yellow(text)) << "\n";
  }
}

}  // namespace

std::string console_report(const CheckReport& report, const Style& style, bool quiet) {
  std::ostringstream out;
  if (!quiet) header(out, report, style);
  list(out, report, style, quiet);
  for (const ScenarioResult& result : report.results) {
    const bool bad = result.outcome == Outcome::Fail || result.outcome == Outcome::Warn;
    if (bad) out << failure_text(report, result, style) << "\n";
  }
  conclude(out, report, style);
  return out.str();
}

}  // namespace sockspec::reports
