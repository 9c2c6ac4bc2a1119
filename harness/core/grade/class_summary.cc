#include "core/grade/class_summary.h"

#include <algorithm>
#include <set>

namespace sockspec::grade {
namespace {

constexpr int kBuckets = 10;
constexpr int kWidth = 100 / kBuckets;

// The most common first; names decide between the equally common.
template <class Common>
std::vector<Common> most_common(const std::map<std::string, std::size_t>& counts) {
  std::vector<Common> list;
  list.reserve(counts.size());
  for (const auto& [name, count] : counts) list.push_back({name, count});
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.submissions > b.submissions; });
  return list;
}

void count_faults(const Submission& submission, std::map<std::string, std::size_t>& counts) {
  std::set<std::string> faults;
  for (const NamedFault& fault : submission.diagnosis) {
    if (fault.confidence >= kSureEnough) faults.insert(fault.fault);
  }
  for (const std::string& fault : faults) ++counts[fault];
}

std::size_t bucket_of(const Points& points) {
  if (points.most <= 0) return 0;
  const auto bucket = static_cast<std::size_t>(*points.earned * kBuckets / points.most);
  return std::min<std::size_t>(bucket, kBuckets - 1);
}

Hundredths median_of(std::vector<Hundredths> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace

ClassSummary summarize(const std::vector<Submission>& submissions) {
  ClassSummary summary;
  for (int i = 0; i < kBuckets; ++i) summary.histogram.push_back({i * kWidth, (i + 1) * kWidth, 0});
  std::map<std::string, std::size_t> faults, failures;
  std::vector<Hundredths> earned;
  Hundredths total = 0;
  for (const Submission& submission : submissions) {
    ++summary.states[submission.state];
    if (submission.resumed) ++summary.resumed;
    count_faults(submission, faults);
    for (const std::string& scenario :
         std::set<std::string>(submission.failed.begin(), submission.failed.end()))
      ++failures[scenario];
    if (!submission.points.earned) continue;
    ++summary.histogram[bucket_of(submission.points)].submissions;
    earned.push_back(*submission.points.earned);
    total += earned.back();
  }
  summary.common_faults = most_common<CommonFault>(faults);
  summary.common_failures = most_common<CommonFailure>(failures);
  if (!earned.empty()) {
    summary.mean = total / static_cast<Hundredths>(earned.size());
    summary.median = median_of(earned);
  }
  return summary;
}

}  // namespace sockspec::grade
