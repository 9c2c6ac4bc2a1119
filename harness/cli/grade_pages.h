// Everything that `sockspec grade` writes for people and other programs: reports, tables, pages.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/check_report.h"
#include "core/grade/grade_report.h"
#include "core/result.h"
#include "reports/html/class_page.h"

namespace sockspec::cli {

// The faults and scenarios inside the binary.
reports::Catalogue builtin_catalogue();

struct GradeFiles {
  std::string json, csv;         // "" = none, "-" = standard output
  std::string html, gradescope;  // folders
  std::string results;           // where the checks of the submissions are kept
};

// Each file is tried; the errors are those that could not be written.
class GradeFileWriter {
 public:
  explicit GradeFileWriter(GradeFiles files);

  // The pages of one submission, whose check is at hand only while it is graded. Fills in where
  // they and its report are. `about` is the report that it belongs to.
  void write_submission(const grade::GradeReport& about, grade::Submission& submission,
                        std::optional<CheckReport> check);

  // What is about all of them; the pages of each are written.
  void write_class(const grade::GradeReport& report);

  const std::vector<Error>& errors() const { return errors_; }

 private:
  void note(const Result<Nothing>& written);
  std::string from_report(const std::filesystem::path& file) const;

  GradeFiles files_;
  std::filesystem::path folder_;  // of the report
  std::vector<Error> errors_;
};

}  // namespace sockspec::cli
