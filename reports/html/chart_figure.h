// A chart in an HTML page: its title, the picture as SVG, a legend, and its data for charts.js,
// which puts an interactive picture in the place of the SVG.
#pragma once

#include <string>

#include "reports/html/chart.h"

namespace sockspec::reports {

// <figure class="chart" data-chart="…">. A page that holds one sets HtmlPage::charts.
std::string chart_figure(const Chart& chart, std::string_view lang);

// The data as charts.js reads them: ASCII, on one line.
std::string chart_json(const Chart& chart);

}  // namespace sockspec::reports
