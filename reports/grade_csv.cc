#include "reports/grade_csv.h"

#include <algorithm>
#include <vector>

#include "core/grade/grade_names.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

using namespace grade;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kEndOfRow = "\r\n";

constexpr Outcome kColumns[] = {Outcome::Pass, Outcome::Warn, Outcome::Fail, Outcome::Inconclusive,
                                Outcome::NotRun};

std::string row(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + csv_cell(cell);
  return line + std::string(kEndOfRow);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

std::vector<std::string> faults_of(const Submission& submission) {
  std::vector<std::string> faults;
  for (const NamedFault& fault : submission.diagnosis) faults.push_back(fault.fault);
  return faults;
}

std::vector<std::string> notes_of(const Submission& submission, const std::string& lang) {
  std::vector<std::string> notes;
  if (!submission.reason.empty()) notes.push_back(render(submission.reason, lang));
  for (const Message& note : submission.points.notes) notes.push_back(render(note, lang));
  return notes;
}

std::vector<std::string> cells_of(const Submission& submission, const std::string& lang) {
  const Points& points = submission.points;
  std::vector<std::string> cells{submission.name, std::string(name_of(submission.state)),
                                 points.earned ? points_text(*points.earned) : "",
                                 points_text(points.most),
                                 std::string(name_of(submission.outcome))};
  for (const Outcome column : kColumns) {
    const auto count = submission.counts.find(column);
    cells.push_back(std::to_string(count == submission.counts.end() ? 0 : count->second));
  }
  cells.push_back(joined(faults_of(submission)));
  cells.push_back(joined(notes_of(submission, lang)));
  return cells;
}

// Some spreadsheets pass over spaces and control characters before they look for a formula.
bool is_formula(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return false;
  if (std::string_view("=+-@").find(text[first]) != std::string_view::npos) return true;
  return text[0] == '\t' || text[0] == '\r';
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string cell;
  std::copy_if(text.begin(), text.end(), std::back_inserter(cell),
               [](char c) { return c != '\0'; });
  if (is_formula(cell)) cell.insert(0, 1, '\'');
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string grade_report_to_csv(const GradeReport& report) {
  std::vector<std::string> header{"name", "state", "points", "max_points", "outcome"};
  for (const Outcome column : kColumns) header.emplace_back(name_of(column));
  header.insert(header.end(), {"diagnosis", "notes"});
  std::string table(kByteOrderMark);
  table += row(header);
  for (const Submission& submission : report.submissions)
    table += row(cells_of(submission, report.lang));
  return table;
}

}  // namespace sockspec::reports
