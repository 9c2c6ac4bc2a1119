#include "reports/tap.h"

#include <sstream>
#include <vector>

#include "core/names.h"
#include "reports/messages.h"
#include "reports/printable.h"
#include "reports/reproduce.h"
#include "reports/result_text.h"
#include "reports/standing.h"
#include "reports/verdict_sentence.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kName = 200;
constexpr std::size_t kLine = 400;
constexpr std::size_t kParagraph = 4096;

// "#" would begin a directive, and a backslash escapes.
std::string description(std::string_view text) {
  std::string out;
  for (const char c : printable_line(text, kLine)) {
    if (c == '#' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// A single-quoted YAML scalar: printable text needs no other escape, and the readers of old TAP
// tools, which know little YAML, know these.
std::string scalar(std::string_view text) {
  std::string out = "'";
  for (const char c : printable_line(text, kParagraph))
    out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

class Stream {
 public:
  explicit Stream(const CheckReport& report) : report_(report) {}

  std::string write() {
    const std::vector<RunTrouble> troubles = troubles_of(report_);
    out_ << "TAP version 14\n1.." << report_.results.size() + troubles.size() << "\n";
    comment("sockspec " + report_.tool_version + ": " + report_.profile.id + ", " +
            server_text(report_.target) + ", seed " + std::to_string(report_.seed));
    for (const ScenarioResult& result : report_.results) point(result);
    for (const RunTrouble& trouble : troubles) point(trouble);
    if (const std::string verdict = verdict_sentence(report_); !verdict.empty()) comment(verdict);
    for (const RunTrouble& trouble : troubles) {
      if (!trouble.fatal) continue;
      out_ << "Bail out! " << description(trouble.text) << "\n";
      break;  // it ends the stream
    }
    return out_.str();
  }

 private:
  void comment(const std::string& text) { out_ << "# " << printable_line(text, kLine) << "\n"; }

  void point(bool ok, const std::string& name, const std::string& directive) {
    out_ << (ok ? "ok " : "not ok ") << ++number_ << " - " << description(name);
    if (!directive.empty()) out_ << " # " << directive;
    out_ << "\n";
  }

  void point(const RunTrouble& trouble) {
    point(false, trouble.name, "");
    out_ << "  ---\n";
    field("message", trouble.text);
    lines("details", trouble.details);
    out_ << "  ...\n";
  }

  void point(const ScenarioResult& result) {
    const std::string name = scenario_name(result);
    const std::string line = description(result_line(report_, result));
    switch (standing_of(report_, result)) {
      case Standing::Passed: return point(true, name, "");
      case Standing::Warned: point(true, name, ""); break;
      case Standing::Failed:
      case Standing::Undecided: point(false, name, ""); break;
      case Standing::Known: point(false, name, "TODO " + line); break;
      case Standing::Doubtful:
      case Standing::Skipped:
      case Standing::NotRun: return point(true, name, "SKIP " + line);
    }
    diagnostics(bounded(result, report_.lang));
  }

  void field(const char* key, std::string_view value) {
    if (!value.empty()) out_ << "  " << key << ": " << scalar(value) << "\n";
  }

  void lines(const char* key, const std::string& text) {
    if (text.empty()) return;
    out_ << "  " << key << ": |\n";
    std::istringstream in(printable(text));
    // The bar keeps YAML from taking spaces at the start of the first line for indentation.
    for (std::string line; std::getline(in, line);) out_ << "    | " << line << "\n";
  }

  void diagnostics(const ScenarioResult& result) {
    out_ << "  ---\n";
    field("message", result_line(report_, result));
    field("title", result.title.in(report_.lang));
    field("outcome", name_of(result.outcome));
    field("level", name_of(result.level));
    out_ << "  duration_ms: "
         << std::chrono::duration_cast<std::chrono::milliseconds>(result.duration).count() << "\n";
    if (!result.reason.empty()) field("reason", render(result.reason, report_.lang));
    checks(result);
    field("why", result.hint.in(report_.lang));
    if (result.server_gone) field("server", render(*result.server_gone, report_.lang));
    lines("output", result.server_output);
    field("reproduce", bounded_reproduce(report_, result));
    out_ << "  ...\n";
  }

  void checks(const ScenarioResult& result) {
    bool any = false;
    for (const Check& check : result.checks) {
      if (!is_bad(check.outcome)) continue;
      if (!any) out_ << "  checks:\n";
      any = true;
      out_ << "    - check: " << scalar(check.id) << "\n"
           << "      expected: " << scalar(render(check.expected, report_.lang)) << "\n"
           << "      came: " << scalar(render(check.observed, report_.lang)) << "\n";
    }
  }

  const CheckReport& report_;
  std::size_t number_ = 0;
  std::ostringstream out_;
};

}  // namespace

std::string tap(const CheckReport& report) { return Stream(report).write(); }

}  // namespace sockspec::reports
