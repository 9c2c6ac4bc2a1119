#include "reports/known_json.h"

#include <string_view>

#include "core/unicode_uppercase.h"
#include "reports/messages.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using scenario::Json;

constexpr std::size_t kLongestReason = 120;  // bytes of what was observed
constexpr std::size_t kDateLength = 10;      // of an RFC 3339 time

// The check that made the outcome, if a check did.
const Check* deciding_check(const ScenarioResult& result) {
  for (const Check& check : result.checks) {
    if (outcome_of({check}) == result.outcome) return &check;
  }
  return nullptr;
}

std::string observed(const ScenarioResult& result, const std::string& lang) {
  const Check* const check = deciding_check(result);
  if (check && !check->observed.empty()) return render(check->observed, lang);
  if (result.server_gone) return render(*result.server_gone, lang);
  if (!result.reason.empty()) return render(result.reason, lang);
  return result.title.in(lang);
}

// One line of UTF-8, as the list demands it.
std::string shortened(std::string_view text) {
  std::string line;
  while (!text.empty() && line.size() < kLongestReason) {
    const auto point = decode_utf8(text);
    const bool printable = point && point->value >= 0x20 && point->value != 0x7F;
    const std::size_t length = point ? point->length : 1;
    line += printable ? text.substr(0, length) : " ";
    text.remove_prefix(length);
  }
  return text.empty() ? line : line + "…";
}

}  // namespace

std::string known_list_to_json(const CheckReport& report) {
  Json json;
  Json& known = json["known"] = Json::array();
  const std::string date = report.started_at.substr(0, kDateLength);
  for (const ScenarioResult& result : report.results) {
    if (!fails_run(result, report.strict)) continue;
    const std::string what = shortened(observed(result, report.lang));
    const Message reason{"known.fails-since", {{"date", date}, {"what", what}}};
    known.push_back({{"scenario", result.scenario}, {"reason", render(reason, report.lang)}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sockspec::reports
