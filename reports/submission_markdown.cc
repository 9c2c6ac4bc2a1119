#include "reports/submission_markdown.h"

#include "reports/grade_words.h"
#include "reports/markdown.h"
#include "reports/markdown_escape.h"
#include "reports/messages.h"
#include "reports/printable.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kMostLine = 2000;
constexpr std::size_t kMostOutput = 64 << 10;

}  // namespace

std::string submission_markdown(const grade::GradeReport& report,
                                const grade::Submission& submission,
                                const std::optional<CheckReport>& check) {
  const auto line = [](const std::string& text) {
    return markdown_text(printable_line(text, kMostLine));
  };
  std::string text = "# " + line(submission.name) + ": " +
                     line(points_of_most(submission, report.lang)) + "\n\n" + line(report.title) +
                     " – " + line(standing_word(submission, report.lang)) + "\n\n";
  const std::string why = why_text(submission, report.lang);
  for (std::size_t begin = 0; begin < why.size();) {
    const std::size_t end = std::min(why.find('\n', begin), why.size());
    text += "- " + line(why.substr(begin, end - begin)) + "\n";
    begin = end + 1;
  }
  if (!why.empty()) text += "\n";
  if (!submission.output.empty())
    text += "## " + line(render({"classpage.output"}, report.lang)) + "\n\n" +
            markdown_block(printable(submission.output.substr(0, kMostOutput))) + "\n";
  if (check) text += markdown(*check, kMostMarkdown - text.size());
  return text;
}

}  // namespace sockspec::reports
