#include "reports/compare_text.h"

#include <cstdio>

#include "reports/load_sentences.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

std::string decimals(double value, int places) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return text;
}

std::string line(const std::string& name, const load::Metric& metric,
                 const std::vector<double>& figures) {
  std::string text = "  " + name;
  for (const double value : figures) text += "  " + compared_figure(metric, value);
  return text + "\n";
}

}  // namespace

std::string compared_figure(const load::Metric& metric, double value) {
  switch (kind_of(metric)) {
    case load::MetricKind::Latency: return latency_text(Duration(static_cast<std::int64_t>(value)));
    case load::MetricKind::Rate: return rate_text(value) + "/s";
    case load::MetricKind::Percent: return percent_text(value) + " %";
    case load::MetricKind::Count: return grouped(static_cast<std::uint64_t>(value));
  }
  return {};
}

Message compare_sentence(const load::RunComparison& compared) {
  const load::Comparison& found = compared.comparison;
  const std::string metric = text(compared.metric);
  if (!found.ratio) return {"load.compare-no-ratio", {{"metric", metric}}};
  Message said{"load.compare-unclear",
               {{"metric", metric},
                {"ratio", decimals(found.ratio->value, 3)},
                {"low", decimals(found.ratio->low, 3)},
                {"high", decimals(found.ratio->high, 3)},
                {"p", decimals(found.p_value, 4)}}};
  if (found.finding == load::Finding::Faster) said.id = "load.compare-faster";
  if (found.finding == load::Finding::Slower) said.id = "load.compare-slower";
  return said;
}

std::vector<Message> compare_failures(const load::RunComparison& compared) {
  std::vector<Message> failures;
  for (const auto& [name, failed] :
       {std::pair{"A", compared.failed_in_a}, {"B", compared.failed_in_b}}) {
    if (failed > 0)
      failures.push_back({"load.compare-failed", {{"name", name}, {"count", grouped(failed)}}});
  }
  return failures;
}

std::string compare_text(const load::RunComparison& compared, std::string_view lang) {
  std::string said = text(compared.metric) + "\n" + line("A", compared.metric, compared.a) +
                     line("B", compared.metric, compared.b) + "\n";
  for (const Message& failure : compare_failures(compared))
    said += render(failure, std::string(lang)) + "\n";
  return said + render(compare_sentence(compared), std::string(lang)) + "\n";
}

}  // namespace sockspec::reports
