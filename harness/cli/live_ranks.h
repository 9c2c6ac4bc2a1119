// LiveRanks: what all ranks do, second by second, for the status line of rank 0.
//
// Each rank sends a snapshot of its last second; rank 0 adds up the newest of each. What is lost or
// late is missing on the line and nowhere else: the report is made of the whole figures at the end.
// Snapshots are signs of life, too.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/load/load_report.h"
#include "mpi/ranks.h"

namespace sockspec::cli {

class LiveRanks {
 public:
  explicit LiveRanks(mpi::Ranks& ranks);

  // A run begins on all ranks; from its time zero on they tell, and silence counts.
  void begin(Duration zero);

  // Tells rank 0, or hears the others: what is to be shown.
  load::Interval second(const load::Interval& own, const load::Histogram& response);

  // On rank 0: a rank from which nothing has come for too long.
  std::optional<int> silent() const;

 private:
  struct Snapshot {
    load::Interval interval;
    load::Histogram response;
  };

  void hear(int from);

  mpi::Ranks& ranks_;
  std::map<int, Snapshot> newest_;
  std::vector<Duration> heard_;
};

}  // namespace sockspec::cli
