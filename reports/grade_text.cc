#include "reports/grade_text.h"

#include <algorithm>

#include "core/grade/class_summary.h"
#include "reports/columns.h"
#include "reports/grade_words.h"
#include "reports/messages.h"
#include "reports/printable.h"

namespace sockspec::reports {
namespace {

using namespace grade;

constexpr std::size_t kMostName = 30;
constexpr std::size_t kMostWhy = 100;
constexpr std::size_t kMostFaults = 5;

std::string painted(const Submission& submission, const std::string& text, const Style& style) {
  if (submission.state == State::Error) return style.yellow(text);
  const bool good = submission.state == State::Graded && submission.outcome == Outcome::Pass;
  return good ? style.green(text) : style.red(text);
}

std::string line(const Submission& submission, std::size_t width, const std::string& lang,
                 const Style& style) {
  const std::string why = why_text(submission, lang);
  std::string more = faults_text(submission);
  if (more.empty()) more = printable_line(why.substr(0, why.find('\n')), kMostWhy);
  const std::string points =
      submission.points.earned ? points_text(*submission.points.earned) : "–";
  return left(printable_line(submission.name, kMostName), width) + "  " + right(points, 6) + "  " +
         painted(submission, left(standing_word(submission, lang), 14), style) +
         (more.empty() ? "" : "  " + more) + "\n";
}

std::string summary(const GradeReport& report, const Style& style) {
  const ClassSummary summary = summarize(report.submissions);
  const auto say = [&](const Message& message) { return render(message, report.lang) + "\n"; };
  std::string states;
  for (const auto& [state, count] : summary.states)
    states +=
        (states.empty() ? "" : ", ") + state_word(state, report.lang) + " " + std::to_string(count);
  std::string text;
  if (!summary.common_faults.empty()) text += "\n" + style.bold(say({"classpage.common"}));
  for (std::size_t i = 0; i < std::min(summary.common_faults.size(), kMostFaults); ++i)
    text += right(std::to_string(summary.common_faults[i].submissions), 4) + "  " +
            summary.common_faults[i].fault + "\n";
  text += "\n" + say({"gradetext.summary",
                      {{"all", std::to_string(report.submissions.size())},
                       {"states", states},
                       {"resumed", std::to_string(summary.resumed)}}});
  if (summary.mean && summary.median)
    text += say({"gradetext.mean",
                 {{"mean", points_text(*summary.mean)}, {"median", points_text(*summary.median)}}});
  return text;
}

}  // namespace

std::string grade_text(const GradeReport& report, const Style& style, bool quiet) {
  std::size_t width = 0;
  for (const Submission& submission : report.submissions)
    width = std::max(width, columns(printable_line(submission.name, kMostName)));
  std::string text;
  for (const Submission& submission : report.submissions) {
    if (!quiet || submission.state == State::Error)
      text += line(submission, width, report.lang, style);
  }
  const std::string sum = summary(report, style);
  return text + (text.empty() ? sum.substr(sum.find_first_not_of('\n')) : sum);
}

}  // namespace sockspec::reports
