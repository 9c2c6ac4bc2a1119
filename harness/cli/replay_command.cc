// sockspec replay: the verdicts of a report again, from its transcripts.
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "cli/check_options.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "core/names.h"
#include "core/nearest.h"
#include "core/replay.h"
#include "core/selection.h"
#include "reports/check_json.h"
#include "reports/console.h"
#include "scenario/read_file.h"

namespace sockspec::cli {
namespace {

const CommandSpec& spec() {
  static const CommandSpec kSpec = {
      "  sockspec replay REPORT.json [SCENARIO]\n",
      "Reaches every verdict of a report again from its recorded conversations, without a "
      "network.\n"
      "Exits as the run did, or with 4 when a verdict comes out differently.\n",
      {{"scenarios", "FOLDER", "the scenarios of the run, where it used --scenarios"},
       {"lang", "en|ko", "the language of what you read; from the locale by default"},
       {"color", "WHEN", "auto, always or never"},
       {"quiet", "", "only what is wrong, and the verdict"}},
      1,
      2,
      "REPORT.json"};
  return kSpec;
}

Result<const Scenario*> scenario_of(const ScenarioResult& result,
                                    const std::vector<Scenario>& suite) {
  for (const Scenario& scenario : suite) {
    if (scenario.id != result.scenario) continue;
    if (scenario.version == result.version) return &scenario;
    return usage_error("the report was made with version " + std::to_string(result.version) +
                       " of " + scenario.id + ", this sockspec has version " +
                       std::to_string(scenario.version) +
                       "; replay it with the sockspec that made it");
  }
  return usage_error("the suite has no scenario " + result.scenario +
                     "; if the run used --scenarios, name that folder");
}

// The recorded conversation again; true when the checks are the same, byte for byte.
Result<bool> again(ScenarioResult& result, const CheckReport& report,
                   const std::vector<Scenario>& suite) {
  const Result<const Scenario*> scenario = scenario_of(result, suite);
  if (!scenario) return scenario.error();
  Environment environment = report.environment;
  environment.scale = result.scale;
  Result<Script> script = bind(**scenario, report.profile, environment, report.seed);
  if (!script) return script.error();
  const Conversation conversation = replay(std::move(*script), result.transcript);
  const bool same = reports::checks_to_json(conversation.checks(), report.lang) ==
                    reports::checks_to_json(result.checks, report.lang);
  result.checks = conversation.checks();
  return same;
}

Result<Nothing> keep_only(CheckReport& report, const std::string& wanted) {
  std::vector<std::string> ids;
  for (const ScenarioResult& result : report.results) ids.push_back(result.scenario);
  if (std::find(ids.begin(), ids.end(), wanted) == ids.end()) {
    return usage_error("the report has no scenario \"" + wanted + "\"" + did_you_mean(wanted, ids));
  }
  std::erase_if(report.results,
                [&](const ScenarioResult& result) { return result.scenario != wanted; });
  std::erase_if(report.stale_known,
                [&](const StaleEntry& entry) { return !matches(entry.scenario, wanted); });
  return Nothing{};
}

}  // namespace

int replay_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(spec()).c_str(), stdout), kHolds;
  const Result<std::string> lang = language_from(*options);
  if (!lang) return report_error(lang.error());
  const Result<reports::Style> style = style_from(*options, STDOUT_FILENO);
  if (!style) return report_error(style.error());
  const std::string& file = options->operands()[0];
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return report_error(text.error());
  Result<CheckReport> report = reports::check_report_from_json(*text, file);
  if (!report) return report_error(report.error());
  const Result<std::vector<Scenario>> suite = suite_from(options->text("scenarios"));
  if (!suite) return report_error(suite.error());
  if (options->operands().size() > 1) {
    if (const auto kept = keep_only(*report, options->operands()[1]); !kept)
      return report_error(kept.error());
  }

  std::vector<std::string> changed;
  for (ScenarioResult& result : report->results) {
    if (result.transcript.empty()) continue;
    const Result<bool> same = again(result, *report, *suite);
    if (!same) return report_error(same.error());
    if (!*same) changed.push_back(result.scenario);
  }
  report->lang = *lang;
  if (options->operands().size() > 1) report->exit_code = exit_code_of(*report);
  std::fputs(reports::console_report(*report, *style, options->has("quiet")).c_str(), stdout);
  for (const std::string& id : changed) {
    std::fprintf(stderr, "sockspec: %s: the verdict of %s comes out differently\n", file.c_str(),
                 id.c_str());
  }
  return changed.empty() ? report->exit_code : kInvalid;
}

}  // namespace sockspec::cli
