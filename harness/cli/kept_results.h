// Results of `sockspec grade` that are kept, so that an interrupted run goes on and nothing is
// graded twice: FOLDER/NAME/submission.json, and FOLDER/NAME/check.json where there was a check.
#pragma once

#include <optional>
#include <string>

#include "core/check_report.h"
#include "core/grade/grade_report.h"
#include "core/result.h"

namespace sockspec::cli {

struct KeptResult {
  grade::Submission submission;
  std::optional<CheckReport> check;  // none where there was none
};

// The one of this submission, if its hash is this one and it was graded. What cannot be read, or
// is another's, is none: it is graded again.
std::optional<KeptResult> kept_result(const std::string& folder, const std::string& name,
                                      const std::string& hash);

// `about` is the report that the submission belongs to.
Result<Nothing> keep_submission(const std::string& folder, const grade::GradeReport& about,
                                const grade::Submission& submission,
                                const std::optional<CheckReport>& check);

std::string kept_check_file(const std::string& folder, const std::string& name);

}  // namespace sockspec::cli
