// Arrivals: when requests are due in an open loop, decided by a law and never by the replies.
//
// Every time here counts from the start of the run. Time is an argument of the laws, not read from
// a clock, so the same arrivals and seed give the same schedule (a Poisson one to the precision of
// the platform's logarithm). The due times are what response times are measured from; a sender
// that falls behind does not move them. On why an open loop: Schroeder, Wierman, Harchol-Balter,
// "Open Versus Closed: A Cautionary Tale" (NSDI 2006).
//
// A Schedule belongs to one thread; several schedules with different stripes share nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/names.h"
#include "core/random.h"
#include "core/result.h"
#include "core/time.h"

namespace sockspec::load {

enum class Law {
  Constant,  // one rate, evenly spaced, the first request at zero
  Poisson,   // one mean rate, gaps exponential and independent
  Ramp,      // from one rate to another, linearly over the whole duration
  Steps,     // a list of rates, each for an equal part of the duration
  Burst,     // one mean rate, `burst` requests at the same moment
  Sine,      // from a low rate up to a high one and back within each period
};

// Made by parse_arrivals(), which promises: as many rates as the law takes, each from kLeastRate to
// kMostRate; a duration above zero; burst above zero; for Sine, low before high and a period.
struct Arrivals {
  Law law = Law::Constant;
  std::vector<double> rates;  // requests per second
  Duration duration{};
  std::uint64_t burst = 1;  // Burst only
  Duration period{};        // Sine only

  bool operator==(const Arrivals&) const = default;
};

constexpr double kLeastRate = 0.001;
constexpr double kMostRate = 100e6;
constexpr std::uint64_t kMostBurst = 1'000'000;
constexpr Duration kLeastPeriod = std::chrono::milliseconds(1);

// How many requests the whole schedule holds: exact, except that for Poisson it is the mean.
double offered(const Arrivals& arrivals);

// The highest rate at any moment, in requests per second. For Burst the mean, since a burst has
// no rate.
double peak_rate(const Arrivals& arrivals);

// One part of the whole: request k belongs to the stripe whose index is k mod count.
struct Stripe {
  std::uint64_t index = 0;
  std::uint64_t count = 1;  // at most 2^32
};

// The due time of request k as a function of k alone: no history, hence no error that grows, and
// the same answer in every stripe. Not for Poisson, whose requests are known only in order.
class Timetable {
 public:
  explicit Timetable(const Arrivals& arrivals);

  // None once the duration has passed; k is below 2^33 beyond the last request. To the nearest
  // nanosecond: exactly for Constant and Burst, within one for the others. Allocates nothing.
  std::optional<Duration> due(std::uint64_t k) const;

  // The same without an optional, which costs where every request asks: the duration, or more, once
  // it has passed.
  Duration time_of(std::uint64_t k) const;

 private:
  Duration even(std::uint64_t k) const;
  double ramp_ns(double k) const;
  double steps_ns(double k) const;
  double sine_ns(double k) const;
  Duration rounded(double ns) const;

  Arrivals arrivals_;
  std::uint64_t mantissa_ = 1;  // the rate is mantissa_ / 2^shift_, exactly
  unsigned shift_ = 0;
  std::vector<double> before_;  // Steps: the requests before each step
};

// The due times of one stripe, in order. The stripes of one run are given the same arrivals and
// seed; together they make the whole. For Poisson each stripe is a stream of its own, of the rate
// divided by count: independent Poisson streams add up to one (Kingman, "Poisson Processes", 2.2).
class Schedule {
 public:
  Schedule(const Arrivals& arrivals, std::uint64_t seed, Stripe stripe = {});

  // None once the duration has passed, and from then on. Allocates nothing.
  std::optional<Duration> next();

 private:
  Duration next_of_poisson();  // the duration, or more, once it has passed

  Timetable timetable_;
  bool poisson_;
  Duration duration_;
  std::uint64_t k_;
  std::uint64_t stride_;
  Random random_;
  double mean_gap_ns_;
  Duration at_{};       // Poisson: the last arrival,
  double part_ns_ = 0;  // and the fraction of a nanosecond that it came later
};

// Arrivals as options give them. An empty `law` means the one that the form of `rate` implies:
// "10k" constant, "1k..10k" ramp, "1k,2k,5k" steps. Burst and period are needed by their laws and
// refused by the others. An error is one line that begins with the option at fault.
Result<Arrivals> parse_arrivals(std::string_view rate, std::string_view law, Duration duration,
                                std::optional<std::string_view> burst = std::nullopt,
                                std::optional<Duration> period = std::nullopt);

// The rates as parse_arrivals() reads them, exactly: "10k", "1k..10k", "1k,2k,5k".
std::string rate_text(const Arrivals& arrivals);

}  // namespace sockspec::load

namespace sockspec {

template <>
std::span<const Named<load::Law>> names<load::Law>();

}  // namespace sockspec
