#include "reports/load_sentences.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/exit_codes.h"
#include "core/load/figures.h"
#include "core/load/load_judge.h"

namespace sockspec::reports {
namespace {

using load::LoadReport;
using load::ReplyVerdict;

std::string fixed(double value, int decimals) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

struct Unit {
  double nanoseconds;
  const char* name;
};
constexpr Unit kUnits[] = {{1e3, "\xC2\xB5s"}, {1e6, "ms"}, {1e9, "s"}};

Message some_wrong(const LoadReport& report, std::uint64_t wrong) {
  const std::uint64_t all =
      report.total.verdicts[ReplyVerdict::Ok] + report.total.verdicts.errors();
  return {wrong == 1 ? "load.one-wrong" : "load.some-wrong",
          {{"wrong", grouped(wrong)},
           {"all", grouped(all)},
           {"rate", rate_text(load::achieved_rate(report))}}};
}

// Right replies, and yet something else speaks against the run.
const char* objection(const LoadReport& report) {
  if (report.server_gone) return "load.right-but-gone";
  if (load::broke_connections(report)) return "load.right-but-broken";
  if (load::missed_a_threshold(report)) return "load.right-but-missed";
  if (load::failed_beside(report)) return "load.right-but-failed-beside";
  if (report.exit_code == kInconclusive) return "load.right-but-open";
  return report.plan.validate == load::Validate::None ? "load.unchecked" : "load.all-right";
}

const char* capacity_id(load::Capacity::Kind kind) {
  switch (kind) {
    case load::Capacity::Kind::Found: return "load.capacity-found";
    case load::Capacity::Kind::BelowLeast: return "load.capacity-below-least";
    case load::Capacity::Kind::AboveMost: return "load.capacity-above-most";
    case load::Capacity::Kind::GeneratorLimited: return "load.capacity-generator-limited";
    case load::Capacity::Kind::Unclear: return "load.capacity-unclear";
  }
  return "";
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

std::string rate_text(double per_second) {
  if (!(per_second < 1e15)) return fixed(per_second, 0);
  return per_second < 99.95 ? fixed(per_second, 1)
                            : grouped(static_cast<std::uint64_t>(std::llround(per_second)));
}

std::string latency_text(Duration latency) {
  const auto ns = static_cast<double>(latency.count());
  if (latency < std::chrono::microseconds(1)) return fixed(ns, 0) + " ns";
  for (const Unit& unit : kUnits) {
    const double value = ns / unit.nanoseconds;
    // What rounds up to 1000 is written in the next unit.
    if (value >= 999.5 && unit.nanoseconds < 1e9) continue;
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return fixed(value, decimals) + " " + unit.name;
  }
  return {};
}

std::string percent_text(double percent) {
  return load::decimal_text(std::floor(percent * 100) / 100);
}

Message bottleneck_sentence(const LoadReport& report) {
  switch (report.bottleneck) {
    case load::Bottleneck::Server:
      return {report.plan.open_loop() ? "load.server-behind" : "load.server-sets-pace"};
    case load::Bottleneck::Generator: {
      const double percent = std::clamp(report.generator.busiest, 0.0, 1.0) * 100;
      return {report.plan.open_loop() ? "load.generator-behind" : "load.generator-sets-pace",
              {{"percent", fixed(percent, 0)}}};
    }
    case load::Bottleneck::Schedule: return {"load.schedule-sets-pace"};
    case load::Bottleneck::Unclear: return {"load.pace-unclear"};
  }
  return {};
}

Message trial_words(const load::CapacitySearch& search, const load::Trial& trial) {
  switch (trial.outcome) {
    case load::TrialOutcome::Holds: return {"load.trial-holds"};
    case load::TrialOutcome::Fails:
      return {evaluate(search.objective, trial.figure).holds ? "load.trial-wrong"
                                                             : "load.trial-fails"};
    case load::TrialOutcome::GeneratorLimited: return {"load.trial-generator-limited"};
  }
  return {};
}

Message capacity_sentence(const LoadReport& report) {
  const load::CapacitySearch& search = *report.capacity;
  const load::Capacity& found = search.result;
  if (report.interrupted_by != 0) return {"load.capacity-interrupted"};
  const bool none = found.low <= 0 && found.kind != load::Capacity::Kind::BelowLeast;
  const bool no_generator = found.kind == load::Capacity::Kind::GeneratorLimited;
  const char* const id = !none          ? capacity_id(found.kind)
                         : no_generator ? "load.capacity-no-generator"
                                        : "load.capacity-none";
  return {id,
          {{"objective", load::text(search.objective)},
           {"low", rate_text(found.low)},
           {"high", rate_text(found.high.value_or(0))}}};
}

Message conclusion(const LoadReport& report) {
  if (load::nobody_there(report))
    return {"load.nobody-there", {{"address", report.target.address}}};
  if (report.invalid && load::certain_faults(report) == 0 && report.exit_code != 1)
    return {"load.says-nothing"};
  if (const std::uint64_t wrong = load::faults(report); wrong > 0) return some_wrong(report, wrong);
  if (load::nothing_came(report))
    return {"load.nothing-came", {{"sent", grouped(report.total.requests.sent)}}};
  return {objection(report),
          {{"ok", grouped(report.total.verdicts[ReplyVerdict::Ok])},
           {"rate", rate_text(load::achieved_rate(report))}}};
}

Message verdict_words(ReplyVerdict verdict) {
  switch (verdict) {
    case ReplyVerdict::Ok: return {"load.is-ok"};
    case ReplyVerdict::Corrupt: return {"load.is-corrupt"};
    case ReplyVerdict::WrongTransform: return {"load.is-wrong-transform"};
    case ReplyVerdict::CrossTalk: return {"load.is-cross-talk"};
    case ReplyVerdict::Duplicate: return {"load.is-duplicate"};
    case ReplyVerdict::Reordered: return {"load.is-reordered"};
    case ReplyVerdict::Late: return {"load.is-late"};
    case ReplyVerdict::Lost: return {"load.is-lost"};
    case ReplyVerdict::Truncated: return {"load.is-truncated"};
    case ReplyVerdict::OverLong: return {"load.is-over-long"};
    case ReplyVerdict::Merged: return {"load.is-merged"};
    case ReplyVerdict::Unsolicited: return {"load.is-unsolicited"};
    case ReplyVerdict::Reset: return {"load.is-reset"};
    case ReplyVerdict::EarlyEnd: return {"load.is-early-end"};
  }
  return {};
}

Message usual_reason(ReplyVerdict verdict) {
  switch (verdict) {
    case ReplyVerdict::Ok: return {};
    case ReplyVerdict::Corrupt: return {"load.why-corrupt"};
    case ReplyVerdict::WrongTransform: return {"load.why-wrong-transform"};
    case ReplyVerdict::CrossTalk: return {"load.why-cross-talk"};
    case ReplyVerdict::Duplicate: return {"load.why-duplicate"};
    case ReplyVerdict::Reordered: return {"load.why-reordered"};
    case ReplyVerdict::Late: return {"load.why-late"};
    case ReplyVerdict::Lost: return {"load.why-lost"};
    case ReplyVerdict::Truncated: return {"load.why-truncated"};
    case ReplyVerdict::OverLong: return {"load.why-over-long"};
    case ReplyVerdict::Merged: return {"load.why-merged"};
    case ReplyVerdict::Unsolicited: return {"load.why-unsolicited"};
    case ReplyVerdict::Reset: return {"load.why-reset"};
    case ReplyVerdict::EarlyEnd: return {"load.why-early-end"};
  }
  return {};
}

}  // namespace sockspec::reports
