#include "cli/merge_grades.h"

#include <cstdio>
#include <filesystem>

#include "cli/exit_code.h"
#include "cli/grade_pages.h"
#include "cli/grade_paths.h"
#include "cli/report_files.h"
#include "core/grade/merge_classes.h"
#include "reports/grade_csv.h"
#include "reports/grade_json.h"
#include "reports/grade_text.h"
#include "reports/write_file.h"
#include "scenario/json_reader.h"
#include "scenario/read_file.h"

namespace sockspec::cli {
namespace {

namespace fs = std::filesystem;

Result<grade::GradeReport> read_whole(const std::vector<std::string>& files,
                                      const std::string& into) {
  std::vector<grade::GradeReport> parts;
  for (const std::string& file : files) {
    const Result<std::string> text = scenario::read_file(file);
    if (!text) return text.error();
    Result<grade::GradeReport> part = reports::grade_report_from_json(*text, file);
    if (!part) return part.error();
    parts.push_back(moved(std::move(*part), folder_of_report(file), folder_of_report(into)));
  }
  return grade::merge_classes(std::move(parts));
}

}  // namespace

Result<bool> is_class_report(const std::string& file) {
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return text.error();
  const Result<scenario::Json> document = scenario::parse_json(*text, file);
  if (!document) return document.error();
  return document->is_object() && document->contains("schema") &&
         document->at("schema") == "sockspec/grade/1";
}

int merge_grades(const ParsedOptions& options, const std::string& lang,
                 const reports::Style& style) {
  const std::string json = options.text("json");
  const std::string csv = options.text("csv");
  const std::string html = options.text("html");
  const Result<bool> data_to_stdout = one_to_stdout(options, {"json", "csv"});
  if (!data_to_stdout) return report_error(data_to_stdout.error());
  Result<grade::GradeReport> whole = read_whole(options.operands(), json);
  if (!whole) return report_error(whole.error());
  whole->lang = lang;
  int code = whole->exit_code;
  const auto note = [&](const Result<Nothing>& written) {
    if (!written) code = report_error(written.error());
  };
  if (!csv.empty()) note(reports::write_file(csv, reports::grade_report_to_csv(*whole)));
  if (!json.empty()) note(reports::write_file(json, reports::grade_report_to_json(*whole)));
  if (!html.empty())
    note(reports::write_file_in_folders(
        (fs::path(html) / "index.html").string(),
        reports::class_html(moved(*whole, folder_of_report(json), html), builtin_catalogue())));
  std::FILE* const people = *data_to_stdout ? stderr : stdout;
  std::fputs(reports::grade_text(*whole, style, options.has("quiet")).c_str(), people);
  return code;
}

}  // namespace sockspec::cli
