#include "cli/grade_paths.h"

namespace sockspec::cli {
namespace {

namespace fs = std::filesystem;

fs::path in_full(const fs::path& path) {
  std::error_code error;
  return fs::absolute(path, error).lexically_normal();
}

}  // namespace

fs::path folder_of_report(const std::string& json) {
  const bool nowhere = json.empty() || json == "-";
  return in_full(nowhere ? fs::path("x") : fs::path(json)).parent_path();
}

std::string path_from(const fs::path& folder, const fs::path& file) {
  return in_full(file).lexically_relative(in_full(folder)).string();
}

grade::GradeReport moved(grade::GradeReport report, const fs::path& from, const fs::path& to) {
  const auto move = [&](std::string& path) {
    if (!path.empty()) path = path_from(to, from / path);
  };
  for (grade::Submission& submission : report.submissions) {
    move(submission.report);
    move(submission.pages.html);
    move(submission.pages.markdown);
    move(submission.pages.gradescope);
  }
  return report;
}

}  // namespace sockspec::cli
