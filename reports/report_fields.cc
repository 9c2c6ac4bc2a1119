#include "reports/report_fields.h"

#include <cmath>

namespace sockspec::reports {
namespace {

constexpr double kMostReal = 1e18;  // what a Duration or a count still holds

}  // namespace

using scenario::Json;
using scenario::Reader;

Json target_to_json(const Target& target) {
  Json json;
  if (!target.command.empty()) json["command"] = target.command;
  json["address"] = target.address;
  if (target.pid > 0) json["pid"] = target.pid;
  json["builtin"] = target.builtin;
  return json;
}

Target target_from_json(const Reader& in) {
  Target target;
  if (in.has("command")) target.command = texts_from_json(in.at("command"));
  target.address = in.at("address").text();
  if (in.has("pid")) target.pid = in.at("pid").number(0, INT64_MAX);
  target.builtin = in.at("builtin").flag();
  return target;
}

std::vector<std::string> texts_from_json(const Reader& in) {
  std::vector<std::string> texts;
  for (const Reader& item : in.items()) texts.push_back(item.text());
  return texts;
}

std::uint64_t count_from_json(const Reader& in, std::int64_t least, std::int64_t most) {
  return static_cast<std::uint64_t>(in.number(least, most));
}

double real_from_json(const Reader& in) {
  if (!in.json().is_number()) {
    in.error("write a number");
    return 0;
  }
  const auto number = in.json().get<double>();
  if (number >= 0 && number <= kMostReal) return number;
  in.error(in.json().dump() + " is out of range; write a number from 0 to 10^18");
  return 0;
}

Json ns_to_json(Duration duration) { return duration.count(); }

double in_ms(Duration duration) {
  return std::round(std::chrono::duration<double, std::milli>(duration).count() * 1000) / 1000;
}

Duration ns_from_json(const Reader& in) { return Duration(in.number(0, kLongest.count())); }

Json nullable_ns(const std::optional<Duration>& duration) {
  return duration ? ns_to_json(*duration) : Json();
}

std::optional<std::uint64_t> nullable_count_from_json(const Reader& in) {
  if (in.json().is_null()) return std::nullopt;
  return count_from_json(in);
}

std::optional<Duration> nullable_ns_from_json(const Reader& in) {
  if (in.json().is_null()) return std::nullopt;
  return ns_from_json(in);
}

}  // namespace sockspec::reports
