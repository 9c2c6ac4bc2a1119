#include "cli/kept_results.h"

#include <filesystem>

#include "reports/check_json.h"
#include "reports/grade_json.h"
#include "reports/write_file.h"
#include "scenario/read_file.h"

namespace sockspec::cli {
namespace {

namespace fs = std::filesystem;

std::string kept_file(const std::string& folder, const std::string& name) {
  return (fs::path(folder) / name / "submission.json").string();
}

}  // namespace

std::string kept_check_file(const std::string& folder, const std::string& name) {
  return (fs::path(folder) / name / "check.json").string();
}

std::optional<grade::Submission> kept_submission(const std::string& folder, const std::string& name,
                                                 const std::string& hash) {
  const std::string file = kept_file(folder, name);
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return std::nullopt;
  Result<grade::GradeReport> report = reports::grade_report_from_json(*text, file);
  if (!report || report->submissions.size() != 1) return std::nullopt;
  grade::Submission submission = std::move(report->submissions.front());
  const bool the_same = submission.name == name && submission.hash == hash;
  if (!the_same || submission.state == grade::State::Error) return std::nullopt;
  if (!submission.report.empty() && !kept_check(folder, name)) return std::nullopt;
  submission.resumed = true;
  return submission;
}

Result<Nothing> keep_submission(const std::string& folder, const grade::GradeReport& about,
                                const grade::Submission& submission,
                                const std::optional<CheckReport>& check) {
  const std::string file = kept_file(folder, submission.name);
  std::error_code error;
  fs::create_directories(fs::path(file).parent_path(), error);
  if (error)
    return Error{ErrorKind::Harness, folder + ": the result could not be kept: " + error.message()};
  grade::GradeReport report = about;
  report.submissions = {submission};
  const std::string check_file = kept_check_file(folder, submission.name);
  fs::remove(check_file, error);
  if (check) {
    report.submissions.front().report = "check.json";
    if (auto kept = reports::write_file(check_file, reports::check_report_to_json(*check)); !kept)
      return kept;
  }
  return reports::write_file(file, reports::grade_report_to_json(report));
}

std::optional<CheckReport> kept_check(const std::string& folder, const std::string& name) {
  const std::string file = kept_check_file(folder, name);
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return std::nullopt;
  Result<CheckReport> report = reports::check_report_from_json(*text, file);
  if (!report) return std::nullopt;
  return std::move(*report);
}

}  // namespace sockspec::cli
