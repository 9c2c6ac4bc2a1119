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

// None: it cannot be read.
std::optional<CheckReport> read_check(const std::string& file) {
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return std::nullopt;
  Result<CheckReport> report = reports::check_report_from_json(*text, file);
  if (!report) return std::nullopt;
  return std::move(*report);
}

}  // namespace

std::string kept_check_file(const std::string& folder, const std::string& name) {
  return (fs::path(folder) / name / "check.json").string();
}

std::optional<KeptResult> kept_result(const std::string& folder, const std::string& name,
                                      const std::string& hash) {
  const std::string file = kept_file(folder, name);
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return std::nullopt;
  Result<grade::GradeReport> report = reports::grade_report_from_json(*text, file);
  if (!report || report->submissions.size() != 1) return std::nullopt;
  KeptResult kept{std::move(report->submissions.front()), std::nullopt};
  grade::Submission& submission = kept.submission;
  const bool the_same = submission.name == name && submission.hash == hash;
  if (!the_same || submission.state == grade::State::Error) return std::nullopt;
  if (!submission.report.empty()) {
    kept.check = read_check(kept_check_file(folder, name));
    if (!kept.check) return std::nullopt;
  }
  submission.resumed = true;
  return kept;
}

Result<Nothing> keep_submission(const std::string& folder, const grade::GradeReport& about,
                                const grade::Submission& submission,
                                const std::optional<CheckReport>& check) {
  const std::string file = kept_file(folder, submission.name);
  grade::GradeReport report = about;
  report.submissions = {submission};
  const std::string check_file = kept_check_file(folder, submission.name);
  std::error_code ignored;
  fs::remove(check_file, ignored);
  if (check) {
    report.submissions.front().report = "check.json";
    if (auto kept =
            reports::write_file_in_folders(check_file, reports::check_report_to_json(*check));
        !kept)
      return kept;
  }
  return reports::write_file_in_folders(file, reports::grade_report_to_json(report));
}

}  // namespace sockspec::cli
