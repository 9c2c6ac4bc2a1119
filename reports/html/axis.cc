#include "reports/html/axis.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>

namespace sockspec::reports {
namespace {

constexpr double kAlmost = 1e-9;  // relative: what rounding may take away

struct Round {
  int factor;  // 1, 2 or 5
  int power;

  double value() const { return factor * std::pow(10.0, power); }
};

Round next(Round at) {
  if (at.factor == 5) return {1, at.power + 1};
  return {at.factor == 1 ? 2 : 5, at.power};
}

// The greatest of 1, 2 and 5 times a power of ten that is not above `number`, which is above 0.
Round round_below(double number) {
  Round at{1, static_cast<int>(std::floor(std::log10(number))) - 1};
  while (next(at).value() <= number * (1 + kAlmost)) at = next(at);
  return at;
}

Round round_above(double number) {
  const Round below = round_below(number);
  return below.value() < number * (1 - kAlmost) ? next(below) : below;
}

std::vector<Tick> steps(double high, double step, const FigureText& text) {
  std::vector<Tick> ticks;
  for (std::size_t i = 0;; ++i) {
    const double at = static_cast<double>(i) * step;
    if (at > high * (1 + kAlmost)) return ticks;
    ticks.push_back({at, text(at)});
  }
}

double step_for(double highest, std::size_t most) {
  return round_above(highest / static_cast<double>(std::max<std::size_t>(most, 1))).value();
}

double usable(double highest) { return std::isfinite(highest) && highest > 1e-9 ? highest : 1; }

}  // namespace

Axis linear_axis(std::string title, double highest, std::size_t most, const FigureText& text) {
  highest = usable(highest);
  const double step = step_for(highest, most);
  const double high = std::ceil(highest / step * (1 - kAlmost)) * step;
  return {std::move(title), Scale::Linear, 0, high, steps(high, step, text)};
}

Axis time_axis(std::string title, double highest, std::size_t most, const FigureText& text) {
  highest = usable(highest);
  return {std::move(title), Scale::Linear, 0, highest,
          steps(highest, step_for(highest, most), text)};
}

Axis logarithmic_axis(std::string title, double lowest, double highest, const FigureText& text) {
  lowest = std::max(usable(lowest), 1.0);
  highest = std::max(usable(highest), lowest);
  const Round low = round_below(lowest);
  Round high = round_above(highest);
  if (high.value() <= low.value()) high = next(low);
  Axis axis{std::move(title), Scale::Logarithmic, low.value(), high.value(), {}};
  const bool powers_only = axis.high / axis.low > 100 * (1 + kAlmost);
  for (Round at = low; at.value() <= axis.high * (1 + kAlmost); at = next(at)) {
    if (!powers_only || at.factor == 1) axis.ticks.push_back({at.value(), text(at.value())});
  }
  return axis;
}

Axis percentile_axis(std::string title, double highest) {
  highest = std::clamp(usable(highest), 10.0, kMostNines);
  Axis axis{std::move(title), Scale::Logarithmic, 1, highest, {}};
  for (const double at : {1.0, 2.0}) axis.ticks.push_back({at, percentile_text(at)});
  for (double at = 10; at <= highest * (1 + kAlmost); at *= 10)
    axis.ticks.push_back({at, percentile_text(at)});
  return axis;
}

double percentile_at(double x) { return x > 1 ? 100 - 100 / x : 0; }

std::string percentile_text(double x) {
  // Two digits more than there are nines tell neighbours apart; zeros at the end tell nothing.
  const int nines = x > 1 ? static_cast<int>(std::floor(std::log10(x) + kAlmost)) : 0;
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", std::min(nines, 16), percentile_at(x));
  std::string digits = text;
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return digits + "\xC2\xA0%";
}

double share_of(const Axis& axis, double value) {
  double share = 0;
  if (axis.scale == Scale::Linear) {
    share = (value - axis.low) / (axis.high - axis.low);
  } else if (value > axis.low) {
    share = std::log(value / axis.low) / std::log(axis.high / axis.low);
  }
  return share > 0 ? std::min(share, 1.0) : 0;
}

}  // namespace sockspec::reports
