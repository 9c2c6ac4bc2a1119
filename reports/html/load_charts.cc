#include "reports/html/load_charts.h"

#include <algorithm>
#include <cmath>

#include "reports/html/axis.h"
#include "reports/html/fewer_intervals.h"
#include "reports/load_sentences.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

using load::Interval;
using load::LoadReport;

constexpr std::size_t kMostTicks = 6;
constexpr double kLowestShare =
    1e-6;  // of the highest latency: below it a curve lies on the ground
constexpr std::size_t kMostLimits = 4;

double nanoseconds(Duration duration) { return static_cast<double>(duration.count()); }

std::string latency_figure(double ns) {
  return latency_text(Duration(static_cast<Duration::rep>(ns)));
}

// "1 ms" at a tick, not "1.00 ms".
std::string latency_tick(double ns) {
  std::string text = latency_figure(ns);
  const std::size_t point = text.find('.');
  const std::size_t unit = text.find(' ');
  if (point != std::string::npos && text.find_first_not_of('0', point + 1) == unit)
    text.erase(point, unit - point);
  return text;
}

std::string rate_tick(double per_second) {
  return per_second == std::floor(per_second) && per_second < 1e15
             ? grouped(static_cast<std::uint64_t>(per_second))
             : rate_text(per_second);
}

std::string plain(double number) {
  std::string text = rate_text(number);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

class Painter {
 public:
  explicit Painter(const LoadReport& report)
      : report_(report),
        fewer_(fewer_intervals(report.intervals, kMostPoints)),
        in_minutes_(report.duration > std::chrono::minutes(10)) {}

  std::vector<Chart> paint() {
    std::vector<Chart> charts;
    if (fewer_.intervals.size() > 1) {
      charts.push_back(rate());
      if (std::any_of(fewer_.intervals.begin(), fewer_.intervals.end(),
                      [](const Interval& interval) { return interval.p99.has_value(); }))
        charts.push_back(latency());
    }
    if (report_.total.latency.response.count() > 0 || report_.total.latency.service.count() > 0)
      charts.push_back(percentiles());
    return charts;
  }

 private:
  std::string say(const Message& message) const { return render(message, report_.lang); }
  double unit() const { return in_minutes_ ? 60 : 1; }
  double middle(const Interval& interval) const {
    return in_seconds(interval.start + interval.length / 2) / unit();
  }

  std::string when(const Interval& interval) const {
    return plain(in_seconds(interval.start)) + "–" +
           plain(in_seconds(interval.start + interval.length)) + " s";
  }

  Axis time() const {
    const Interval& last = fewer_.intervals.back();
    return time_axis(say({in_minutes_ ? "chart.minutes" : "chart.seconds"}),
                     in_seconds(last.start + last.length) / unit(), kMostTicks, plain);
  }

  // A curve for one count of the intervals, per second.
  Curve counted(const char* name, std::size_t look, std::uint64_t Interval::*count) const {
    Curve curve{say({name}), look, {}};
    for (const Interval& interval : fewer_.intervals) {
      const double seconds = in_seconds(interval.length);
      if (seconds <= 0) continue;
      const double per_second = static_cast<double>(interval.*count) / seconds;
      curve.points.push_back(
          {middle(interval), per_second, when(interval) + ": " + rate_text(per_second) + "/s"});
    }
    return curve;
  }

  Chart rate() const {
    Chart chart;
    chart.id = "chart-rate";
    chart.title = say({"chart.rate"});
    // Replies last: where all are answered they lie on the requests, and are what counts.
    chart.curves = {counted("chart.sent", 1, &Interval::sent),
                    counted("chart.replies", 0, &Interval::answered)};
    const bool wrong = std::any_of(fewer_.intervals.begin(), fewer_.intervals.end(),
                                   [](const Interval& interval) { return interval.errors > 0; });
    if (wrong) chart.curves.push_back(counted("chart.wrong", kErrorLook, &Interval::errors));
    add_limits(chart, [](const load::Metric& metric) {
      return std::holds_alternative<load::AchievedRate>(metric);
    });
    double highest = 0, least = INFINITY, most = 0;
    for (const Curve& curve : chart.curves) {
      for (const ChartPoint& point : curve.points) highest = std::max(highest, *point.y);
    }
    for (const ChartPoint& point : chart.curves[1].points) {
      least = std::min(least, *point.y);
      most = std::max(most, *point.y);
    }
    for (const ChartLimit& limit : chart.limits) {
      if (limit.y < 10 * highest) highest = std::max(highest, limit.y);
    }
    chart.x = time();
    chart.y = linear_axis(say({"chart.per-second"}), highest, kMostTicks, rate_tick);
    chart.description =
        say({"chart.rate-text",
             {{"least", rate_text(std::min(least, most))}, {"most", rate_text(most)}}}) +
        joined();
    return chart;
  }

  std::string joined() const {
    if (fewer_.joined == 1) return {};
    return " " + say({"chart.joined", {{"count", grouped(fewer_.joined)}}});
  }

  Curve timed(const std::string& name, std::size_t look,
              std::optional<Duration> Interval::*figure) const {
    Curve curve{name, look, {}};
    for (const Interval& interval : fewer_.intervals) {
      ChartPoint point{middle(interval), {}, when(interval) + ": "};
      if (const auto& latency = interval.*figure) {
        point.y = nanoseconds(*latency);
        point.says += latency_text(*latency);
      } else {
        point.says += "-";
      }
      curve.points.push_back(point);
    }
    return curve;
  }

  Chart latency() const {
    Chart chart;
    chart.id = "chart-latency";
    chart.title = say({"chart.latency"});
    chart.curves = {timed("p50", 0, &Interval::p50), timed("p99", 1, &Interval::p99),
                    timed(say({"chart.most"}), 2, &Interval::max)};
    add_limits(chart, [](const load::Metric& metric) {
      const auto* const latency = std::get_if<load::LatencyMetric>(&metric);
      return latency && latency->series == load::Series::Response &&
             (latency->statistic == load::Statistic::P50 ||
              latency->statistic == load::Statistic::P99 ||
              latency->statistic == load::Statistic::Max);
    });
    chart.x = time();
    chart.y = latency_axis(chart);
    std::optional<Duration> least, most;
    for (const Interval& interval : fewer_.intervals) {
      if (!interval.p99) continue;
      least = least ? std::min(*least, *interval.p99) : *interval.p99;
      most = most ? std::max(*most, *interval.p99) : *interval.p99;
    }
    chart.description = say({"chart.latency-text",
                             {{"least", latency_text(*least)}, {"most", latency_text(*most)}}}) +
                        joined();
    return chart;
  }

  // Like the percentile iterator of HdrHistogram: five steps for each halving of what is left.
  Curve percentile_curve(const char* name, std::size_t look,
                         const load::Histogram& histogram) const {
    constexpr double kStepsPerHalving = 5;
    Curve curve{say({name}), look, {}};
    const auto add = [&](double x, Duration latency) {
      curve.points.push_back(
          {x, nanoseconds(latency), percentile_text(x) + ": " + latency_text(latency)});
    };
    const double most = std::min(static_cast<double>(histogram.count()), kMostNines);
    for (double step = 0;; ++step) {
      const double x = std::exp2(step / kStepsPerHalving);
      if (x >= most) break;
      add(x, *histogram.at_percentile(percentile_at(x)));
    }
    if (static_cast<double>(histogram.count()) > kMostNines) {
      add(most, *histogram.at_percentile(percentile_at(most)));
    } else {
      add(most, *histogram.max());
      curve.points.back().says = say({"chart.most"}) + ": " + latency_text(*histogram.max());
    }
    return curve;
  }

  Chart percentiles() const {
    Chart chart;
    chart.id = "chart-percentiles";
    chart.title = say({"chart.percentiles"});
    const load::Latencies& latency = report_.total.latency;
    const struct {
      const char* name;
      const load::Histogram* histogram;
    } all[] = {{"load.response", &latency.response},
               {"load.service", &latency.service},
               {"load.lag", &latency.lag}};
    std::uint64_t most = 0;
    for (std::size_t i = 0; i < std::size(all); ++i) {
      if (all[i].histogram->count() == 0) continue;
      most = std::max(most, all[i].histogram->count());
      chart.curves.push_back(percentile_curve(all[i].name, i, *all[i].histogram));
    }
    add_limits(chart, [](const load::Metric& metric) {
      return std::holds_alternative<load::LatencyMetric>(metric);
    });
    chart.x = percentile_axis(say({"chart.percentile"}), static_cast<double>(most));
    chart.y = latency_axis(chart);
    const load::Histogram& main = latency.response.count() > 0 ? latency.response : latency.service;
    const auto figure = [&](double percent) { return latency_text(*main.at_percentile(percent)); };
    chart.description = say({"chart.percentiles-text",
                             {{"p50", figure(50)}, {"p99", figure(99)}, {"max", figure(100)}}});
    return chart;
  }

  Axis latency_axis(const Chart& chart) const {
    double lowest = INFINITY, highest = 0;
    for (const Curve& curve : chart.curves) {
      for (const ChartPoint& point : curve.points) {
        if (!point.y) continue;
        lowest = std::min(lowest, *point.y);
        highest = std::max(highest, *point.y);
      }
    }
    for (const ChartLimit& limit : chart.limits) {
      if (limit.y > highest && limit.y < 100 * highest) highest = limit.y;
    }
    return logarithmic_axis(say({"chart.log-latency"}), std::max(lowest, highest * kLowestShare),
                            highest, latency_tick);
  }

  template <class Belongs>
  void add_limits(Chart& chart, const Belongs& belongs) const {
    for (const load::ThresholdResult& result : report_.thresholds) {
      if (chart.limits.size() == kMostLimits) return;
      if (belongs(result.threshold.metric) && result.threshold.value > 0)
        chart.limits.push_back({result.threshold.value, load::text(result.threshold),
                                result.threshold.relation == load::Relation::Greater ||
                                    result.threshold.relation == load::Relation::AtLeast});
    }
  }

  const LoadReport& report_;
  FewerIntervals fewer_;
  bool in_minutes_;
};

}  // namespace

std::vector<Chart> load_charts(const LoadReport& report) { return Painter(report).paint(); }

}  // namespace sockspec::reports
