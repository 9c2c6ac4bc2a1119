// FaultMatrix: of each scenario and fault, in how many profiles the one catches the other. The
// fault table counted once, for a page that asks of each cell. Plain data.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/fault_table.h"

namespace sockspec::reports {

struct FaultCell {
  std::size_t met = 0;     // profiles in which the scenario met a server with this fault
  std::size_t caught = 0;  // and caught it
};

struct FaultMatrix {
  std::vector<std::vector<FaultCell>> cells;  // by number of the scenario, then of the fault
  std::vector<std::size_t> catchers;          // of each fault: scenarios that catch it somewhere

  bool only(std::size_t scenario, std::size_t fault) const {
    return catchers[fault] == 1 && cells[scenario][fault].caught > 0;
  }
};

FaultMatrix fault_matrix(const FaultTable& table, const std::vector<Fault>& faults,
                         const std::vector<Scenario>& suite);

}  // namespace sockspec::reports
