// RateSearch: the decisions of --find-rate, the highest open-loop rate at which an objective such
// as 'response.p99 < 5ms' holds.
//
// It says which rate to try next and is told how that run went: double while the objective holds,
// halve while it does not, then close in from both sides. Runs on a shared machine are noisy, so
// neither end of the answer rests on one of them: a rate holds or fails by the majority of several
// trials, and a failure is tried again as soon as a lower rate has held, lest one hiccup on the way
// up end the search far too low. Where a server has no sharp edge this closes in on the rate at
// which every other run holds; low and high are a bracket, not an interval of confidence. It is
// taken for granted that an objective which holds at one rate would hold at any lower one.
//
// Rates are requests per second, of three digits where that is fine enough. No clock and no I/O:
// the same outcomes lead to the same trials. Nothing here fails. Belongs to one thread.
#pragma once

#include <optional>
#include <vector>

#include "core/load/arrivals.h"

namespace sockspec::load {

struct RateSearchLimits {
  double first = 1000;  // moved to the nearer limit if it is beyond one
  double least = 1;     // above zero
  double most = kMostRate;
  double precision = 0.05;     // the search is over when high / low <= 1.05; at least 1e-6
  unsigned confirmations = 3;  // trials that decide about a rate; odd, for an even count needs more
  unsigned most_trials = 30;   // at least `confirmations`
};

enum class TrialOutcome {
  Holds,
  Fails,             // because of the server
  GeneratorLimited,  // we could not offer that rate, so it says nothing about the server
};

// One run at a constant mean rate.
struct Trial {
  double rate = 0;
  TrialOutcome outcome = TrialOutcome::Fails;
  std::optional<double> figure;  // what the objective is about, in its unit; only to be shown
};

struct Capacity {
  enum class Kind {
    Found,             // between low and high
    BelowLeast,        // not even the lowest rate holds
    AboveMost,         // the highest rate holds
    GeneratorLimited,  // low holds, if it is not zero; above it the generator was the limit
    Unclear,           // the trials did not suffice; low and high are what they did show
  };
  Kind kind = Kind::Unclear;
  double low = 0;              // the highest rate that holds, confirmed in full; zero: none is
  std::optional<double> high;  // the lowest rate at which the server fails, decided by majority
};

class RateSearch {
 public:
  explicit RateSearch(const RateSearchLimits& limits);

  // The rate of the next trial; none when the search is over.
  std::optional<double> next() const;

  // How the trial at next() went, of which there must be one.
  void add(TrialOutcome outcome, std::optional<double> figure = std::nullopt);

  // In the order they were made.
  const std::vector<Trial>& trials() const { return trials_; }

  // Before the search is over it is Unclear, with what is known so far.
  Capacity result() const;

 private:
  RateSearchLimits limits_;
  std::vector<Trial> trials_;
};

}  // namespace sockspec::load

namespace sockspec {

template <>
std::span<const Named<load::TrialOutcome>> names<load::TrialOutcome>();
template <>
std::span<const Named<load::Capacity::Kind>> names<load::Capacity::Kind>();

}  // namespace sockspec
