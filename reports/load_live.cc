#include <array>
#include <cmath>
#include <cstdio>

#include "reports/load_sentences.h"
#include "reports/load_text.h"
#include "reports/messages.h"
#include "reports/report_fields.h"

namespace sockspec::reports {
namespace {

using load::Interval;
using scenario::Json;

constexpr char kNothing[] = "-";

std::optional<double> per_second(std::uint64_t count, const Interval& interval) {
  if (interval.length <= Duration::zero()) return std::nullopt;
  return static_cast<double>(count) / in_seconds(interval.length);
}

std::string latency_or_nothing(std::optional<Duration> latency) {
  return latency ? latency_text(*latency) : kNothing;
}

std::string whole(double number) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.0f", number);
  return text.data();
}

}  // namespace

std::string load_status_line(const Interval& interval, double elapsed,
                             std::optional<double> adherence, std::string_view lang) {
  const std::optional<double> rate = per_second(interval.answered, interval);
  Message message{adherence ? "load.status-open" : "load.status",
                  {{"seconds", whole(elapsed)},
                   {"rate", rate ? rate_text(*rate) : kNothing},
                   {"p50", latency_or_nothing(interval.p50)},
                   {"p99", latency_or_nothing(interval.p99)},
                   {"errors", grouped(interval.errors)}}};
  if (adherence) message.params.emplace_back("adherence", percent_text(*adherence));
  return render(message, lang);
}

std::string load_event_json(const Interval& interval, std::optional<double> adherence) {
  Json json;
  json["start_ns"] = ns_to_json(interval.start);
  json["length_ns"] = ns_to_json(interval.length);
  json["rate"] = nullable(per_second(interval.answered, interval));
  json["sent"] = interval.sent;
  json["answered"] = interval.answered;
  json["errors"] = interval.errors;
  json["p50"] = nullable_ns(interval.p50);
  json["p99"] = nullable_ns(interval.p99);
  json["max"] = nullable_ns(interval.max);
  json["adherence"] = nullable(adherence);
  return json.dump() + "\n";
}

}  // namespace sockspec::reports
