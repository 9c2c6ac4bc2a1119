// Chart: a picture of curves as plain data. Made once, drawn twice: as SVG (svg_chart.h), and by
// the chart library in a browser that runs scripts (charts.js reads chart_json()). All its texts,
// those of the ticks and points among them, are ready to be shown, so both say the same.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sockspec::reports {

enum class Scale { Linear, Logarithmic };

struct Tick {
  double at = 0;
  std::string label;
};

// Of finite numbers, low < high; above zero where the scale is logarithmic. axis.h makes them.
struct Axis {
  std::string title;
  Scale scale = Scale::Linear;
  double low = 0;
  double high = 1;
  std::vector<Tick> ticks;  // rising, from low to high
};

// Where y is none, the curve has a gap.
struct ChartPoint {
  double x = 0;
  std::optional<double> y;
  std::string says;  // "12 s: 1,234 per second", for who points at it
};

struct Curve {
  std::string name;
  std::size_t look = 0;  // which colour, dash and mark; 0 to kLooks - 1
  std::vector<ChartPoint> points;
};
inline constexpr std::size_t kLooks = 4;
inline constexpr std::size_t kErrorLook = 3;  // the one that means "wrong"

// A level that is to be kept.
struct ChartLimit {
  double y = 0;
  std::string name;
  bool least = false;  // the curve is to stay above it; its name then stands below
};

struct Chart {
  std::string id;  // of the figure: letters, digits and hyphens
  std::string title;
  std::string description;  // what the picture shows, for who does not see it
  Axis x;
  Axis y;
  std::vector<Curve> curves;
  std::vector<ChartLimit> limits;  // those outside the y axis are not drawn
};

}  // namespace sockspec::reports
