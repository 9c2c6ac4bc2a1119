#include "reports/result_text.h"

#include <algorithm>

#include "reports/failure_text.h"
#include "reports/messages.h"
#include "reports/printable.h"
#include "reports/reproduce.h"

namespace sockspec::reports {
namespace {

// Bytes. A run stays far below all of them; they are for what is hostile.
constexpr std::size_t kName = 200;
constexpr std::size_t kLine = 400;
constexpr std::size_t kParagraph = 4096;
constexpr std::size_t kExcerpt = 512;
constexpr std::size_t kOutput = 8192;
constexpr std::size_t kCommand = 2000;
constexpr std::size_t kDetails = 32768;
// Numbers of things.
constexpr std::size_t kChecks = 100;
constexpr std::size_t kCites = 20;
constexpr std::size_t kParams = 20;

void cut(std::string& text, std::size_t most) {
  if (text.size() > most) text = printable_line(text, most);
}

void cut(LocalizedText& text, std::size_t most) {
  cut(text.en, most);
  cut(text.ko, most);
}

void cut(Message& message) {
  cut(message.id, kName);
  if (message.params.size() > kParams) message.params.resize(kParams);
  for (auto& [name, value] : message.params) {
    cut(name, kName);
    cut(value, kExcerpt);
  }
}

void cut(Check& check) {
  cut(check.id, kName);
  cut(check.peer, kName);
  cut(check.expected);
  cut(check.observed);
  if (!check.difference) return;
  check.difference->expected.resize(std::min(check.difference->expected.size(), kExcerpt));
  check.difference->received.resize(std::min(check.difference->received.size(), kExcerpt));
}

void cut(TranscriptEntry& entry) {
  entry.bytes.resize(std::min(entry.bytes.size(), kExcerpt));
  cut(entry.text, kName);
  cut(entry.how);
}

template <class T>
std::vector<T> first(const std::vector<T>& all, std::size_t most) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), most))};
}

const Check* first_bad(const ScenarioResult& result) {
  const auto found = std::find_if(result.checks.begin(), result.checks.end(),
                                  [](const Check& check) { return is_bad(check.outcome); });
  return found == result.checks.end() ? nullptr : &*found;
}

}  // namespace

std::string scenario_name(const ScenarioResult& result) {
  return printable_line(result.scenario, kName);
}

std::string scenario_title(const CheckReport& report, const ScenarioResult& result) {
  return printable_line(result.title.in(report.lang), kName);
}

std::string result_line(const CheckReport& report, const ScenarioResult& result) {
  if (result.known && is_bad(result.outcome)) {
    const std::string link = result.known->link.empty() ? "" : "  " + result.known->link;
    const Message known{"formats.known", {{"reason", result.known->reason + link}}};
    return printable_line(render(known, report.lang), kLine);
  }
  const Check* const bad = is_bad(result.outcome) ? first_bad(result) : nullptr;
  if (!bad) return printable_line(render(result.reason, report.lang), kLine);
  const Message both{"formats.expected-came",
                     {{"expected", printable_line(render(bad->expected, report.lang), kLine)},
                      {"observed", printable_line(render(bad->observed, report.lang), kLine)}}};
  return render(both, report.lang);
}

std::string result_details(const CheckReport& report, const ScenarioResult& result) {
  const ScenarioResult readable = bounded(result, report.lang);
  return first_lines(failure_text(report, readable, {}), kDetails, report.lang);
}

ScenarioResult bounded(const ScenarioResult& whole, std::string_view lang) {
  ScenarioResult result = whole;
  cut(result.scenario, kName);
  cut(result.title, kLine);
  cut(result.reason);
  result.checks = first(result.checks, kChecks);
  for (Check& check : result.checks) cut(check);
  result.cites = first(result.cites, kCites);
  for (Citation& cite : result.cites) {
    cut(cite.document, kName);
    cut(cite.section, kName);
    cut(cite.quote, kExcerpt);
  }
  cut(result.explanation, kParagraph);
  cut(result.hint, kParagraph);
  if (result.server_gone) cut(*result.server_gone);
  result.server_output = last_bytes(result.server_output, kOutput, lang);
  for (std::string& peer : result.peers) cut(peer, kName);
  for (TranscriptEntry& entry : result.transcript) cut(entry);
  if (result.known) {
    cut(result.known->reason, kLine);
    cut(result.known->link, kLine);
  }
  return result;
}

std::string bounded_reproduce(const CheckReport& report, const ScenarioResult& result) {
  return printable_line(reproduce_command(report, result.scenario), kCommand);
}

}  // namespace sockspec::reports
