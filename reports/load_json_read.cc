#include <cmath>

#include "reports/bytes_json.h"
#include "reports/capacity_json.h"
#include "reports/histogram_json.h"
#include "reports/load_json.h"
#include "reports/load_plan_json.h"
#include "reports/ranks_json.h"
#include "reports/report_fields.h"
#include "reports/transcript_json.h"
#include "scenario/parse_profile.h"

namespace sockspec::reports {
namespace {

using load::LoadReport;
using scenario::ErrorLatch;
using scenario::Json;
using scenario::Reader;

constexpr std::string_view kSchema = "sockspec/load/1";

load::RequestCounts requests_from(const Reader& in) {
  load::RequestCounts requests;
  requests.due = count_from_json(in.at("due"));
  requests.sent = count_from_json(in.at("sent"));
  requests.answered = count_from_json(in.at("answered"));
  requests.on_time = count_from_json(in.at("on_time"));
  requests.blocked = count_from_json(in.at("blocked"));
  requests.not_sent = count_from_json(in.at("not_sent"));
  requests.unfinished = count_from_json(in.at("unfinished"));
  return requests;
}

load::VerdictCounts verdicts_from(const Reader& in) {
  load::VerdictCounts verdicts;
  for (const Named<load::ReplyVerdict>& entry : names<load::ReplyVerdict>())
    verdicts[entry.value] = count_from_json(in.at(entry.name));
  return verdicts;
}

load::ConnectionCounts connections_from(const Reader& in) {
  load::ConnectionCounts connections;
  connections.opened = count_from_json(in.at("opened"));
  connections.failed = count_from_json(in.at("failed"));
  connections.reset = count_from_json(in.at("reset"));
  connections.ended = count_from_json(in.at("ended"));
  connections.most_open = count_from_json(in.at("most_open"));
  connections.not_here = count_from_json(in.at("not_here"));
  connections.verified = count_from_json(in.at("verified"));
  return connections;
}

load::UdpCounts udp_from(const Reader& in) {
  load::UdpCounts udp;
  if (in.json().is_null()) return udp;
  udp.client_drops = count_from_json(in.at("client_drops"));
  udp.server_drops = nullable_count_from_json(in.at("server_drops"));
  udp.refused = count_from_json(in.at("refused"));
  return udp;
}

load::Tally total_from(const Reader& in) {
  load::Tally total;
  total.requests = requests_from(in.at("requests"));
  total.verdicts = verdicts_from(in.at("verdicts"));
  const Reader bytes = in.at("bytes");
  total.bytes_sent = count_from_json(bytes.at("sent"));
  total.bytes_received = count_from_json(bytes.at("received"));
  total.connections = connections_from(in.at("connections"));
  total.udp = udp_from(in.at("udp"));
  const Reader latency = in.at("latency");
  total.latency.response = histogram_from_json(latency.at("response"));
  total.latency.service = histogram_from_json(latency.at("service"));
  total.latency.lag = histogram_from_json(latency.at("lag"));
  return total;
}

load::Interval interval_from(const Reader& in) {
  load::Interval interval;
  interval.start = ns_from_json(in.at("start_ns"));
  interval.length = ns_from_json(in.at("length_ns"));
  interval.sent = count_from_json(in.at("sent"));
  interval.answered = count_from_json(in.at("answered"));
  interval.errors = count_from_json(in.at("errors"));
  interval.p50 = nullable_ns_from_json(in.at("p50"));
  interval.p99 = nullable_ns_from_json(in.at("p99"));
  interval.max = nullable_ns_from_json(in.at("max"));
  return interval;
}

load::Example example_from(const Reader& in) {
  load::Example example;
  example.verdict = in.at("verdict").named<load::ReplyVerdict>();
  example.at = ns_from_json(in.at("at_ns"));
  example.connection = count_from_json(in.at("connection"));
  example.request = count_from_json(in.at("request"));
  example.offset = count_from_json(in.at("offset"));
  example.window_offset =
      count_from_json(in.at("window_offset"), 0, static_cast<std::int64_t>(example.offset));
  example.expected = bytes_from_json(in.at("expected"));
  example.received = bytes_from_json(in.at("received"));
  return example;
}

void read_generator(const Reader& in, LoadReport& report) {
  load::GeneratorCost& cost = report.generator;
  cost.cpu = ns_from_json(in.at("cpu_ns"));
  cost.waited = ns_from_json(in.at("waited_ns"));
  cost.stolen = ns_from_json(in.at("stolen_ns"));
  cost.throttled = ns_from_json(in.at("throttled_ns"));
  cost.busiest = real_from_json(in.at("busiest"));
  cost.turns = count_from_json(in.at("turns"));
  cost.receives = count_from_json(in.at("receives"));
  cost.sends = count_from_json(in.at("sends"));
  cost.would_block = count_from_json(in.at("would_block"));
  report.bottleneck = in.at("bottleneck").at("is").named<load::Bottleneck>();
}

std::optional<load::ServerCost> server_from(const Reader& in) {
  if (in.json().is_null()) return std::nullopt;
  load::ServerCost cost;
  cost.cpu = ns_from_json(in.at("cpu_ns"));
  cost.memory_before = nullable_count_from_json(in.at("memory_before"));
  cost.memory_after = nullable_count_from_json(in.at("memory_after"));
  cost.descriptors_before = nullable_count_from_json(in.at("descriptors_before"));
  cost.descriptors_after = nullable_count_from_json(in.at("descriptors_after"));
  cost.context_switches = nullable_count_from_json(in.at("context_switches"));
  return cost;
}

load::ThresholdResult threshold_from(const Reader& in) {
  load::ThresholdResult result;
  const Reader text = in.at("threshold");
  const Result<load::Threshold> threshold = load::parse_threshold(text.text());
  if (!threshold) return text.error(threshold.error().text), result;
  result.threshold = *threshold;
  const Reader actual = in.at("actual");
  if (!actual.json().is_null()) result.actual = real_from_json(actual);
  result.holds = in.at("holds").flag();
  return result;
}

load::UnderLoad under_load_from(const Reader& in) {
  load::UnderLoad result;
  result.scenario = in.at("scenario").text();
  result.outcome = in.at("outcome").named<Outcome>();
  if (in.has("expected")) result.expected = message_from_json(in.at("expected"));
  if (in.has("reason")) result.reason = message_from_json(in.at("reason"));
  if (in.has("observed")) result.observed = message_from_json(in.at("observed"));
  return result;
}

Duration seconds_from(const Reader& in) {
  const double ns = std::round(real_from_json(in) * 1e9);
  if (ns <= static_cast<double>(kLongest.count())) return Duration(static_cast<Duration::rep>(ns));
  in.error("is too long; no run takes 31 years");
  return {};
}

void read_run(const Reader& in, LoadReport& report) {
  report.tool_version = in.at("tool").at("version").text();
  report.started_at = in.at("started_at").text();
  report.command = texts_from_json(in.at("command"));
  const Reader machine = in.at("machine");
  report.os = machine.at("os").text();
  report.kernel = machine.at("kernel").text();
  report.cpus = static_cast<unsigned>(machine.at("cpus").number(1, 1'000'000));
  report.target = target_from_json(in.at("target"));
  report.plan = load_plan_from_json(in.at("plan"));
  report.plan.seed = static_cast<std::uint64_t>(in.at("seed").number(0, INT64_MAX));
  report.lang = in.at("lang").text();
  report.exit_code = static_cast<int>(in.at("exit_code").number(0, 255));
  if (in.has("interrupted_by"))
    report.interrupted_by = static_cast<int>(in.at("interrupted_by").number(1, 64));
  if (in.has("invalid")) report.invalid = message_from_json(in.at("invalid"));
}

LoadReport report_from(const Reader& in) {
  LoadReport report;
  if (in.at("schema").text() != kSchema) {
    in.at("schema").error("this is no report of sockspec load (\"" + std::string(kSchema) + "\")");
    return report;
  }
  read_run(in, report);
  report.duration = seconds_from(in.at("duration_s"));
  report.total = total_from(in);
  for (const Reader& item : in.at("intervals").items())
    report.intervals.push_back(interval_from(item));
  for (const Reader& item : in.at("stages").items()) report.stages.push_back(interval_from(item));
  read_generator(in.at("generator"), report);
  report.server = server_from(in.at("server"));
  for (const Reader& item : in.at("thresholds").items())
    report.thresholds.push_back(threshold_from(item));
  if (in.has("under_load")) {
    for (const Reader& item : in.at("under_load").items())
      report.under_load.push_back(under_load_from(item));
  }
  if (in.has("ranks")) report.ranks = ranks_from_json(in.at("ranks"));
  if (in.has("capacity")) report.capacity = capacity_from_json(in.at("capacity"));
  for (const Reader& item : in.at("examples").items())
    report.examples.push_back(example_from(item));
  for (const Reader& item : in.at("warnings").items())
    report.warnings.push_back(message_from_json(item));
  if (in.has("server_gone")) report.server_gone = message_from_json(in.at("server_gone"));
  report.server_output = bytes_from_json(in.at("server_output"));
  return report;
}

}  // namespace

Result<LoadReport> load_report_from_json(std::string_view text, const std::string& file) {
  const Result<Json> document = scenario::parse_json(text, file);
  if (!document) return document.error();
  ErrorLatch errors(file);
  const Reader in(*document, "", errors);
  LoadReport report = report_from(in);
  const Json& contract = in.at("profile").json();
  if (errors.error()) return *errors.error();
  Result<Profile> profile = scenario::parse_profile(contract.dump(), file + ": /profile");
  if (!profile) return profile.error();
  report.plan.profile = *std::move(profile);
  return report;
}

}  // namespace sockspec::reports
