#include "cli/snippets.h"

#include <algorithm>
#include <filesystem>

#include "core/script.h"
#include "reports/python_snippet.h"
#include "reports/write_file.h"

namespace sockspec::cli {

void add_snippets(const std::vector<Scenario>& suite, CheckReport& report) {
  for (ScenarioResult& result : report.results) {
    if (!is_bad(result.outcome)) continue;
    const auto scenario = std::find_if(suite.begin(), suite.end(), [&](const Scenario& candidate) {
      return candidate.id == result.scenario;
    });
    if (scenario == suite.end()) continue;
    Environment environment = report.environment;
    environment.scale = result.scale;
    const Result<Script> script = bind(*scenario, report.profile, environment, report.seed);
    if (!script) continue;
    result.reproduce_python = reports::python_snippet(*scenario, *script, result, report.seed);
  }
}

Result<Nothing> write_snippets(const std::string& folder, CheckReport& report) {
  if (folder.empty()) return Nothing{};
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) {
    return Error{ErrorKind::Harness,
                 folder + ": the folder of --snippets cannot be made: " + failed.message()};
  }
  for (ScenarioResult& result : report.results) {
    if (result.reproduce_python.empty()) continue;
    const std::filesystem::path file =
        std::filesystem::path(folder) / reports::snippet_file(result.scenario);
    const Result<Nothing> written = reports::write_file(file.string(), result.reproduce_python);
    if (!written) return written;
    result.snippet_file = file.string();
  }
  return Nothing{};
}

}  // namespace sockspec::cli
