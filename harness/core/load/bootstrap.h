// Bootstrap: whether server B is faster than server A, judged over runs.
//
// The figures are one per run, such as the p99 or the rate of each of ten runs; the unit is the
// run, because requests within a run are not independent of each other. Pure functions, safe from
// any thread; the same figures and seed give the same answer.
//
// The ratio is of the medians, with a percentile-bootstrap interval (Efron, Tibshirani, "An
// Introduction to the Bootstrap", 1993, ch. 13). The p-value is that of a two-sided permutation
// test (ibid., ch. 15; Ernst, "Permutation Methods", Statistical Science 19(4), 2004) of the rank
// sum (Wilcoxon, 1945): one run with a hiccup moves a rank sum as little as it moves a median,
// and ranks are whole numbers, so that ties are ties.
//
// Not to be used
//   - on requests, or on the seconds of one run: they depend on each other, and p would be tiny;
//   - on runs of A that all came before those of B: drift of the machine would look like a
//     difference, so run A B B A;
//   - again and again with more runs until it says something, or on many metrics to pick one: each
//     look has its own one chance in twenty of a false finding;
//   - for its interval alone where runs are few: below about ten a side it is too narrow. With
//   three
//     a side p is never below 0.1; a side with fewer than four makes it Inconclusive.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/names.h"

namespace sockspec::load {

// Which figures are the good ones: Lower for a latency, Higher for a rate.
enum class Better { Lower, Higher };

// Of b against a.
enum class Finding { Faster, Slower, Inconclusive };

struct Ratio {
  double value = 1;  // median of b / median of a
  double low = 1;    // of an interval with a confidence of 95 %
  double high = 1;
};

struct Comparison {
  std::optional<Ratio> ratio;  // none when a side is empty or a figure is not above zero
  double p_value = 1;          // of the hypothesis that the two servers are alike
  bool exact = false;          // all permutations were counted, not a sample of them
  Finding finding = Finding::Inconclusive;
};

// Inconclusive unless both sides have four runs, the interval leaves out 1, and p is below 0.05.
Comparison compare(std::span<const double> a, std::span<const double> b, Better better,
                   std::uint64_t seed);

}  // namespace sockspec::load

namespace sockspec {

template <>
std::span<const Named<load::Finding>> names<load::Finding>();

}  // namespace sockspec
