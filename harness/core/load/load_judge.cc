#include "core/load/load_judge.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/exit_codes.h"
#include "core/load/bottleneck.h"
#include "core/load/figures.h"

namespace sockspec::load {
namespace {

constexpr double kMuchWaiting = 0.05;  // of the time, by each worker

constexpr char kMissed[] = "load.schedule-missed";
constexpr char kSlipped[] = "load.schedule-slipped";
constexpr char kNotSent[] = "load.not-sent";
constexpr char kNotConnected[] = "load.not-connected";
constexpr char kDropped[] = "load.own-drops";
constexpr char kClamped[] = "load.clamped";
constexpr char kWaited[] = "load.waited";
constexpr char kStolen[] = "load.stolen";
constexpr char kThrottled[] = "load.throttled";
constexpr char kNotHere[] = "load.not-here";
constexpr char kNotVerified[] = "load.not-verified";

// Rounded down: 99.899 must not read as the limit that it missed.
std::string percent(double value) { return decimal_text(std::floor(value * 100) / 100); }

// A report that was read and merged is judged again, and then carries the warnings of before.
void forget(LoadReport& report) {
  std::erase_if(report.warnings, [](const Message& warning) {
    const std::string& id = warning.id;
    return id == kSlipped || id == kNotSent || id == kNotConnected || id == kDropped ||
           id == kClamped || id == kWaited || id == kStolen || id == kThrottled || id == kNotHere ||
           id == kNotVerified;
  });
  if (report.invalid && report.invalid->id == kMissed) report.invalid.reset();
}

void warn(LoadReport& report, const char* id, std::uint64_t count) {
  if (count > 0) report.warnings.push_back({id, {{"count", std::to_string(count)}}});
}

void judge_schedule(LoadReport& report) {
  const double kept = adherence(report);
  if (nobody_there(report) || kept >= kHeldAdherence) return;
  if (kept >= kLeastAdherence) {
    report.warnings.push_back({kSlipped, {{"percent", percent(kept)}}});
  } else if (!report.invalid) {
    report.invalid =
        Message{kMissed, {{"percent", percent(kept)}, {"least", decimal_text(kLeastAdherence)}}};
  }
}

// Connections that must answer once before the run begins.
std::uint64_t to_verify(const LoadPlan& plan) {
  return (plan.visits() ? 0 : plan.connections) + plan.idle;
}

std::uint64_t unverified(const LoadReport& report) {
  const std::uint64_t wanted = to_verify(report.plan);
  return wanted - std::min(wanted, report.total.connections.verified);
}

void judge_doubts(LoadReport& report) {
  const Tally& total = report.total;
  warn(report, kNotSent, total.requests.not_sent);
  warn(report, kNotConnected, total.connections.failed);
  warn(report, kDropped, total.udp.client_drops);
  warn(report, kNotHere, total.connections.not_here);
  if (const std::uint64_t missing = unverified(report); missing > 0) {
    report.warnings.push_back(
        {kNotVerified,
         {{"count", std::to_string(missing)}, {"all", std::to_string(to_verify(report.plan))}}});
  }
  const Latencies& latency = total.latency;
  warn(report, kClamped,
       latency.response.clamped() + latency.service.clamped() + latency.lag.clamped());
  const double waited = signs_of(report).waited;
  if (waited >= kMuchWaiting)
    report.warnings.push_back({kWaited, {{"percent", percent(100 * waited)}}});
  // One processor's worth: what was taken from the others may not have been missed.
  const auto taken = [&](const char* id, Duration time) {
    const double share = in_seconds(time) / std::max(in_seconds(report.duration), 1e-9);
    if (share >= kMuchWaiting) report.warnings.push_back({id, {{"percent", percent(100 * share)}}});
  };
  taken(kStolen, report.generator.stolen);
  taken(kThrottled, report.generator.throttled);
}

// None: as the run says at which it ended.
std::optional<int> exit_code_of(const Capacity& capacity) {
  switch (capacity.kind) {
    case Capacity::Kind::BelowLeast: return kServerFailed;
    case Capacity::Kind::Unclear: return kInconclusive;
    case Capacity::Kind::GeneratorLimited:
      if (capacity.low <= 0) return kInvalid;
      break;
    case Capacity::Kind::Found:
    case Capacity::Kind::AboveMost: break;
  }
  return std::nullopt;
}

// Something was left open about the server that was to be found out.
bool in_doubt(const LoadReport& report) {
  if (unverified(report) > 0) return true;
  if (!report.plan.check_under_load) return false;
  const auto is = [&](Outcome outcome) {
    return std::any_of(report.under_load.begin(), report.under_load.end(),
                       [&](const UnderLoad& result) { return result.outcome == outcome; });
  };
  return is(Outcome::Inconclusive) || !(is(Outcome::Pass) || is(Outcome::Warn));
}

int exit_code_of(const LoadReport& report) {
  if (report.interrupted_by != 0) return kSignalBase + report.interrupted_by;
  if (nobody_there(report)) return report.invalid ? kInvalid : kUnreachable;
  if (report.capacity) {
    if (const auto code = exit_code_of(report.capacity->result)) return *code;
  }
  if (proves_wrong(report)) return kServerFailed;
  if (report.invalid) return kInvalid;
  if (server_failed(report) || missed_a_threshold(report)) return kServerFailed;
  return in_doubt(report) ? kInconclusive : kHolds;
}

std::uint64_t excused_losses(const LoadReport& report) {
  return std::min(report.total.verdicts[ReplyVerdict::Lost], report.total.udp.client_drops);
}

bool came_nothing(const Tally& total) {
  return total.requests.answered == 0 && total.bytes_received == 0;
}

}  // namespace

bool nobody_there(const LoadReport& report) {
  const Tally& total = report.total;
  if (report.server_gone || !came_nothing(total)) return false;
  const bool udp = report.plan.profile.transport == Transport::Udp;
  return udp ? total.udp.refused > 0 : total.connections.opened == 0;
}

bool nothing_came(const LoadReport& report) {
  if (nobody_there(report)) return false;
  if (report.plan.profile.reply.transform == Transform::None)
    return report.total.requests.sent == 0;
  return report.total.requests.answered == 0;
}

std::uint64_t faults(const LoadReport& report) {
  return report.total.verdicts.errors() - excused_losses(report);
}

std::uint64_t certain_faults(const LoadReport& report) {
  const VerdictCounts& verdicts = report.total.verdicts;
  return verdicts.errors() - verdicts[ReplyVerdict::Late] - verdicts[ReplyVerdict::Lost];
}

bool missed_a_threshold(const LoadReport& report) {
  return std::any_of(report.thresholds.begin(), report.thresholds.end(),
                     [](const ThresholdResult& result) { return !result.holds; });
}

bool broke_connections(const LoadReport& report) {
  return report.total.connections.reset > 0 || report.total.connections.ended > 0;
}

bool failed_beside(const LoadReport& report) {
  return std::any_of(report.under_load.begin(), report.under_load.end(),
                     [](const UnderLoad& result) { return result.outcome == Outcome::Fail; });
}

bool proves_wrong(const LoadReport& report) {
  return report.server_gone || broke_connections(report) || failed_beside(report) ||
         certain_faults(report) > 0;
}

bool server_failed(const LoadReport& report) {
  return proves_wrong(report) || faults(report) > 0 || nothing_came(report);
}

void judge(LoadReport& report) {
  forget(report);
  report.thresholds.clear();
  for (const Threshold& threshold : report.plan.thresholds)
    report.thresholds.push_back(evaluate(threshold, figure_of(report, threshold.metric)));
  judge_schedule(report);
  judge_doubts(report);
  report.bottleneck = bottleneck_of(signs_of(report));
  report.exit_code = exit_code_of(report);
}

}  // namespace sockspec::load
