#include "reports/load_plan_json.h"

#include <string>

#include "core/load/figures.h"
#include "reports/report_fields.h"

namespace sockspec::reports {
namespace {

using load::Arrivals;
using load::Law;
using load::LoadPlan;
using scenario::Json;
using scenario::Reader;

constexpr std::int64_t kMostSize = 1LL << 40;  // bytes
constexpr std::int64_t kMostStripes = 1LL << 32;

Json arrivals_to_json(const Arrivals& arrivals) {
  Json json;
  json["law"] = name_of(arrivals.law);
  json["rate"] = load::rate_text(arrivals);
  json["duration_ns"] = ns_to_json(arrivals.duration);
  if (arrivals.law == Law::Burst) json["burst"] = arrivals.burst;
  if (arrivals.law == Law::Sine) json["period_ns"] = ns_to_json(arrivals.period);
  return json;
}

Arrivals arrivals_from(const Reader& in) {
  const std::string rate = in.at("rate").text();
  const auto law = in.at("law").named<Law>();
  const Duration duration = ns_from_json(in.at("duration_ns"));
  std::string burst;
  std::optional<Duration> period;
  if (in.has("burst")) burst = std::to_string(count_from_json(in.at("burst")));
  if (in.has("period_ns")) period = ns_from_json(in.at("period_ns"));
  const std::string_view law_name = name_of(law);
  Result<Arrivals> arrivals = load::parse_arrivals(
      rate, law_name, duration,
      burst.empty() ? std::nullopt : std::optional<std::string_view>(burst), period);
  if (!arrivals) return in.error(arrivals.error().text), Arrivals();
  return *std::move(arrivals);
}

std::vector<load::Threshold> thresholds_from(const Reader& in) {
  std::vector<load::Threshold> thresholds;
  for (const Reader& item : in.items()) {
    const Result<load::Threshold> threshold = load::parse_threshold(item.text());
    if (!threshold) return item.error(threshold.error().text), thresholds;
    thresholds.push_back(*threshold);
  }
  return thresholds;
}

load::SizeRange size_from(const Reader& in) {
  const std::uint64_t least = count_from_json(in.at("least"), 0, kMostSize);
  const auto most = count_from_json(in.at("most"), static_cast<std::int64_t>(least), kMostSize);
  load::SizeRange size{least, most};
  for (const Reader& step : in.at("ladder").items())
    size.ladder.push_back(count_from_json(step, 0, kMostSize));
  return size;
}

load::Stripe shard_from(const Reader& in) {
  const std::uint64_t count = count_from_json(in.at("count"), 1, kMostStripes);
  return {count_from_json(in.at("index"), 0, static_cast<std::int64_t>(count) - 1), count};
}

}  // namespace

Json load_plan_to_json(const LoadPlan& plan) {
  Json json;
  json["connections"] = plan.connections;
  json["pipeline"] = plan.pipeline;
  json["think_ns"] = ns_to_json(plan.think);
  json["size"] = {
      {"least", plan.size.least}, {"most", plan.size.most}, {"ladder", plan.size.ladder}};
  Json& stages = json["stages"] = Json::array();
  for (const Arrivals& stage : plan.stages) stages.push_back(arrivals_to_json(stage));
  json["duration_ns"] = ns_to_json(plan.duration);
  json["warmup_ns"] = ns_to_json(plan.warmup);
  json["threads"] = plan.threads;
  json["timeout_ns"] = ns_to_json(plan.timeout);
  json["max_in_flight"] = plan.max_in_flight;
  json["validate"] = name_of(plan.validate);
  json["pace"] = name_of(plan.pace);
  json["shape"] = name_of(plan.shape);
  json["idle"] = plan.idle;
  json["write_size"] = plan.write_size;
  json["read_rate"] = plan.read_rate;
  json["check_under_load"] = plan.check_under_load;
  Json& thresholds = json["thresholds"] = Json::array();
  for (const load::Threshold& threshold : plan.thresholds)
    thresholds.push_back(load::text(threshold));
  json["shard"] = {{"index", plan.shard.index}, {"count", plan.shard.count}};
  return json;
}

LoadPlan load_plan_from_json(const Reader& in) {
  LoadPlan plan;
  plan.connections = count_from_json(in.at("connections"), 1);
  plan.pipeline = count_from_json(in.at("pipeline"), 1);
  plan.think = ns_from_json(in.at("think_ns"));
  plan.size = size_from(in.at("size"));
  for (const Reader& item : in.at("stages").items()) plan.stages.push_back(arrivals_from(item));
  plan.duration = ns_from_json(in.at("duration_ns"));
  plan.warmup = ns_from_json(in.at("warmup_ns"));
  plan.threads = count_from_json(in.at("threads"), 1);
  plan.timeout = ns_from_json(in.at("timeout_ns"));
  plan.max_in_flight = count_from_json(in.at("max_in_flight"), 1);
  plan.validate = in.at("validate").named<load::Validate>();
  plan.pace = in.at("pace").named<load::Pace>();
  plan.shape = in.at("shape").named<load::Shape>();
  plan.idle = count_from_json(in.at("idle"));
  plan.write_size = count_from_json(in.at("write_size"));
  plan.read_rate = count_from_json(in.at("read_rate"));
  plan.check_under_load = in.at("check_under_load").flag();
  plan.thresholds = thresholds_from(in.at("thresholds"));
  plan.shard = shard_from(in.at("shard"));
  return plan;
}

}  // namespace sockspec::reports
