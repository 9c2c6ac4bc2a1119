#include "reports/html/chart_figure.h"

#include <cmath>

#include "reports/html/page.h"
#include "reports/html/svg_chart.h"
#include "reports/messages.h"
#include "reports/printable.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using scenario::Json;

// Nobody sees more, and every page holds hundreds of them.
double six_digits(double value) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const double scale = std::pow(10.0, 5 - std::floor(std::log10(std::fabs(value))));
  return std::isfinite(scale) && scale > 0 ? std::round(value * scale) / scale : value;
}

Json axis_json(const Axis& axis) {
  Json json{{"title", axis.title},
            {"logarithmic", axis.scale == Scale::Logarithmic},
            {"low", axis.low},
            {"high", axis.high},
            {"ticks", Json::array()}};
  for (const Tick& tick : axis.ticks) json["ticks"].push_back({tick.at, tick.label});
  return json;
}

}  // namespace

std::string chart_json(const Chart& chart) {
  Json json{{"title", chart.title},
            {"x", axis_json(chart.x)},
            {"y", axis_json(chart.y)},
            {"curves", Json::array()},
            {"limits", Json::array()}};
  for (const Curve& curve : chart.curves) {
    const CurveLook& look = curve_look(curve.look);
    Json points = Json::array();
    for (const ChartPoint& point : curve.points) {
      points.push_back(
          {six_digits(point.x), point.y ? Json(six_digits(*point.y)) : Json(), point.says});
    }
    json["curves"].push_back({{"name", curve.name},
                              {"colour", look.colour},
                              {"dash", look.dash},
                              {"look", curve.look % kLooks},
                              {"points", std::move(points)}});
  }
  for (const ChartLimit& limit : chart.limits)
    json["limits"].push_back({limit.y, limit.name, limit.least});
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::string chart_figure(const Chart& chart, std::string_view lang) {
  const std::string keys = render({"chart.keys"}, lang);
  std::string out = "<figure class=\"chart\"" + html_attribute("id", chart.id) +
                    html_attribute("data-chart", chart_json(chart)) +
                    html_attribute("data-keys", keys) + ">\n<figcaption>" + html_text(chart.title) +
                    "</figcaption>\n<div class=\"picture\">\n" + svg_chart(chart) +
                    "</div>\n<ul class=\"legend\">\n";
  for (const Curve& curve : chart.curves)
    out += "<li>" + svg_swatch(curve.look) + " " + html_text(curve.name) + "</li>\n";
  return out + "</ul>\n</figure>\n";
}

}  // namespace sockspec::reports
