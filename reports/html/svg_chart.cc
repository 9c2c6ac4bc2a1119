#include "reports/html/svg_chart.h"

#include <array>
#include <cstdio>

#include "reports/columns.h"
#include "reports/html/axis.h"
#include "reports/html/page.h"

namespace sockspec::reports {
namespace {

// The picture has this size in units of CSS pixels, so that its letters are as large as those
// around it where there is room, and still readable on a telephone.
constexpr double kWidth = 480, kHeight = 300;
constexpr double kLeft = 66, kRight = 14, kTop = 30, kBottom = 46;
constexpr double kLetter = 12;                   // the size of letters
constexpr double kLetterWidth = 0.58 * kLetter;  // about, of one column
constexpr std::size_t kMostMarked = 40;          // points of a curve that has a mark at each

constexpr std::array<CurveLook, kLooks> kCurveLooks{
    {{"#2b7bd4", ""}, {"#c26a00", "7 4"}, {"#9760cf", "2 3"}, {"#d63c3c", "9 3 2 3"}}};

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  return text.data();
}

class Drawing {
 public:
  explicit Drawing(const Chart& chart) : chart_(chart) {}

  std::string draw() {
    out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(kWidth) + " " +
           number(kHeight) + "\" width=\"" + number(kWidth) + "\" role=\"img\"" +
           html_attribute("aria-labelledby", chart_.id + "-title " + chart_.id + "-text") +
           " font-size=\"" + number(kLetter) + "\" fill=\"currentColor\">\n<title" +
           html_attribute("id", chart_.id + "-title") + ">" + html_text(chart_.title) +
           "</title>\n<desc" + html_attribute("id", chart_.id + "-text") + ">" +
           html_text(chart_.description) + "</desc>\n";
    across();
    upright();
    for (const ChartLimit& limit : chart_.limits) level(limit);
    for (const Curve& curve : chart_.curves) line(curve);
    return out_ + "</svg>\n";
  }

 private:
  double x_of(double value) const {
    return kLeft + share_of(chart_.x, value) * (kWidth - kLeft - kRight);
  }
  double y_of(double value) const {
    return kHeight - kBottom - share_of(chart_.y, value) * (kHeight - kTop - kBottom);
  }

  void rule(double x1, double y1, double x2, double y2, const char* how) {
    out_ += "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) +
            "\" y2=\"" + number(y2) + "\" stroke=\"currentColor\"" + how + "/>\n";
  }

  void words(double x, double y, const char* anchor, const std::string& text) {
    out_ += "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor +
            "\">" + html_text(text) + "</text>\n";
  }

  // The axis on the left, and a line across the picture for each of its ticks.
  void upright() {
    words(4, 16, "start", chart_.y.title);
    double free_below = kHeight;  // the next label must stand above this
    for (const Tick& tick : chart_.y.ticks) {
      const double y = y_of(tick.at);
      rule(kLeft, y, kWidth - kRight, y, " stroke-opacity=\"0.18\"");
      if (y > free_below) continue;
      words(kLeft - 6, y + kLetter / 3, "end", tick.label);
      free_below = y - kLetter - 2;
    }
  }

  // The axis at the bottom. A label that would run into the one before is left out.
  void across() {
    const double base = kHeight - kBottom;
    rule(kLeft, base, kWidth - kRight, base, " stroke-opacity=\"0.6\"");
    words(kWidth - kRight, kHeight - 8, "end", chart_.x.title);
    double taken = 0;
    for (const Tick& tick : chart_.x.ticks) {
      const double x = x_of(tick.at);
      rule(x, base, x, base + 4, " stroke-opacity=\"0.6\"");
      const double half = kLetterWidth * static_cast<double>(columns(tick.label)) / 2;
      const double middle = std::min(x, kWidth - 2 - half);
      if (middle - half < taken) continue;
      words(middle, base + 18, "middle", tick.label);
      taken = middle + half + 6;
    }
  }

  void level(const ChartLimit& limit) {
    if (limit.y < chart_.y.low || limit.y > chart_.y.high) return;
    const double y = y_of(limit.y);
    rule(kLeft, y, kWidth - kRight, y, " stroke-dasharray=\"4 3\"");
    words(kWidth - kRight, limit.least ? y + kLetter + 1 : y - 4, "end", limit.name);
  }

  void line(const Curve& curve) {
    const CurveLook& look = curve_look(curve.look);
    std::string path;
    bool drawing = false;
    for (std::size_t i = 0; i < curve.points.size(); ++i) {
      const ChartPoint& point = curve.points[i];
      if (!point.y) {
        drawing = false;
        continue;
      }
      path += (drawing ? "L" : "M") + number(x_of(point.x)) + " " + number(y_of(*point.y));
      // One between two gaps is a dot: a line to itself, whose ends are round.
      const bool alone = !drawing && (i + 1 == curve.points.size() || !curve.points[i + 1].y);
      if (alone) path += "L" + number(x_of(point.x)) + " " + number(y_of(*point.y));
      drawing = true;
    }
    if (path.empty()) return;
    out_ += "<path d=\"" + path + "\" fill=\"none\" stroke=\"" + look.colour +
            "\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-linecap=\"round\"";
    if (*look.dash) out_ += std::string(" stroke-dasharray=\"") + look.dash + "\"";
    out_ += "/>\n";
    if (curve.points.size() > kMostMarked) return;
    for (const ChartPoint& point : curve.points) {
      if (point.y) mark(curve.look, x_of(point.x), y_of(*point.y), point.says);
    }
  }

  // Its title is what a browser shows to who points at it.
  void mark(std::size_t look, double x, double y, const std::string& says) {
    const std::string end = std::string("\" fill=\"") + curve_look(look).colour + "\"><title>" +
                            html_text(says) + "</title>";
    const auto at = [&](double dx, double dy) {
      return number(x + dx) + "," + number(y + dy) + " ";
    };
    switch (look % kLooks) {
      case 0:
        out_ +=
            "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"3" + end + "</circle>\n";
        return;
      case 1:
        out_ += "<rect x=\"" + number(x - 3) + "\" y=\"" + number(y - 3) +
                "\" width=\"6\" height=\"6" + end + "</rect>\n";
        return;
      case 2:
        out_ += "<polygon points=\"" + at(0, -4) + at(3.5, 3) + at(-3.5, 3) + end + "</polygon>\n";
        return;
      default:
        out_ += "<polygon points=\"" + at(0, -4.5) + at(4, 0) + at(0, 4.5) + at(-4, 0) + end +
                "</polygon>\n";
    }
  }

  const Chart& chart_;
  std::string out_;
};

}  // namespace

const CurveLook& curve_look(std::size_t look) { return kCurveLooks[look % kLooks]; }

std::string svg_chart(const Chart& chart) { return Drawing(chart).draw(); }

std::string svg_swatch(std::size_t look) {
  const CurveLook& how = curve_look(look);
  std::string out =
      "<svg viewBox=\"0 0 28 8\" width=\"28\" height=\"8\" aria-hidden=\"true\">"
      "<line x1=\"1\" y1=\"4\" x2=\"27\" y2=\"4\" stroke=\"" +
      std::string(how.colour) + "\" stroke-width=\"3\"";
  if (*how.dash) out += std::string(" stroke-dasharray=\"") + how.dash + "\"";
  return out + "/></svg>";
}

}  // namespace sockspec::reports
