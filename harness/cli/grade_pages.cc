#include "cli/grade_pages.h"

#include <filesystem>

#include "cli/grade_paths.h"
#include "cli/kept_results.h"
#include "reports/grade_csv.h"
#include "reports/grade_json.h"
#include "reports/html/check_page.h"
#include "reports/html/class_page.h"
#include "reports/submission_gradescope.h"
#include "reports/submission_markdown.h"
#include "reports/write_file.h"
#include "scenario/faults.h"
#include "scenario/suite.h"

namespace sockspec::cli {
namespace {

namespace fs = std::filesystem;

class GradeFileWriter {
 public:
  GradeFileWriter(const GradeFiles& files, grade::GradeReport& report)
      : files_(files), report_(report), folder_(folder_of_report(files.json)) {}

  std::vector<Error> write() {
    for (grade::Submission& submission : report_.submissions) write_submission(submission);
    if (!files_.html.empty())
      note(write_below(
          files_.html, "index.html",
          reports::class_html(moved(report_, folder_, files_.html), builtin_catalogue())));
    if (!files_.csv.empty())
      note(reports::write_file(files_.csv, reports::grade_report_to_csv(report_)));
    if (!files_.json.empty())
      note(reports::write_file(files_.json, reports::grade_report_to_json(report_)));
    return std::move(errors_);
  }

 private:
  void note(const Result<Nothing>& written) {
    if (!written) errors_.push_back(written.error());
  }

  std::string from_report(const fs::path& file) const { return path_from(folder_, file); }

  Result<Nothing> write_below(const fs::path& folder, const fs::path& name,
                              const std::string& text) {
    const fs::path file = folder / name;
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) return Error{ErrorKind::Harness, file.string() + ": " + error.message()};
    return reports::write_file(file.string(), text);
  }

  void write_submission(grade::Submission& submission) {
    std::optional<CheckReport> check;
    submission.report.clear();
    if (!files_.results.empty()) check = kept_check(files_.results, submission.name);
    // One that was graded before, and could not be graded now, has an old one.
    if (submission.state == grade::State::Error || submission.state == grade::State::BuildFailed)
      check.reset();
    if (check) {
      submission.report = from_report(kept_check_file(files_.results, submission.name));
      check->lang = report_.lang;
    }
    const fs::path name(submission.name);
    if (!files_.html.empty()) {
      submission.pages.html = from_report(files_.html / name / "index.html");
      submission.pages.markdown = from_report(files_.html / name / "feedback.md");
      note(write_below(files_.html, name / "index.html",
                       reports::submission_html(report_, submission, check)));
      if (check) note(write_below(files_.html, name / "check.html", reports::check_html(*check)));
      note(write_below(files_.html, name / "feedback.md",
                       reports::submission_markdown(report_, submission, check)));
    }
    if (files_.gradescope.empty()) return;
    submission.pages.gradescope = from_report(files_.gradescope / name / "results.json");
    note(write_below(files_.gradescope, name / "results.json",
                     reports::submission_gradescope(report_, submission, check)));
  }

  const GradeFiles& files_;
  grade::GradeReport& report_;
  fs::path folder_;  // of the report
  std::vector<Error> errors_;
};

}  // namespace

reports::Catalogue builtin_catalogue() {
  reports::Catalogue catalogue;
  if (auto faults = scenario::builtin_faults()) catalogue.faults = std::move(*faults);
  if (auto suite = scenario::builtin_suite()) catalogue.scenarios = std::move(*suite);
  return catalogue;
}

std::vector<Error> write_grade_files(const GradeFiles& files, grade::GradeReport& report) {
  return GradeFileWriter(files, report).write();
}

}  // namespace sockspec::cli
