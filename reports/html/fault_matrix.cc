#include "reports/html/fault_matrix.h"

#include <map>

namespace sockspec::reports {

FaultMatrix fault_matrix(const FaultTable& table, const std::vector<Fault>& faults,
                         const std::vector<Scenario>& suite) {
  FaultMatrix matrix;
  matrix.cells.assign(suite.size(), std::vector<FaultCell>(faults.size()));
  matrix.catchers.assign(faults.size(), 0);
  std::map<std::string, std::size_t> number;
  for (std::size_t i = 0; i < faults.size(); ++i) number[faults[i].name] = i;
  for (const FaultRow& row : table) {
    const auto fault = number.find(row.fault);
    if (fault == number.end()) continue;
    for (std::size_t i = 0; i < suite.size(); ++i) {
      const std::string& scenario = suite[i].id;
      if (!row.signature.ran.contains(scenario) && !row.signature.wrong.contains(scenario))
        continue;
      FaultCell& cell = matrix.cells[i][fault->second];
      ++cell.met;
      if (catches(table, row, scenario)) ++cell.caught;
    }
  }
  for (const std::vector<FaultCell>& line : matrix.cells) {
    for (std::size_t i = 0; i < line.size(); ++i) matrix.catchers[i] += line[i].caught > 0 ? 1 : 0;
  }
  return matrix;
}

}  // namespace sockspec::reports
