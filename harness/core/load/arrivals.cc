#include "core/load/arrivals.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

namespace sockspec::load {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kSecond = 1'000'000'000;  // nanoseconds

double ns(Duration duration) { return static_cast<double>(duration.count()); }

// Kepler's equation, angle - e * sin(angle) = mean, for 0 <= e < 1 and 0 <= mean <= pi. There the
// left side rises and is convex, so Newton's method from above comes down to the root without ever
// passing it, and the first step that does not come down ends it. Both starts are above the root.
double kepler(double mean, double e) {
  double angle = std::min({mean / (1 - e), mean + e, std::numbers::pi});
  for (;;) {
    const double error = angle - e * std::sin(angle) - mean;
    const double better = angle - error / (1 - e * std::cos(angle));
    if (!(better < angle)) return angle;
    angle = better;
  }
}

}  // namespace

Timetable::Timetable(const Arrivals& arrivals) : arrivals_(arrivals) {
  assert(!arrivals.rates.empty() && arrivals.duration > Duration::zero() && arrivals.burst > 0);
  int exponent = 0;
  mantissa_ = static_cast<std::uint64_t>(std::ldexp(std::frexp(arrivals.rates[0], &exponent), 53));
  shift_ = static_cast<unsigned>(53 - exponent);
  while (shift_ > 0 && mantissa_ % 2 == 0) {
    mantissa_ /= 2;
    --shift_;
  }
  double sum = 0;
  const double part = in_seconds(arrivals.duration) / static_cast<double>(arrivals.rates.size());
  for (const double rate : arrivals.rates) {
    before_.push_back(sum);
    sum += rate * part;
  }
}

std::optional<Duration> Timetable::due(std::uint64_t k) const {
  const Duration due = time_of(k);
  if (due >= arrivals_.duration) return std::nullopt;
  return due;
}

Duration Timetable::time_of(std::uint64_t k) const {
  const auto number = static_cast<double>(k);
  switch (arrivals_.law) {
    case Law::Constant: return even(k);
    case Law::Burst: return even(k - k % arrivals_.burst);
    case Law::Ramp: return rounded(ramp_ns(number));
    case Law::Steps: return rounded(steps_ns(number));
    case Law::Sine: return rounded(sine_ns(number));
    case Law::Poisson: break;
  }
  assert(false && "a Poisson schedule has no timetable");
  return arrivals_.duration;
}

// In whole numbers: k * 10^9 has more digits than a double after three minutes at 50k/s. Of whole
// rates they are small, and small ones are divided several times faster.
Duration Timetable::even(std::uint64_t k) const {
  const Wide scaled = k * (Wide{kSecond} << shift_) + mantissa_ / 2;
  const bool small = scaled <= std::numeric_limits<std::uint64_t>::max();
  const Wide due = small ? static_cast<std::uint64_t>(scaled) / mantissa_ : scaled / mantissa_;
  const auto end = static_cast<Wide>(arrivals_.duration.count());
  return Duration(static_cast<Duration::rep>(std::min(due, end)));
}

// Solves from * t + slope * t^2 / 2 = k, in the form that also bears a slope of zero and does not
// subtract like from like.
double Timetable::ramp_ns(double k) const {
  const double from = arrivals_.rates[0];
  const double slope = (arrivals_.rates[1] - from) / in_seconds(arrivals_.duration);
  const double square = from * from + 2 * slope * k;
  if (square < 0) return ns(arrivals_.duration);  // so many requests never come
  return 2 * k / (from + std::sqrt(square)) * 1e9;
}

double Timetable::steps_ns(double k) const {
  const auto after = std::upper_bound(before_.begin(), before_.end(), k);
  const auto step = static_cast<std::size_t>(after - before_.begin()) - 1;
  const double begin =
      ns(arrivals_.duration) * static_cast<double>(step) / static_cast<double>(before_.size());
  return begin + (k - before_[step]) / arrivals_.rates[step] * 1e9;
}

// The rate is middle - swing * cos(angle). Its integral, taken in shares of a period, is Kepler's
// equation, with swing / middle as the eccentricity.
double Timetable::sine_ns(double k) const {
  constexpr double kTurn = 2 * std::numbers::pi;
  const double low = arrivals_.rates[0];
  const double high = arrivals_.rates[1];
  const double in_period = (low + high) / 2 * in_seconds(arrivals_.period);
  const double periods = std::floor(k / in_period);
  const double rest = std::clamp(k - periods * in_period, 0.0, in_period);
  const double mean = kTurn * (rest / in_period);
  const double e = (high - low) / (high + low);
  // The way down is the way up, read from the end.
  const double angle = rest * 2 <= in_period ? kepler(mean, e) : kTurn - kepler(kTurn - mean, e);
  return ns(arrivals_.period) * (periods + angle / kTurn);
}

Duration Timetable::rounded(double ns_due) const {
  if (!(ns_due < ns(arrivals_.duration))) return arrivals_.duration;
  return Duration(std::llround(ns_due));
}

Schedule::Schedule(const Arrivals& arrivals, std::uint64_t seed, Stripe stripe)
    : timetable_(arrivals),
      poisson_(arrivals.law == Law::Poisson),
      duration_(arrivals.duration),
      k_(stripe.index),
      stride_(stripe.count),
      random_(derive_seed(seed, "arrivals", stripe.index)),
      mean_gap_ns_(1e9 * static_cast<double>(stripe.count) / arrivals.rates[0]) {
  assert(stripe.index < stripe.count && stripe.count <= 1ULL << 32U);
}

std::optional<Duration> Schedule::next() {
  const Duration due = poisson_ ? next_of_poisson() : timetable_.time_of(k_);
  if (due >= duration_) return std::nullopt;
  k_ += stride_;
  return due;
}

// Whole nanoseconds and the fraction apart: one sum of doubles would lose digits as the run goes
// on.
Duration Schedule::next_of_poisson() {
  if (at_ >= duration_) return duration_;
  const double above_zero = static_cast<double>((random_.next() >> 11U) + 1) * 0x1p-53;
  part_ns_ -= mean_gap_ns_ * std::log(above_zero);
  if (part_ns_ < ns(duration_)) {
    const auto whole = static_cast<Duration::rep>(part_ns_);
    part_ns_ -= static_cast<double>(whole);
    at_ += Duration(whole);
  } else {
    at_ = duration_;
  }
  return at_;
}

double offered(const Arrivals& arrivals) {
  if (arrivals.law == Law::Poisson) return arrivals.rates[0] * in_seconds(arrivals.duration);
  const Timetable timetable(arrivals);
  std::uint64_t after = 1;
  while (timetable.due(after)) after *= 2;
  std::uint64_t last = after / 2;  // request 0 is always due
  while (after - last > 1) {
    const std::uint64_t middle = last + (after - last) / 2;
    (timetable.due(middle) ? last : after) = middle;
  }
  return static_cast<double>(after);
}

double peak_rate(const Arrivals& arrivals) {
  return *std::max_element(arrivals.rates.begin(), arrivals.rates.end());
}

}  // namespace sockspec::load
