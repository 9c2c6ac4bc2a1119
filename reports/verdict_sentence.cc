#include "reports/verdict_sentence.h"

#include "core/exit_codes.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

std::string number(std::size_t value) { return std::to_string(value); }

Message verdict(const CheckReport& report) {
  auto counts = count_outcomes(report);
  const FailureCounts failures = count_failures(report);
  const std::string failed = number(failures.unknown);
  const std::string known = number(failures.known);
  const std::size_t passed = counts[Outcome::Pass] + counts[Outcome::Warn];
  const std::size_t all = passed + counts[Outcome::Fail] + counts[Outcome::Inconclusive];
  const std::string ran = number(all);
  const bool beside_known = failures.known > 0;
  if (failures.unknown > 0) {
    if (!beside_known) return {"console.fails", {{"failed", failed}, {"ran", ran}}};
    return {"console.fails-beside-known", {{"failed", failed}, {"ran", ran}, {"known", known}}};
  }
  if (!report.stale_known.empty())
    return {"console.stale-count", {{"count", number(report.stale_known.size())}}};
  if (counts[Outcome::Inconclusive] > 0 && report.exit_code != 0) {
    return {beside_known ? "console.unsure-beside-known" : "console.unsure",
            {{"count", number(counts[Outcome::Inconclusive])}}};
  }
  if (beside_known) {
    const std::string good = number(all - failures.known);
    return {"console.holds-but-known", {{"passed", good}, {"ran", ran}, {"known", known}}};
  }
  if (counts[Outcome::Warn] > 0) {
    return {"console.holds-with-warnings",
            {{"warned", number(counts[Outcome::Warn])}, {"passed", number(passed)}, {"ran", ran}}};
  }
  return {"console.holds", {{"passed", number(passed)}, {"ran", ran}}};
}

}  // namespace

std::string verdict_sentence(const CheckReport& report) {
  auto counts = count_outcomes(report);
  const bool any = counts[Outcome::Pass] + counts[Outcome::Warn] + counts[Outcome::Fail] +
                       counts[Outcome::Inconclusive] >
                   0;
  const bool failed = count_failures(report).unknown > 0 || !report.stale_known.empty();
  // "Holds its contract" is only said when nothing stands against it.
  const bool judged = report.exit_code == kHolds || report.exit_code == kInconclusive || failed;
  return any && judged ? render(verdict(report), report.lang) : "";
}

}  // namespace sockspec::reports
