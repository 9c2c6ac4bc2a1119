// Axes with ticks at round numbers. Pure functions, for any thread.
#pragma once

#include <functional>
#include <string>

#include "reports/html/chart.h"

namespace sockspec::reports {

using FigureText = std::function<std::string(double)>;

// From 0 to the round number at or above `highest`, with at most `most` + 1 ticks, `most` at
// least 1. 0 to 1 where `highest` is not above 0.
Axis linear_axis(std::string title, double highest, std::size_t most, const FigureText& text);

// From 0 to `highest` itself: of time, which ends when it ends.
Axis time_axis(std::string title, double highest, std::size_t most, const FigureText& text);

// From 1, 2 or 5 times a power of ten to another, around both; ticks at these, or, over more than
// two powers of ten, at those alone. Numbers below 1 count as 1.
Axis logarithmic_axis(std::string title, double lowest, double highest, const FigureText& text);

// For percentiles as HdrHistogram plots them: x is 1 / (1 - p), so that each further nine takes the
// same room. Ticks at 0, 50, 90, 99, 99.9 %, …; up to `highest`, but at least to 90 % and at most
// to kMostNines.
inline constexpr double kMostNines = 1e7;  // 99.99999 %
Axis percentile_axis(std::string title, double highest);

// The percentile at `x` of that axis, in percent, and as text: 1000 is "99.9 %".
double percentile_at(double x);
std::string percentile_text(double x);

// Where a value lies on its axis: 0 at the low end, 1 at the high one; outside counts as the nearer
// end, NaN as the low one.
double share_of(const Axis& axis, double value);

}  // namespace sockspec::reports
