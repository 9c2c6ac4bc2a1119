#include <cmath>
#include <vector>

#include "core/load/figures.h"
#include "core/load/threshold.h"
#include "core/nearest.h"

namespace sockspec::load {
namespace {

struct Unit {
  std::string_view name;
  int power_of_ten;  // nanoseconds in it
};
// Largest first. The micro sign and the Greek letter look alike, and keyboards have either.
constexpr Unit kUnits[] = {{"s", 9},  {"ms", 6},        {"us", 3},
                           {"ns", 0}, {"\xC2\xB5s", 3}, {"\xCE\xBCs", 3}};
constexpr std::string_view kNumber = "-.0123456789";

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

Result<Metric> parse_metric(std::string_view name) {
  std::vector<std::string> known;
  for (const Metric& metric : metrics()) {
    known.push_back(load::text(metric));
    if (known.back() == name) return metric;
  }
  const std::string near = did_you_mean(name, known);
  if (!near.empty()) return usage_error("there is no metric " + quoted(name) + near);
  std::string all = "response, service or lag with .p50 .p90 .p95 .p99 .p999 .max or .mean";
  for (const Named<Counted>& counted : names<Counted>()) all += ", " + std::string(counted.name);
  return usage_error("there is no metric " + quoted(name) + "; there are " + all +
                     ", rate, adherence");
}

Result<double> parse_latency(std::string_view text) {
  const std::string_view digits = text.substr(0, text.find_first_not_of(kNumber));
  const std::string_view unit_name = trimmed(text.substr(digits.size()));
  const std::optional<double> number = parse_decimal(digits);
  if (!number || *number < 0) return usage_error(quoted(text) + " is not a latency; write 5ms");
  if (unit_name.empty()) {
    const std::string bare(digits);
    return usage_error(quoted(text) + " has no unit; write " + bare + "us, " + bare + "ms or " +
                       bare + "s");
  }
  for (const Unit& unit : kUnits) {
    if (unit.name != unit_name) continue;
    if (const auto value = parse_decimal(digits, unit.power_of_ten)) return *value;
    return usage_error(quoted(text) + " is too long");
  }
  return usage_error(quoted(text) + " has an unknown unit " + quoted(unit_name) +
                     "; use ns, us, \xC2\xB5s, ms or s");
}

Result<double> parse_value(std::string_view text, MetricKind kind) {
  switch (kind) {
    case MetricKind::Latency: return parse_latency(text);
    case MetricKind::Count: {
      const auto count = parse_figure(text);
      if (count && *count >= 0 && std::floor(*count) == *count) return *count;
      return usage_error(quoted(text) + " is not a count; write 0, 500, 10k or 1.5M");
    }
    case MetricKind::Rate: {
      const auto rate = parse_figure(text);
      if (rate && *rate >= 0) return *rate;
      return usage_error(quoted(text) +
                         " is not a number of requests per second; write 500, 10k or 1.5M");
    }
    case MetricKind::Percent: {
      const std::string_view digits = text.ends_with('%') ? text.substr(0, text.size() - 1) : text;
      const auto percent = parse_decimal(trimmed(digits));
      if (percent && *percent >= 0 && *percent <= 100) return *percent;
      return usage_error(quoted(text) + " is not a percentage; write 0% to 100%, as in 99.9%");
    }
  }
  return usage_error("");
}

std::string_view example_of(MetricKind kind) {
  switch (kind) {
    case MetricKind::Latency: return "< 5ms";
    case MetricKind::Count: return "== 0";
    case MetricKind::Rate: return ">= 10k";
    case MetricKind::Percent: return ">= 99.9%";
  }
  return {};
}

Result<Threshold> parse_parts(std::string_view text) {
  constexpr std::string_view kSigns = "<>=!";
  text = trimmed(text);
  if (text.empty()) return usage_error("it is empty; write \"response.p99 < 5ms\"");
  const std::string_view name = text.substr(0, text.find_first_of(" <>=!"));
  if (name.empty()) {
    return usage_error("no metric stands before " +
                       quoted(text.substr(0, text.find_first_not_of(kSigns))) +
                       "; write \"response.p99 < 5ms\"");
  }
  const Result<Metric> metric = parse_metric(name);
  if (!metric) return metric.error();
  const MetricKind kind = kind_of(*metric);
  const std::string example =
      "write " + quoted(std::string(name) + " " + std::string(example_of(kind)));
  text = trimmed(text.substr(name.size()));
  const std::string_view sign = text.substr(0, text.find_first_not_of(kSigns));
  if (sign.empty()) {
    return usage_error("no comparison stands after " + quoted(name) + "; " + example);
  }
  const auto relation = value_of<Relation>(sign);
  if (!relation) {
    return usage_error(quoted(sign) + " is not a comparison; use <, <=, >, >=, == or !=");
  }
  text = trimmed(text.substr(sign.size()));
  if (text.empty()) return usage_error("no figure stands after " + quoted(sign) + "; " + example);
  const Result<double> value = parse_value(text, kind);
  if (!value) return value.error();
  return Threshold{*metric, *relation, *value};
}

std::string latency_text(double nanoseconds) {
  for (const Unit& unit : kUnits) {
    const double scale = std::pow(10.0, unit.power_of_ten);
    if (nanoseconds < scale) continue;
    const std::string digits = decimal_text(nanoseconds / scale);
    if (parse_decimal(digits, unit.power_of_ten) == nanoseconds)
      return digits + std::string(unit.name);
  }
  return decimal_text(nanoseconds) + "ns";
}

std::string value_text(double value, MetricKind kind) {
  switch (kind) {
    case MetricKind::Latency: return latency_text(value);
    case MetricKind::Count:
    case MetricKind::Rate: return figure_text(value);
    case MetricKind::Percent: return decimal_text(value) + "%";
  }
  return {};
}

}  // namespace

Result<Threshold> parse_threshold(std::string_view text, std::string_view option) {
  Result<Threshold> threshold = parse_parts(text);
  if (threshold) return threshold;
  return usage_error(std::string(option) + " " + quoted(text) + ": " + threshold.error().text);
}

std::string text(const Threshold& threshold) {
  return text(threshold.metric) + " " + std::string(name_of(threshold.relation)) + " " +
         value_text(threshold.value, kind_of(threshold.metric));
}

}  // namespace sockspec::load
