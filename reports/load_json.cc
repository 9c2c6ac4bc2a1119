#include "reports/load_json.h"

#include <cmath>

#include "core/load/rank_figures.h"
#include "reports/bytes_json.h"
#include "reports/capacity_json.h"
#include "reports/histogram_json.h"
#include "reports/load_plan_json.h"
#include "reports/load_sentences.h"
#include "reports/ranks_json.h"
#include "reports/report_fields.h"
#include "reports/transcript_json.h"

namespace sockspec::reports {
namespace {

using load::LoadReport;
using scenario::Json;

// In whole nanoseconds: of a share of a nanosecond nothing is known.
Json cpu_us_per_request(Duration cpu, const LoadReport& report) {
  const std::uint64_t answered = report.total.requests.answered;
  if (answered == 0) return {};
  const double ns = static_cast<double>(cpu.count()) / static_cast<double>(answered);
  return std::round(ns) / 1000;
}

Json requests_to_json(const load::RequestCounts& requests) {
  return {{"due", requests.due},
          {"sent", requests.sent},
          {"answered", requests.answered},
          {"on_time", requests.on_time},
          {"blocked", requests.blocked},
          {"not_sent", requests.not_sent},
          {"unfinished", requests.unfinished}};
}

Json verdicts_to_json(const load::VerdictCounts& verdicts) {
  Json json;
  for (const Named<load::ReplyVerdict>& entry : names<load::ReplyVerdict>())
    json[std::string(entry.name)] = verdicts[entry.value];
  return json;
}

Json interval_to_json(const load::Interval& interval) {
  Json json;
  json["start_ns"] = ns_to_json(interval.start);
  json["length_ns"] = ns_to_json(interval.length);
  json["sent"] = interval.sent;
  json["answered"] = interval.answered;
  json["errors"] = interval.errors;
  json["p50"] = nullable_ns(interval.p50);
  json["p99"] = nullable_ns(interval.p99);
  json["max"] = nullable_ns(interval.max);
  return json;
}

Json connections_to_json(const load::ConnectionCounts& connections) {
  return {{"opened", connections.opened},       {"failed", connections.failed},
          {"reset", connections.reset},         {"ended", connections.ended},
          {"most_open", connections.most_open}, {"not_here", connections.not_here},
          {"verified", connections.verified}};
}

Json udp_to_json(const LoadReport& report) {
  if (report.plan.profile.transport != Transport::Udp) return {};
  const load::UdpCounts& udp = report.total.udp;
  return {{"client_drops", udp.client_drops},
          {"server_drops", nullable(udp.server_drops)},
          {"refused", udp.refused}};
}

Json generator_to_json(const LoadReport& report) {
  const load::GeneratorCost& cost = report.generator;
  Json json;
  json["cpu_us_per_request"] = cpu_us_per_request(cost.cpu, report);
  json["cpu_ns"] = ns_to_json(cost.cpu);
  json["waited_ns"] = ns_to_json(cost.waited);
  json["stolen_ns"] = ns_to_json(cost.stolen);
  json["throttled_ns"] = ns_to_json(cost.throttled);
  json["busiest"] = cost.busiest;
  json["turns"] = cost.turns;
  json["receives"] = cost.receives;
  json["sends"] = cost.sends;
  json["would_block"] = cost.would_block;
  json["adherence"] = report.plan.open_loop() ? Json(load::adherence(report)) : Json();
  json["bottleneck"]["is"] = name_of(report.bottleneck);
  json["bottleneck"]["why"] = message_to_json(bottleneck_sentence(report), report.lang);
  return json;
}

Json server_to_json(const LoadReport& report) {
  if (!report.server) return {};
  const load::ServerCost& cost = *report.server;
  Json json;
  json["cpu_us_per_request"] = cpu_us_per_request(cost.cpu, report);
  json["cpu_ns"] = ns_to_json(cost.cpu);
  json["memory_before"] = nullable(cost.memory_before);
  json["memory_after"] = nullable(cost.memory_after);
  json["descriptors_before"] = nullable(cost.descriptors_before);
  json["descriptors_after"] = nullable(cost.descriptors_after);
  json["context_switches"] = nullable(cost.context_switches);
  return json;
}

Json threshold_to_json(const load::ThresholdResult& result) {
  Json json;
  json["threshold"] = load::text(result.threshold);
  json["actual"] = nullable(result.actual);
  json["holds"] = result.holds;
  return json;
}

Json example_to_json(const load::Example& example) {
  Json json;
  json["verdict"] = name_of(example.verdict);
  json["at_ns"] = ns_to_json(example.at);
  json["connection"] = example.connection;
  json["request"] = example.request;
  json["offset"] = example.offset;
  json["window_offset"] = example.window_offset;
  json["expected"] = bytes_to_json(example.expected);
  json["received"] = bytes_to_json(example.received);
  return json;
}

Json under_load_to_json(const LoadReport& report) {
  Json json = Json::array();
  for (const load::UnderLoad& result : report.under_load) {
    Json one = {{"scenario", result.scenario}, {"outcome", name_of(result.outcome)}};
    if (!result.expected.empty()) one["expected"] = message_to_json(result.expected, report.lang);
    if (!result.reason.empty()) one["reason"] = message_to_json(result.reason, report.lang);
    if (!result.observed.empty()) one["observed"] = message_to_json(result.observed, report.lang);
    json.push_back(std::move(one));
  }
  return json;
}

template <class List, class ToJson>
Json list_to_json(const List& list, ToJson to_json) {
  Json json = Json::array();
  for (const auto& item : list) json.push_back(to_json(item));
  return json;
}

void write_run(Json& json, const LoadReport& report) {
  json["schema"] = "sockspec/load/1";
  json["tool"] = {{"name", "sockspec"}, {"version", report.tool_version}};
  json["started_at"] = report.started_at;
  json["command"] = report.command;
  json["machine"] = {{"os", report.os}, {"kernel", report.kernel}, {"cpus", report.cpus}};
  json["target"] = target_to_json(report.target);
  json["profile"] = Json::parse(report.plan.profile.json, nullptr, false);
  json["seed"] = report.plan.seed;
  json["lang"] = report.lang;
  json["exit_code"] = report.exit_code;
  json["interrupted"] = report.interrupted_by != 0;
  if (report.interrupted_by != 0) json["interrupted_by"] = report.interrupted_by;
  json["valid"] = !report.invalid.has_value();
  if (report.invalid) json["invalid"] = message_to_json(*report.invalid, report.lang);
  json["plan"] = load_plan_to_json(report.plan);
}

void write_figures(Json& json, const LoadReport& report) {
  const load::Tally& total = report.total;
  json["offered_rate"] = nullable(load::offered_rate(report));
  json["achieved_rate"] = nullable(load::figure_of(report, load::AchievedRate{}));
  json["duration_s"] = in_seconds(report.duration);
  json["requests"] = requests_to_json(total.requests);
  json["verdicts"] = verdicts_to_json(total.verdicts);
  json["bytes"] = {{"sent", total.bytes_sent}, {"received", total.bytes_received}};
  json["latency"]["response"] = histogram_to_json(total.latency.response);
  json["latency"]["service"] = histogram_to_json(total.latency.service);
  json["latency"]["lag"] = histogram_to_json(total.latency.lag);
  json["intervals"] = list_to_json(report.intervals, interval_to_json);
  json["stages"] = list_to_json(report.stages, interval_to_json);
  json["connections"] = connections_to_json(total.connections);
  json["udp"] = udp_to_json(report);
  json["generator"] = generator_to_json(report);
  json["server"] = server_to_json(report);
}

}  // namespace

std::string load_report_to_json(const LoadReport& report) {
  Json json;
  write_run(json, report);
  write_figures(json, report);
  json["thresholds"] = list_to_json(report.thresholds, threshold_to_json);
  if (report.plan.check_under_load) json["under_load"] = under_load_to_json(report);
  if (!report.ranks.empty()) {
    json["ranks"] = ranks_to_json(report.ranks);
    json["start_skew_ns"] = nullable_ns(load::start_skew(report.ranks));
    json["overlap_ns"] = nullable_ns(load::overlap(report.ranks));
  }
  if (report.capacity) json["capacity"] = capacity_to_json(*report.capacity);
  json["examples"] = list_to_json(report.examples, example_to_json);
  json["warnings"] = list_to_json(
      report.warnings, [&](const Message& w) { return message_to_json(w, report.lang); });
  if (report.server_gone) json["server_gone"] = message_to_json(*report.server_gone, report.lang);
  json["server_output"] = bytes_to_json(report.server_output);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sockspec::reports
