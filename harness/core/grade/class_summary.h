// What the submissions of a class have in common.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/grade/grade_report.h"

namespace sockspec::grade {

// A fault, and in how many submissions it is.
struct CommonFault {
  std::string fault;
  std::size_t submissions = 0;
  bool operator==(const CommonFault&) const = default;
};

// A scenario, and how many submissions do not hold it: for what no fault names.
struct CommonFailure {
  std::string scenario;
  std::size_t submissions = 0;
  bool operator==(const CommonFailure&) const = default;
};

// Submissions that earned from `from` up to below `to` percent of the points; the last holds 100.
struct PointsBucket {
  int from = 0;
  int to = 0;
  std::size_t submissions = 0;
  bool operator==(const PointsBucket&) const = default;
};

struct ClassSummary {
  std::map<State, std::size_t> states;
  std::vector<CommonFault> common_faults;      // the most common first, then by name
  std::vector<CommonFailure> common_failures;  // the same way
  std::vector<PointsBucket> histogram;         // always ten
  std::optional<Hundredths> mean;              // of those with points; none when there are none
  std::optional<Hundredths> median;
  std::size_t resumed = 0;
};

// Does not depend on the order of the submissions. A fault counts once in a submission, where the
// diagnosis is at least as sure as kSureEnough.
inline constexpr double kSureEnough = 0.5;
ClassSummary summarize(const std::vector<Submission>& submissions);

}  // namespace sockspec::grade
