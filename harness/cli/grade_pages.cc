#include "cli/grade_pages.h"

#include <utility>

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

Result<Nothing> write_below(const fs::path& folder, const fs::path& name, const std::string& text) {
  return reports::write_file_in_folders((folder / name).string(), text);
}

}  // namespace

reports::Catalogue builtin_catalogue() {
  reports::Catalogue catalogue;
  if (auto faults = scenario::builtin_faults()) catalogue.faults = std::move(*faults);
  if (auto suite = scenario::builtin_suite()) catalogue.scenarios = std::move(*suite);
  return catalogue;
}

GradeFileWriter::GradeFileWriter(GradeFiles files)
    : files_(std::move(files)), folder_(folder_of_report(files_.json)) {}

void GradeFileWriter::note(const Result<Nothing>& written) {
  if (!written) errors_.push_back(written.error());
}

std::string GradeFileWriter::from_report(const fs::path& file) const {
  return path_from(folder_, file);
}

void GradeFileWriter::write_submission(const grade::GradeReport& about,
                                       grade::Submission& submission,
                                       std::optional<CheckReport> check) {
  submission.report.clear();
  // What such a check saw, if there was one, says nothing about the points.
  if (submission.state == grade::State::Error || submission.state == grade::State::BuildFailed)
    check.reset();
  if (check) {
    submission.report = from_report(kept_check_file(files_.results, submission.name));
    check->lang = about.lang;
  }
  const fs::path name(submission.name);
  if (!files_.html.empty()) {
    submission.pages.html = from_report(files_.html / name / "index.html");
    submission.pages.markdown = from_report(files_.html / name / "feedback.md");
    note(write_below(files_.html, name / "index.html",
                     reports::submission_html(about, submission, check)));
    if (check) note(write_below(files_.html, name / "check.html", reports::check_html(*check)));
    note(write_below(files_.html, name / "feedback.md",
                     reports::submission_markdown(about, submission, check)));
  }
  if (files_.gradescope.empty()) return;
  submission.pages.gradescope = from_report(files_.gradescope / name / "results.json");
  note(write_below(files_.gradescope, name / "results.json",
                   reports::submission_gradescope(about, submission, check)));
}

void GradeFileWriter::write_class(const grade::GradeReport& report) {
  if (!files_.html.empty())
    note(
        write_below(files_.html, "index.html",
                    reports::class_html(moved(report, folder_, files_.html), builtin_catalogue())));
  if (!files_.csv.empty())
    note(reports::write_file(files_.csv, reports::grade_report_to_csv(report)));
  if (!files_.json.empty())
    note(reports::write_file(files_.json, reports::grade_report_to_json(report)));
}

}  // namespace sockspec::cli
