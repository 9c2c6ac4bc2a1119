// sockspec list: what there is.
#include <algorithm>
#include <cstdio>

#include "cli/check_options.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "core/fits.h"
#include "core/names.h"
#include "scenario/faults.h"
#include "scenario/json_reader.h"
#include "scenario/parse_profile.h"

namespace sockspec::cli {
namespace {

using scenario::Json;

const CommandSpec& spec() {
  static const CommandSpec kSpec = {
      "  sockspec list profiles | scenarios | faults\n",
      "Lists what there is. sockspec show NAME explains one of them.\n",
      {{"profile", "PROFILE", "only the scenarios, or faults, of this profile"},
       {"scenarios", "FOLDER", "scenarios of your own instead of the built-in ones"},
       {"json", "", "as JSON"},
       {"lang", "en|ko", "the language of what you read; from the locale by default"}},
      1,
      1,
      "\"profiles\", \"scenarios\" or \"faults\""};
  return kSpec;
}

struct Row {
  std::string id;
  std::string level;
  LocalizedText title;
};

void print(const std::vector<Row>& rows, bool json, const std::string& lang) {
  Json list = Json::array();
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.id.size());
  for (const Row& row : rows) {
    if (json) {
      Json entry = {{"id", row.id}};
      if (!row.level.empty()) entry["level"] = row.level;
      entry["title"] = {{"en", row.title.en}, {"ko", row.title.ko}};
      list.push_back(std::move(entry));
      continue;
    }
    std::string line = row.id;
    line.resize(width + 2, ' ');
    if (!row.level.empty()) line += row.level + std::string(8 - row.level.size(), ' ');
    std::printf("%s%s\n", line.c_str(), row.title.in(lang).c_str());
  }
  if (json) std::printf("%s\n", list.dump(1).c_str());
}

Result<std::vector<Row>> profile_rows() {
  const Result<std::vector<Profile>> profiles = scenario::builtin_profiles();
  if (!profiles) return profiles.error();
  std::vector<Row> rows;
  for (const Profile& profile : *profiles) rows.push_back({profile.id, "", profile.title});
  return rows;
}

Result<std::vector<Row>> scenario_rows(const ParsedOptions& options) {
  const Result<std::vector<Scenario>> suite = suite_from(options.text("scenarios"));
  if (!suite) return suite.error();
  std::optional<Profile> profile;
  if (options.has("profile")) {
    Result<Profile> loaded = scenario::load_profile(options.text("profile"), {});
    if (!loaded) return loaded.error();
    profile = std::move(*loaded);
  }
  std::vector<Row> rows;
  for (const Scenario& scenario : *suite) {
    if (profile && !fits(scenario.requires_, *profile)) continue;
    rows.push_back({scenario.id, std::string(name_of(scenario.level)), scenario.title});
  }
  return rows;
}

Result<std::vector<Row>> fault_rows(const ParsedOptions& options) {
  const Result<std::vector<Fault>> faults = scenario::builtin_faults();
  if (!faults) return faults.error();
  const std::string profile = options.text("profile");
  if (!profile.empty()) {
    if (auto loaded = scenario::load_profile(profile, {}); !loaded) return loaded.error();
  }
  std::vector<Row> rows;
  for (const Fault& fault : *faults) {
    if (profile.empty() || occurs_in(fault, profile)) rows.push_back({fault.name, "", fault.title});
  }
  return rows;
}

}  // namespace

int list_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(spec()).c_str(), stdout), kHolds;
  const Result<std::string> lang = language_from(*options);
  if (!lang) return report_error(lang.error());
  const std::string& what = options->operands()[0];
  const std::vector<std::string> known = {"profiles", "scenarios", "faults"};
  if (std::find(known.begin(), known.end(), what) == known.end()) {
    return report_error(usage_error("\"" + what + "\" cannot be listed" +
                                    did_you_mean(what, known) +
                                    " (one of: profiles, scenarios, faults)"));
  }
  if (what == known[0] && options->has("profile")) {
    return report_error(usage_error("--profile goes with list scenarios and list faults"));
  }
  const Result<std::vector<Row>> rows = what == known[0]   ? profile_rows()
                                        : what == known[1] ? scenario_rows(*options)
                                                           : fault_rows(*options);
  if (!rows) return report_error(rows.error());
  print(*rows, options->has("json"), *lang);
  return kHolds;
}

}  // namespace sockspec::cli
