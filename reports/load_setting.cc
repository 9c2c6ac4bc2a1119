#include "reports/load_setting.h"

#include "reports/load_sentences.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

using load::LoadReport;

std::string loop(const LoadReport& report) {
  if (!report.plan.open_loop())
    return render({"load.closed-loop", {{"pipeline", grouped(report.plan.pipeline)}}}, report.lang);
  const std::vector<load::Arrivals>& stages = report.plan.stages;
  const auto offered = load::offered_rate(report);
  const std::string law =
      stages.size() == 1
          ? std::string(name_of(stages.front().law))
          : render({"load.stages", {{"count", grouped(stages.size())}}}, report.lang);
  return render({"load.open-loop", {{"law", law}, {"rate", offered ? rate_text(*offered) : "-"}}},
                report.lang);
}

std::string setting(const LoadReport& report) {
  const load::LoadPlan& plan = report.plan;
  std::string size = grouped(plan.size.least);
  if (!plan.size.ladder.empty()) {
    size.clear();
    for (const std::size_t step : plan.size.ladder)
      size += (size.empty() ? "" : ", ") + grouped(step);
  } else if (plan.size.most != plan.size.least) {
    size += ".." + grouped(plan.size.most);
  }
  return render({"load.setting",
                 {{"connections", grouped(plan.connections)},
                  {"size", size},
                  {"duration", latency_text(report.duration)},
                  {"threads", grouped(plan.threads)},
                  {"seed", std::to_string(plan.seed)}}},
                report.lang);
}

std::string shape(const LoadReport& report) {
  const load::LoadPlan& plan = report.plan;
  const auto say = [&](const Message& message) { return render(message, report.lang); };
  std::string text;
  if (plan.shape == load::Shape::Churn) text += say({"load.churn-fin"});
  if (plan.shape == load::Shape::ChurnReset) text += say({"load.churn-rst"});
  if (plan.think > Duration::zero())
    text += say({"load.think", {{"time", latency_text(plan.think)}}});
  if (plan.idle > 0) text += say({"load.idle", {{"count", grouped(plan.idle)}}});
  if (plan.write_size > 0) text += say({"load.write-size", {{"size", grouped(plan.write_size)}}});
  if (plan.read_rate > 0) text += say({"load.read-rate", {{"rate", grouped(plan.read_rate)}}});
  return text;
}

}  // namespace

std::string load_setting(const LoadReport& report) {
  return loop(report) + setting(report) + shape(report);
}

std::string stage_name(const load::Arrivals& stage) {
  return std::string(name_of(stage.law)) + " " + load::rate_text(stage) + "/s";
}

std::string threshold_figure(const load::ThresholdResult& result, std::string_view lang) {
  if (!result.actual) return render({"load.not-measured"}, lang);
  switch (load::kind_of(result.threshold.metric)) {
    case load::MetricKind::Latency:
      return latency_text(Duration(static_cast<Duration::rep>(*result.actual)));
    case load::MetricKind::Count: return grouped(static_cast<std::uint64_t>(*result.actual));
    case load::MetricKind::Rate: return rate_text(*result.actual);
    case load::MetricKind::Percent: return percent_text(*result.actual) + "%";
  }
  return {};
}

}  // namespace sockspec::reports
