// A chart as SVG that stands in an HTML page: the picture of a page whose scripts do not run, and
// the one that is printed.
//
// It needs no style sheet: text and axes have the colour of the text around them, the curves
// colours that can be told from a white and from a dark ground (at least 3 : 1 against both), and
// dashes and marks besides, for who does not see colours. Pure functions, for any thread.
#pragma once

#include <string>

#include "reports/html/chart.h"

namespace sockspec::reports {

struct CurveLook {
  const char* colour;  // "#2b7bd4"
  const char* dash;    // of stroke-dasharray; "" is a line without gaps
};
const CurveLook& curve_look(std::size_t look);

std::string svg_chart(const Chart& chart);

// A short piece of the curve, for a legend.
std::string svg_swatch(std::size_t look);

}  // namespace sockspec::reports
