#include "core/load/bootstrap.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/random.h"

namespace sockspec {

template <>
std::span<const Named<load::Finding>> names<load::Finding>() {
  using load::Finding;
  static constexpr Named<Finding> kTable[] = {{"faster", Finding::Faster},
                                              {"slower", Finding::Slower},
                                              {"inconclusive", Finding::Inconclusive}};
  return kTable;
}

}  // namespace sockspec

namespace sockspec::load {
namespace {

constexpr std::size_t kResamples = 10'000;
constexpr std::size_t kPermutations = 10'000;
constexpr std::uint64_t kMostExact = 20'000;  // ways to divide the runs
constexpr std::size_t kLeastRuns = 4;
constexpr double kSignificant = 0.05;

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

double median_of(std::span<const double> figures) {
  std::vector<double> copy(figures.begin(), figures.end());
  return median(copy);
}

double resampled_median(std::span<const double> figures, std::vector<double>& into,
                        Random& random) {
  into.resize(figures.size());
  for (double& value : into) value = figures[random.below(figures.size())];
  return median(into);
}

Ratio ratio_of_medians(std::span<const double> a, std::span<const double> b, Random random) {
  std::vector<double> ratios(kResamples);
  std::vector<double> sample;
  for (double& ratio : ratios) {
    const double of_a = resampled_median(a, sample, random);
    ratio = resampled_median(b, sample, random) / of_a;
  }
  std::sort(ratios.begin(), ratios.end());
  constexpr std::size_t kTail = kResamples / 40;  // 2.5 %
  return {median_of(b) / median_of(a), ratios[kTail - 1], ratios[kResamples - kTail]};
}

// Twice the rank of each figure of a and then of b among all; equal figures share their mean rank,
// and twice that is still a whole number.
std::vector<std::int64_t> doubled_ranks(std::span<const double> a, std::span<const double> b) {
  std::vector<double> all(a.begin(), a.end());
  all.insert(all.end(), b.begin(), b.end());
  std::vector<double> sorted = all;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::int64_t> ranks;
  for (const double figure : all) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), figure);
    ranks.push_back((first - sorted.begin()) + 1 + (last - sorted.begin()));
  }
  return ranks;
}

// C(all, chosen), or anything above kMostExact when it is more than that.
std::uint64_t ways_to_choose(std::uint64_t chosen, std::uint64_t all) {
  std::uint64_t ways = 1;
  for (std::uint64_t i = 1; i <= chosen && ways <= kMostExact; ++i) ways = ways * (all - i + 1) / i;
  return ways;
}

// How far the rank sum of a group lies from what its size makes it expect.
class Distance {
 public:
  Distance(const std::vector<std::int64_t>& ranks, std::size_t group)
      : ranks_(ranks), expected_(static_cast<std::int64_t>(group * (ranks.size() + 1))) {}

  std::int64_t of(std::span<const std::size_t> members) const {
    std::int64_t sum = 0;
    for (const std::size_t member : members) sum += ranks_[member];
    return std::abs(sum - expected_);
  }

 private:
  const std::vector<std::int64_t>& ranks_;
  std::int64_t expected_;
};

// The next choice of members in lexical order; false after the last.
bool next_choice(std::vector<std::size_t>& members, std::size_t all) {
  std::size_t at = members.size();
  while (at > 0 && members[at - 1] == all - members.size() + at - 1) --at;
  if (at == 0) return false;
  std::iota(members.begin() + static_cast<std::ptrdiff_t>(at) - 1, members.end(),
            members[at - 1] + 1);
  return true;
}

double exact_p_value(const Distance& distance, std::vector<std::size_t> members, std::size_t all) {
  const std::int64_t seen = distance.of(members);
  std::uint64_t as_far = 0;
  std::uint64_t choices = 0;
  do {
    ++choices;
    if (distance.of(members) >= seen) ++as_far;
  } while (next_choice(members, all));
  return static_cast<double>(as_far) / static_cast<double>(choices);
}

// What was seen counts as one of the permutations, so that p is never zero (Phipson, Smyth 2010).
double sampled_p_value(const Distance& distance, const std::vector<std::size_t>& members,
                       std::size_t all, Random random) {
  const std::int64_t seen = distance.of(members);
  std::vector<std::size_t> order(all);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::size_t as_far = 1;
  for (std::size_t round = 0; round < kPermutations; ++round) {
    for (std::size_t i = 0; i < members.size(); ++i)
      std::swap(order[i], order[i + random.below(all - i)]);
    if (distance.of(std::span(order).first(members.size())) >= seen) ++as_far;
  }
  return static_cast<double>(as_far) / static_cast<double>(kPermutations + 1);
}

bool usable(std::span<const double> figures) {
  return !figures.empty() && std::all_of(figures.begin(), figures.end(), [](double figure) {
    return std::isfinite(figure) && figure > 0;
  });
}

Finding finding_of(const Comparison& comparison, Better better) {
  const Ratio& ratio = *comparison.ratio;
  if (comparison.p_value >= kSignificant) return Finding::Inconclusive;
  if (ratio.low > 1) return better == Better::Higher ? Finding::Faster : Finding::Slower;
  if (ratio.high < 1) return better == Better::Lower ? Finding::Faster : Finding::Slower;
  return Finding::Inconclusive;
}

}  // namespace

Comparison compare(std::span<const double> a, std::span<const double> b, Better better,
                   std::uint64_t seed) {
  Comparison comparison;
  if (!usable(a) || !usable(b)) return comparison;
  comparison.ratio = ratio_of_medians(a, b, Random(derive_seed(seed, "bootstrap", 0)));

  // Of the smaller side there are fewer to add up, and the rank sum of the other lies exactly as
  // far from what is expected of it.
  const std::size_t all = a.size() + b.size();
  std::vector<std::size_t> members(std::min(a.size(), b.size()));
  const std::vector<std::int64_t> ranks =
      a.size() <= b.size() ? doubled_ranks(a, b) : doubled_ranks(b, a);
  std::iota(members.begin(), members.end(), std::size_t{0});
  const Distance distance(ranks, members.size());
  comparison.exact = ways_to_choose(members.size(), all) <= kMostExact;
  comparison.p_value =
      comparison.exact
          ? exact_p_value(distance, members, all)
          : sampled_p_value(distance, members, all, Random(derive_seed(seed, "permutation", 0)));
  if (std::min(a.size(), b.size()) >= kLeastRuns)
    comparison.finding = finding_of(comparison, better);
  return comparison;
}

}  // namespace sockspec::load
