#include "core/load/rate_search.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <map>

namespace sockspec::load {
namespace {

// What the trials at one rate say together. Until they are a majority, the first one counts.
struct Level {
  double rate = 0;
  unsigned planned = 0;
  bool first_held = false;
  unsigned held = 0;
  unsigned failed = 0;
  unsigned limited = 0;

  void add(TrialOutcome outcome) {
    if (missing() == planned) first_held = outcome == TrialOutcome::Holds;
    switch (outcome) {
      case TrialOutcome::Holds: ++held; break;
      case TrialOutcome::Fails: ++failed; break;
      case TrialOutcome::GeneratorLimited: ++limited; break;
    }
  }

  unsigned missing() const { return planned - (held + failed + limited); }
  bool majority_held() const { return 2 * held > planned; }
  bool decided() const { return majority_held() || 2 * (held + missing()) <= planned; }
  bool holds() const { return decided() ? majority_held() : first_held; }
  bool confirmed() const { return missing() == 0 && majority_held(); }

  // In doubt it was the generator: a server is not called slow because we were.
  bool server_failed() const { return decided() && !majority_held() && failed > limited; }
};

using Levels = std::map<double, Level>;

Levels levels_of(const std::vector<Trial>& trials, unsigned confirmations) {
  Levels levels;
  for (const Trial& trial : trials) {
    const auto [at, fresh] = levels.try_emplace(trial.rate, Level{trial.rate, confirmations});
    at->second.add(trial.outcome);
  }
  return levels;
}

// New rates lie outside or between these two, and only they are tried again. So all rates up to
// low hold and all from high on do not, whatever a majority turned over.
struct Bracket {
  std::optional<Level> low;
  std::optional<Level> high;
};

Bracket bracket_of(const Levels& levels) {
  Bracket bracket;
  for (const auto& [rate, level] : levels) {
    if (level.holds()) {
      bracket.low = level;
    } else if (!bracket.high) {
      bracket.high = level;
    }
  }
  return bracket;
}

double rounded(double rate, int digits = 3) {
  const int power = digits - 1 - static_cast<int>(std::floor(std::log10(rate)));
  const double scale = std::pow(10, std::abs(power));  // whole, hence exact
  return power < 0 ? std::round(rate / scale) * scale : std::round(rate * scale) / scale;
}

double between(double low, double high) {
  const double middle = std::sqrt(low * high);
  for (int digits = 3; digits < 12; ++digits) {
    const double rate = rounded(middle, digits);
    if (low < rate && rate < high) return rate;
  }
  return middle;
}

// The rate of the next trial, were there no end to them.
std::optional<double> wanted(const Bracket& bracket, const std::vector<Trial>& trials,
                             const RateSearchLimits& limits) {
  const auto& [low, high] = bracket;
  if (!low && !high) return limits.first;
  const bool going_down = !low && high->rate > limits.least;
  if (going_down) return std::max(rounded(high->rate / 2), limits.least);
  const bool doubtful = high && !high->decided();
  const bool just_held = trials.back().outcome == TrialOutcome::Holds;
  // Not at once: a failure below makes it needless, and what disturbed a run may last a while.
  if (low && doubtful && just_held) return high->rate;
  if (!high && low->rate < limits.most) return std::min(rounded(2 * low->rate), limits.most);
  if (low && high && high->rate > low->rate * (1 + limits.precision))
    return between(low->rate, high->rate);
  if (low && low->missing() > 0) return low->rate;
  if (doubtful) return high->rate;
  return std::nullopt;
}

Capacity::Kind kind_of(const Bracket& bracket) {
  if (!bracket.high) return Capacity::Kind::AboveMost;
  if (!bracket.high->server_failed()) return Capacity::Kind::GeneratorLimited;
  return bracket.low ? Capacity::Kind::Found : Capacity::Kind::BelowLeast;
}

}  // namespace

RateSearch::RateSearch(const RateSearchLimits& limits) : limits_(limits) {
  assert(0 < limits.least && limits.least <= limits.most);
  assert(limits.precision >= 1e-6);
  assert(0 < limits.confirmations && limits.confirmations <= limits.most_trials);
  limits_.first = std::clamp(limits.first, limits.least, limits.most);
}

std::optional<double> RateSearch::next() const {
  if (trials_.size() >= limits_.most_trials) return std::nullopt;
  const std::size_t left = limits_.most_trials - trials_.size();
  const Bracket bracket = bracket_of(levels_of(trials_, limits_.confirmations));
  // A rough answer that is confirmed is worth more than a fine one that is not.
  if (bracket.low && bracket.low->missing() >= left) return bracket.low->rate;
  return wanted(bracket, trials_, limits_);
}

void RateSearch::add(TrialOutcome outcome, std::optional<double> figure) {
  const std::optional<double> rate = next();
  assert(rate);
  if (rate) trials_.push_back({*rate, outcome, figure});
}

Capacity RateSearch::result() const {
  const Levels levels = levels_of(trials_, limits_.confirmations);
  Capacity capacity;
  for (const auto& [rate, level] : levels) {
    if (level.confirmed()) capacity.low = rate;
    if (level.server_failed() && !capacity.high) capacity.high = rate;
  }
  const Bracket bracket = bracket_of(levels);
  if (!wanted(bracket, trials_, limits_)) capacity.kind = kind_of(bracket);
  return capacity;
}

}  // namespace sockspec::load
