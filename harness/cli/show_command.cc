// sockspec show: one profile, scenario or fault, explained.
#include <cstdio>
#include <sstream>

#include "cli/check_options.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "core/embedded_file.h"
#include "core/fits.h"
#include "core/names.h"
#include "core/nearest.h"
#include "scenario/faults.h"
#include "scenario/json_reader.h"
#include "scenario/parse_profile.h"

namespace sockspec::cli {
namespace {

const CommandSpec& spec() {
  static const CommandSpec kSpec = {
      "  sockspec show PROFILE | SCENARIO | FAULT\n",
      "Explains a profile (its contract and its scenarios), a scenario (what it is about, what "
      "the\n"
      "standard says, what usually goes wrong, and its steps) or a fault (what such a server "
      "does,\n"
      "why people write it, and how to mend it).\n\n"
      "  sockspec show tcp-echo\n"
      "  sockspec show close/half-close --lang ko\n"
      "  sockspec show nul-terminated\n",
      {{"scenarios", "FOLDER", "scenarios of your own instead of the built-in ones"},
       {"lang", "en|ko", "the language of what you read; from the locale by default"}},
      1,
      1,
      "PROFILE, SCENARIO or FAULT"};
  return kSpec;
}

void print_profile(const Profile& profile, const std::vector<Scenario>& suite,
                   const std::string& lang) {
  std::printf("%s: %s\n", profile.id.c_str(), profile.title.in(lang).c_str());
  if (!profile.source.empty()) std::printf("from %s\n", profile.source.c_str());
  const auto contract = scenario::parse_json(profile.json, profile.id);
  if (contract) std::printf("\n%s\n", contract->dump(2).c_str());
  std::printf("\n");
  for (const Scenario& scenario : suite) {
    if (!fits(scenario.requires_, profile)) continue;
    std::printf("  %-34s %-7s %s\n", scenario.id.c_str(),
                std::string(name_of(scenario.level)).c_str(), scenario.title.in(lang).c_str());
  }
}

std::string steps_of(const Scenario& scenario) {
  const EmbeddedFile* const file = find_file(embedded_scenarios(), scenario.id + ".json");
  if (!file) return {};
  // As the file has them: one step a line.
  const std::string text(file->content);
  const std::size_t start = text.find("\"steps\"");
  const std::size_t end = text.rfind('}');
  return start == std::string::npos ? text : text.substr(start, end - start);
}

void print_scenario(const Scenario& scenario, const std::string& lang) {
  std::printf("%s: %s  [%s]\n", scenario.id.c_str(), scenario.title.in(lang).c_str(),
              std::string(name_of(scenario.level)).c_str());
  if (!scenario.explanation.en.empty())
    std::printf("\n%s\n", scenario.explanation.in(lang).c_str());
  for (const Citation& cite : scenario.cites) {
    std::printf("\n%s %s\n  \"%s\"\n", cite.document.c_str(), cite.section.c_str(),
                cite.quote.c_str());
  }
  if (!scenario.hint.en.empty()) std::printf("\n%s\n", scenario.hint.in(lang).c_str());
  if (!scenario.catches.empty()) {
    std::printf("\ncatches:");
    for (const std::string& fault : scenario.catches) std::printf(" %s", fault.c_str());
    std::printf("\n");
  }
  std::printf("\n%s\n", steps_of(scenario).c_str());
}

void print_code(const char* language, const std::string& code) {
  std::printf("\n%s\n", language);
  std::istringstream lines(code);
  for (std::string line; std::getline(lines, line);) std::printf("    %s\n", line.c_str());
}

void print_fault(const Fault& fault, const std::string& lang) {
  std::printf("%s: %s\n", fault.name.c_str(), fault.title.in(lang).c_str());
  std::printf("\n%s\n\n%s\n", fault.explanation.in(lang).c_str(), fault.hint.in(lang).c_str());
  print_code("Python", fault.python);
  print_code("C", fault.c);
  print_code("Java", fault.java);
  std::printf("\n");
  for (const std::string& profile : fault.profiles) {
    std::printf("sockspec serve %s --fault %s\n", profile.c_str(), fault.name.c_str());
  }
}

}  // namespace

int show_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(spec()).c_str(), stdout), kHolds;
  const Result<std::string> lang = language_from(*options);
  if (!lang) return report_error(lang.error());
  const Result<std::vector<Scenario>> suite = suite_from(options->text("scenarios"));
  if (!suite) return report_error(suite.error());
  const Result<std::vector<Profile>> profiles = scenario::builtin_profiles();
  if (!profiles) return report_error(profiles.error());

  const std::string& name = options->operands()[0];
  std::vector<std::string> known;
  for (const Scenario& scenario : *suite) {
    if (scenario.id == name) return print_scenario(scenario, *lang), kHolds;
    known.push_back(scenario.id);
  }
  for (const Profile& profile : *profiles) {
    if (profile.id == name) return print_profile(profile, *suite, *lang), kHolds;
    known.push_back(profile.id);
  }
  const Result<std::vector<Fault>> faults = scenario::builtin_faults();
  if (!faults) return report_error(faults.error());
  for (const Fault& fault : *faults) {
    if (fault.name == name) return print_fault(fault, *lang), kHolds;
    known.push_back(fault.name);
  }
  if (name.ends_with(".json")) {
    const Result<Profile> profile = scenario::load_profile(name, {});
    if (!profile) return report_error(profile.error());
    return print_profile(*profile, *suite, *lang), kHolds;
  }
  return report_error(usage_error("there is no profile, scenario or fault \"" + name + "\"" +
                                  did_you_mean(name, known) +
                                  " (sockspec list profiles, list scenarios, list faults)"));
}

}  // namespace sockspec::cli
