#include "reports/histogram_json.h"

#include <algorithm>
#include <optional>
#include <string>

#include "reports/histogram_text.h"
#include "reports/report_fields.h"

namespace sockspec::reports {
namespace {

using load::Histogram;
using scenario::Json;
using scenario::Reader;

constexpr std::size_t kLongestSum = 30;  // digits; 2^53 values of 60 s have 27

// JSON has no number that holds it.
std::string sum_text(Histogram::Sum sum) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(sum % 10));
    sum /= 10;
  } while (sum > 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

Histogram::Sum sum_from(const Reader& in) {
  const std::string digits = in.text();
  const bool is_number = !digits.empty() && digits.size() <= kLongestSum &&
                         digits.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number) {
    in.error("this is no sum; write at most " + std::to_string(kLongestSum) + " digits in quotes");
    return 0;
  }
  Histogram::Sum sum = 0;
  for (const char c : digits) sum = sum * 10 + static_cast<unsigned>(c - '0');
  return sum;
}

}  // namespace

Json histogram_to_json(const Histogram& histogram) {
  const auto percentile = [&](double percent) {
    return nullable_ns(histogram.at_percentile(percent));
  };
  const std::optional<Histogram::Exact> exact = histogram.exact();
  Json json;
  json["count"] = histogram.count();
  json["p50"] = percentile(50);
  json["p90"] = percentile(90);
  json["p95"] = percentile(95);
  json["p99"] = percentile(99);
  json["p999"] = percentile(99.9);
  json["max"] = nullable_ns(histogram.max());
  json["mean"] = nullable_ns(histogram.mean());
  json["min"] = nullable_ns(histogram.min());
  json["sum_ns"] = exact ? Json(sum_text(exact->sum)) : Json();
  json["clamped"] = histogram.clamped();
  json["hdr"] = exact ? Json(encode(histogram)) : Json();
  return json;
}

Histogram histogram_from_json(const Reader& in) {
  const std::uint64_t count = count_from_json(in.at("count"));
  if (count == 0) return {};
  Histogram::Exact exact;
  exact.min = ns_from_json(in.at("min"));
  exact.max = ns_from_json(in.at("max"));
  exact.sum = sum_from(in.at("sum_ns"));
  exact.clamped = count_from_json(in.at("clamped"));
  const Reader hdr = in.at("hdr");
  const Result<Histogram> buckets = decode(hdr.text());
  if (!buckets) return hdr.error(buckets.error().text), Histogram();
  if (buckets->count() != count) {
    in.error("count is " + std::to_string(count) + ", but hdr holds " +
             std::to_string(buckets->count()) + "; a report is not meant to be edited");
    return {};
  }
  std::optional<Histogram> whole = Histogram::restore(buckets->counts(), exact);
  if (whole) return std::move(*whole);
  in.error(
      "min, max, sum_ns or clamped cannot be of what hdr holds; "
      "a report is not meant to be edited");
  return {};
}

}  // namespace sockspec::reports
