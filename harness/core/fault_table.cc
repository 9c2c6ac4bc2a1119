#include "core/fault_table.h"

#include <algorithm>
#include <map>

namespace sockspec {
namespace {

enum class Cell { NotRun, Clean, Wrong };

Cell cell_of(const Signature& signature, const std::string& scenario) {
  if (signature.wrong.contains(scenario)) return Cell::Wrong;
  return signature.ran.contains(scenario) ? Cell::Clean : Cell::NotRun;
}

std::set<std::string> scenarios_in(const Signature& signature) {
  std::set<std::string> names = signature.ran;
  for (const auto& [scenario, signs] : signature.wrong) names.insert(scenario);
  return names;
}

std::string word(Cell cell) {
  switch (cell) {
    case Cell::NotRun: return "not run";
    case Cell::Clean: return "nothing wrong";
    case Cell::Wrong: return "wrong";
  }
  return {};
}

std::string name_of_row(const FaultRow& row) {
  return row.fault.empty() ? "the correct server" : row.fault;
}

}  // namespace

const FaultRow* find_row(const FaultTable& table, const std::string& fault,
                         const std::string& profile) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const FaultRow& row) {
    return row.fault == fault && row.profile == profile;
  });
  return found == table.end() ? nullptr : &*found;
}

FaultRow join_runs(const std::vector<FaultRow>& runs) {
  FaultRow joined = runs.front();
  for (const FaultRow& run : runs) {
    std::set<std::string> names = scenarios_in(joined.signature);
    names.merge(scenarios_in(run.signature));
    for (const std::string& scenario : names) {
      if (cell_of(runs.front().signature, scenario) != cell_of(run.signature, scenario))
        joined.unstable.insert(scenario);
    }
    for (const auto& [scenario, signs] : run.signature.wrong)
      joined.signature.wrong[scenario].insert(signs.begin(), signs.end());
    joined.seconds = std::max(joined.seconds, run.seconds);
    joined.signature.process.insert(run.signature.process.begin(), run.signature.process.end());
  }
  for (const auto& [scenario, signs] : joined.signature.wrong) joined.signature.ran.erase(scenario);
  return joined;
}

bool catches(const FaultTable& table, const FaultRow& row, const std::string& scenario) {
  const auto found = row.signature.wrong.find(scenario);
  if (found == row.signature.wrong.end() || row.unstable.contains(scenario)) return false;
  const FaultRow* correct = find_row(table, "", row.profile);
  if (!correct || !correct->signature.wrong.contains(scenario)) return true;
  const std::set<std::string>& usual = correct->signature.wrong.at(scenario);
  return std::any_of(found->second.begin(), found->second.end(),
                     [&](const std::string& sign) { return !usual.contains(sign); });
}

std::set<std::string> catchers_of(const FaultTable& table, const std::string& fault) {
  std::set<std::string> catchers;
  for (const FaultRow& row : table) {
    if (row.fault != fault) continue;
    for (const auto& [scenario, signs] : row.signature.wrong) {
      if (catches(table, row, scenario)) catchers.insert(scenario);
    }
  }
  return catchers;
}

std::set<std::string> only_caught_by(const FaultTable& table, const std::string& scenario) {
  std::set<std::string> faults;
  for (const FaultRow& row : table) {
    if (!row.fault.empty() && catchers_of(table, row.fault) == std::set{scenario})
      faults.insert(row.fault);
  }
  return faults;
}

std::vector<Message> weaknesses(const FaultTable& table, const std::vector<Fault>& faults,
                                const std::vector<Scenario>& suite) {
  std::vector<Message> found;
  std::set<std::string> useful;
  for (const FaultRow& row : table) {
    for (const auto& [scenario, signs] : row.signature.wrong) {
      const bool only_may = std::all_of(signs.begin(), signs.end(), [](const std::string& sign) {
        return sign.ends_with(kMaySuffix);
      });
      if (row.fault.empty() && only_may) continue;
      if (row.fault.empty()) {
        found.push_back(
            {"selftest.innocent-convicted",
             {{"profile", row.profile}, {"scenario", scenario}, {"sign", *signs.begin()}}});
      } else if (catches(table, row, scenario)) {
        useful.insert(scenario);
      }
    }
  }
  for (const Fault& fault : faults) {
    for (const std::string& profile : fault.profiles) {
      const FaultRow* row = find_row(table, fault.name, profile);
      const bool caught =
          row && std::any_of(row->signature.wrong.begin(), row->signature.wrong.end(),
                             [&](const auto& entry) { return catches(table, *row, entry.first); });
      if (!caught)
        found.push_back({"selftest.survived", {{"fault", fault.name}, {"profile", profile}}});
    }
  }
  for (const Scenario& scenario : suite) {
    if (!useful.contains(scenario.id))
      found.push_back({"selftest.catches-nothing", {{"scenario", scenario.id}}});
    for (const std::string& fault : scenario.catches) {
      if (!catchers_of(table, fault).contains(scenario.id))
        found.push_back({"selftest.does-not-catch", {{"scenario", scenario.id}, {"fault", fault}}});
    }
  }
  return found;
}

std::vector<Message> differences(const FaultTable& kept, const FaultTable& now) {
  std::vector<Message> found;
  for (const FaultRow& row : now) {
    const FaultRow* before = find_row(kept, row.fault, row.profile);
    if (!before) {
      found.push_back(
          {"selftest.new-row", {{"fault", name_of_row(row)}, {"profile", row.profile}}});
      continue;
    }
    std::set<std::string> names = scenarios_in(row.signature);
    names.merge(scenarios_in(before->signature));
    for (const std::string& scenario : names) {
      if (row.unstable.contains(scenario) || before->unstable.contains(scenario)) continue;
      const Cell is = cell_of(row.signature, scenario);
      const Cell was = cell_of(before->signature, scenario);
      // Not run, or in doubt: a busy machine says nothing about the suite.
      if (is == Cell::NotRun || was == Cell::NotRun) continue;
      if (is != was)
        found.push_back({"selftest.changed",
                         {{"fault", name_of_row(row)},
                          {"profile", row.profile},
                          {"scenario", scenario},
                          {"was", word(was)},
                          {"is", word(is)}}});
    }
  }
  return found;
}

}  // namespace sockspec
