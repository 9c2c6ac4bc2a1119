#include "reports/failure_text.h"

#include <algorithm>
#include <sstream>

#include "core/excerpt.h"
#include "core/names.h"
#include "reports/difference_text.h"
#include "reports/messages.h"
#include "reports/reproduce.h"
#include "reports/timeline.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kTimelineLines = 14;
constexpr char kTab[] = "    ";

class Teller {
 public:
  Teller(const CheckReport& report, const ScenarioResult& result, const Style& style)
      : report_(report), result_(result), style_(style) {}

  std::string tell() {
    headline();
    section("console.done", deeds(result_, report_.lang));
    for (const Check& check : result_.checks) {
      if (is_bad(check.outcome)) tell_check(check);
    }
    tell_timeline();
    tell_contract();
    if (const std::string& hint = result_.hint.in(report_.lang); !hint.empty())
      section("console.why", hint);
    if (result_.server_gone) section("console.server", render(*result_.server_gone, report_.lang));
    tell_output();
    section("console.again", again());
    return out_.str();
  }

 private:
  std::string word(const std::string& id) const { return render({id}, report_.lang); }

  std::string again() const {
    const std::string command = reproduce_command(report_, result_.scenario);
    if (result_.snippet_file.empty()) return command;
    const bool pid = result_.reproduce_python.find("sys.argv[3]") != std::string::npos;
    const std::string arguments = pid ? "HOST PORT PID" : "HOST PORT";
    const std::string run = "python3 " + shell_quoted(result_.snippet_file) + " " + arguments;
    return command + "\n" + render({"console.snippet", {{"run", run}}}, report_.lang);
  }

  void headline() {
    const std::string outcome = word("console." + std::string(name_of(result_.outcome)));
    const std::string painted =
        result_.outcome == Outcome::Fail ? style_.red(outcome) : style_.yellow(outcome);
    out_ << painted << "  " << style_.bold(result_.scenario) << "  "
         << result_.title.in(report_.lang) << "  [" << name_of(result_.level) << "]\n";
    if (result_.runs > 1) {
      out_ << "  "
           << render({"console.repeated",
                      {{"failed", std::to_string(result_.failed_runs)},
                       {"runs", std::to_string(result_.runs)}}},
                     report_.lang)
           << "\n";
    }
    if (!result_.reason.empty()) out_ << "  " << render(result_.reason, report_.lang) << "\n";
  }

  void section(const std::string& id, const std::string& text) {
    out_ << "  " << style_.bold(word(id)) << "\n";
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out_ << "    " << line << "\n";
  }

  void tell_check(const Check& check) {
    section("console.expected", render(check.expected, report_.lang) + "  (" + check.id + ")");
    section("console.came", render(check.observed, report_.lang));
    if (check.difference) tell_difference(*check.difference);
  }

  void tell_difference(const Difference& difference) {
    out_ << "  "
         << style_.bold(
                render({"console.difference", {{"offset", std::to_string(difference.offset)}}},
                       report_.lang))
         << "\n";
    out_ << difference_text(difference, style_, report_.lang, 4);
  }

  void tell_timeline() {
    out_ << "  " << style_.bold(word("console.timeline")) << "\n";
    for (const std::string& line : timeline(result_, report_.lang, kTimelineLines))
      out_ << "    " << line << "\n";
    for (const Check& check : result_.checks) {
      if (is_bad(check.outcome))
        out_ << "    " << style_.bold(verdict_line(check, report_.lang)) << "\n";
    }
  }

  void tell_contract() {
    if (result_.cites.empty()) return;
    std::string text;
    for (const Citation& cite : result_.cites) {
      if (is_of_another_profile(cite)) continue;
      text += cite.document + (cite.section.empty() ? "" : " " + cite.section) +
              (cite.quote.empty() ? "" : ": \"" + cite.quote + "\"") + "\n";
    }
    if (!text.empty()) section("console.contract", text);
  }

  // A scenario that serves several profiles cites the contract of each.
  bool is_of_another_profile(const Citation& cite) const {
    const bool profile = cite.section.starts_with("tcp-") || cite.section.starts_with("udp-");
    return cite.document == "sockspec profiles" && profile && cite.section != report_.profile.id;
  }

  void tell_output() {
    if (result_.server_output.empty()) return;
    out_ << "  " << style_.bold(word("console.said")) << "\n";
    std::istringstream lines(safe_for_terminal(result_.server_output));
    for (std::string line; std::getline(lines, line);) out_ << "    | " << line << "\n";
  }

  const CheckReport& report_;
  const ScenarioResult& result_;
  const Style& style_;
  std::ostringstream out_;
};

}  // namespace

std::string safe_for_terminal(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    // Quotes and tabs do no harm to a terminal and are common in what programs print.
    for (std::size_t at = line.find('\t'); at != std::string::npos; at = line.find('\t', at))
      line.replace(at, 1, kTab);
    std::string shown = escaped(line, 0, nullptr);
    for (std::size_t at = shown.find("\\\""); at != std::string::npos;
         at = shown.find("\\\"", at + 1))
      shown.erase(at, 1);
    out += shown + "\n";
  }
  return out;
}

std::string failure_text(const CheckReport& report, const ScenarioResult& result,
                         const Style& style) {
  return Teller(report, result, style).tell();
}

}  // namespace sockspec::reports
