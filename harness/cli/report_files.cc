#include "cli/report_files.h"

#include <algorithm>
#include <iterator>

#include "reports/check_json.h"
#include "reports/gradescope.h"
#include "reports/html/check_page.h"
#include "reports/junit.h"
#include "reports/markdown.h"
#include "reports/plain_text.h"
#include "reports/tap.h"
#include "reports/write_file.h"

namespace sockspec::cli {
namespace {

struct Format {
  const char* name;
  const char* help;
  std::string (*write)(const CheckReport&);
};

constexpr Format kFormats[] = {
    {"json", "write the report; - for standard output", reports::check_report_to_json},
    {"html", "the report as one page with the conversations drawn", reports::check_html},
    {"junit", "as JUnit XML, for Jenkins, GitLab and their like", reports::junit},
    {"tap", "as TAP 14, for prove and Meson", reports::tap},
    {"markdown", "as Markdown, for a comment or a page on GitHub",
     [](const CheckReport& report) { return reports::markdown(report); }},
    {"gradescope", "as results.json of a Gradescope autograder", reports::gradescope},
    {"text", "as on the terminal", reports::plain_text}};

}  // namespace

std::vector<OptionSpec> report_file_options() {
  std::vector<OptionSpec> options;
  for (const Format& format : kFormats) options.push_back({format.name, "FILE", format.help});
  options.push_back(
      {"github", "", "annotations for a run of GitHub Actions, and the summary of its step"});
  return options;
}

std::vector<std::string> report_file_names() {
  std::vector<std::string> names;
  for (const Format& format : kFormats) names.emplace_back(format.name);
  return names;
}

std::vector<ReportFile> report_files_from(const ParsedOptions& options) {
  std::vector<ReportFile> files;
  for (const std::string& name : report_file_names()) {
    if (options.has(name)) files.push_back({name, options.text(name)});
  }
  return files;
}

Result<bool> one_to_stdout(const ParsedOptions& options, std::vector<std::string> names) {
  std::erase_if(names, [&](const std::string& name) { return options.text(name) != "-"; });
  if (names.size() < 2) return !names.empty();
  return usage_error("--" + names[0] + " - and --" + names[1] +
                     " - would both write to standard output; give one of them a file");
}

std::vector<Error> write_report_files(const std::vector<ReportFile>& files,
                                      const CheckReport& report) {
  std::vector<Error> errors;
  for (const ReportFile& file : files) {
    const auto format =
        std::find_if(std::begin(kFormats), std::end(kFormats),
                     [&](const Format& candidate) { return file.format == candidate.name; });
    const Result<Nothing> written = reports::write_file(file.file, format->write(report));
    if (!written) errors.push_back(written.error());
  }
  return errors;
}

}  // namespace sockspec::cli
