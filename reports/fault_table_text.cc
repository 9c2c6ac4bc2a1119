#include "reports/fault_table_text.h"

#include <algorithm>
#include <map>

#include "core/names.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kShown = 3;  // scenarios named on a line

std::string joined(const std::set<std::string>& names, std::size_t most = SIZE_MAX) {
  std::string text;
  std::size_t shown = 0;
  for (const std::string& name : names) {
    if (shown++ == most) return text + " +" + std::to_string(names.size() - most);
    text += (text.empty() ? "" : " ") + name;
  }
  return text;
}

std::set<std::string> caught_by(const FaultTable& table, const std::string& scenario) {
  std::set<std::string> faults;
  for (const FaultRow& row : table) {
    if (!row.fault.empty() && catches(table, row, scenario)) faults.insert(row.fault);
  }
  return faults;
}

struct Totals {
  std::size_t correct_runs = 0;  // scenarios that correct servers were judged by
  std::size_t correct = 0, variants = 0, unstable = 0;
};

Totals totals_of(const FaultTable& table) {
  Totals totals;
  for (const FaultRow& row : table) {
    (row.fault.empty() ? totals.correct : totals.variants) += 1;
    if (row.fault.empty()) totals.correct_runs += row.signature.ran.size();
    totals.unstable += row.unstable.size();
  }
  return totals;
}

std::string code(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "`" : ", `") + name + "`";
  return text;
}

}  // namespace

std::string fault_table_text(const FaultTable& table, const std::vector<Fault>& faults,
                             const std::vector<Scenario>& suite, std::string_view lang,
                             const Style& style) {
  std::string text;
  for (const Fault& fault : faults) {
    const std::set<std::string> catchers = catchers_of(table, fault.name);
    std::string name = fault.name;
    name.resize(std::max<std::size_t>(28, name.size() + 2), ' ');
    text += "  " + (catchers.empty() ? style.red(name) : name) + joined(catchers, kShown) + "\n";
  }
  const Totals totals = totals_of(table);
  text += "\n" +
          render({"selftest.totals",
                  {{"correct", std::to_string(totals.correct)},
                   {"runs", std::to_string(totals.correct_runs)},
                   {"faults", std::to_string(faults.size())},
                   {"variants", std::to_string(totals.variants)},
                   {"scenarios", std::to_string(suite.size())},
                   {"unstable", std::to_string(totals.unstable)}}},
                 lang) +
          "\n";
  return text;
}

std::string fault_table_markdown(const FaultTable& table, const std::vector<Fault>& faults,
                                 const std::vector<Scenario>& suite) {
  const Totals totals = totals_of(table);
  std::string text =
      "# What the suite catches\n\n"
      "Written by `sockspec selftest --markdown`; do not edit. " +
      std::to_string(faults.size()) + " faults in " + std::to_string(totals.variants) +
      " servers that are wrong on purpose, " + std::to_string(suite.size()) + " scenarios, " +
      std::to_string(totals.correct) +
      " correct servers that pass everything. `sockspec show NAME` explains a fault or a "
      "scenario.\n\n## Scenario by scenario\n\n| scenario | level | catches | only it catches "
      "|\n|---|---|---|---|\n";
  for (const Scenario& scenario : suite) {
    text += "| `" + scenario.id + "` | " + std::string(name_of(scenario.level)) + " | " +
            std::to_string(caught_by(table, scenario.id).size()) + " | " +
            code(only_caught_by(table, scenario.id)) + " |\n";
  }
  text +=
      "\n## Fault by fault\n\n| fault | what it does | profiles | caught by |\n|---|---|---|---|\n";
  for (const Fault& fault : faults) {
    const std::set<std::string> profiles(fault.profiles.begin(), fault.profiles.end());
    text += "| `" + fault.name + "` | " + fault.title.en + " | " + joined(profiles) + " | " +
            code(catchers_of(table, fault.name)) + " |\n";
  }
  return text;
}

}  // namespace sockspec::reports
