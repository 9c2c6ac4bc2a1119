#include "reports/github_annotations.h"

#include <string_view>
#include <vector>

#include "reports/messages.h"
#include "reports/printable.h"
#include "reports/result_text.h"
#include "reports/standing.h"
#include "reports/verdict_sentence.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kShownByGitHub = 10;
constexpr std::size_t kTitle = 200;
constexpr std::size_t kMessage = 4000;

std::string percent_escaped(std::string_view text, std::string_view special) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kHex[byte >> 4U], kHex[byte & 0xFU]};
  }
  return out;
}

struct Annotation {
  std::string title;
  std::string message;
};

std::string command(std::string_view kind, const Annotation& annotation, std::string_view lang) {
  std::string message = first_lines(annotation.message, kMessage, lang);
  while (message.ends_with('\n')) message.pop_back();
  const std::string title = printable_line("sockspec " + annotation.title, kTitle);
  return "::" + std::string(kind) + " title=" + percent_escaped(title, "%\r\n:,") +
         "::" + percent_escaped(message, "%\r\n") + "\n";
}

// Those that GitHub would drop, in one.
Annotation summed_up(const std::vector<Annotation>& all, std::size_t from,
                     const CheckReport& report) {
  std::string names;
  for (std::size_t i = from; i < all.size(); ++i)
    names += (names.empty() ? "" : ", ") + all[i].title;
  const Message message{"formats.more",
                        {{"count", std::to_string(all.size() - from)}, {"names", names}}};
  return {report.profile.id, render(message, report.lang)};
}

std::string commands(std::string_view kind, const std::vector<Annotation>& all,
                     const CheckReport& report) {
  const std::size_t own = all.size() > kShownByGitHub ? kShownByGitHub - 1 : all.size();
  std::string text;
  for (std::size_t i = 0; i < own; ++i) text += command(kind, all[i], report.lang);
  if (own < all.size()) text += command(kind, summed_up(all, own, report), report.lang);
  return text;
}

Annotation annotation_of(const CheckReport& report, const ScenarioResult& result) {
  std::string message = scenario_title(report, result);
  if (const std::string line = result_line(report, result); !line.empty()) message += "\n" + line;
  if (is_bad(result.outcome) && !result.known) {
    const std::string& hint = result.hint.in(report.lang);
    if (!hint.empty()) {
      message += "\n" + render({"console.why"}, report.lang) + ": " + printable_line(hint, kTitle);
    }
    message += "\n" + bounded_reproduce(report, result);
  }
  return {scenario_name(result), message};
}

}  // namespace

std::string github_annotations(const CheckReport& report) {
  std::vector<Annotation> errors, warnings, notices;
  for (const RunTrouble& trouble : troubles_of(report)) {
    const std::string details = trouble.details.empty() ? "" : "\n" + trouble.details;
    errors.push_back({trouble.name, trouble.text + details});
  }
  for (const ScenarioResult& result : report.results) {
    switch (standing_of(report, result)) {
      case Standing::Failed:
      case Standing::Undecided: errors.push_back(annotation_of(report, result)); break;
      case Standing::Warned: warnings.push_back(annotation_of(report, result)); break;
      case Standing::Known:
      case Standing::Doubtful: notices.push_back(annotation_of(report, result)); break;
      case Standing::Passed:
      case Standing::Skipped:
      case Standing::NotRun: break;
    }
  }
  if (errors.empty())
    notices.insert(notices.begin(), {report.profile.id, verdict_sentence(report)});
  return commands("error", errors, report) + commands("warning", warnings, report) +
         commands("notice", notices, report);
}

}  // namespace sockspec::reports
