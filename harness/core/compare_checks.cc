#include "core/compare_checks.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>

#include "core/exit_codes.h"
#include "core/profile_difference.h"
#include "core/signature.h"

namespace sockspec {
namespace {

enum class Side { Holds, Warns, Fails, Open };

using ByName = std::map<std::string_view, const ScenarioResult*>;

ByName by_name(const CheckReport& report) {
  ByName results;
  for (const ScenarioResult& result : report.results) results.emplace(result.scenario, &result);
  return results;
}

Side side_of(const ScenarioResult& result, bool strict) {
  switch (result.outcome) {
    case Outcome::Pass: return Side::Holds;
    case Outcome::Warn: return strict ? Side::Fails : Side::Warns;
    case Outcome::Fail: return Side::Fails;
    case Outcome::Inconclusive:
    case Outcome::Skipped:
    case Outcome::NotRun: break;
  }
  return Side::Open;
}

// What was seen of a failure. Whether the death of a server shows as FIN or as a broken connection
// is chance.
std::set<std::string> seen(const ScenarioResult& result, bool died) {
  static constexpr std::string_view kEnded = "=ended";
  std::set<std::string> signs;
  for (std::string sign : signs_of(result)) {
    if (sign.ends_with(kMaySuffix)) continue;
    if (died && sign.ends_with(kEnded))
      sign.replace(sign.size() - kEnded.size(), kEnded.size(), "=broken");
    signs.insert(std::move(sign));
  }
  return signs;
}

bool looks_alike(const ScenarioResult& old, const ScenarioResult& now) {
  if (old.server_gone && now.server_gone &&
      sign_of_exit(*old.server_gone) != sign_of_exit(*now.server_gone)) {
    return false;
  }
  const bool died = old.server_gone || now.server_gone;
  return seen(old, died) == seen(now, died);
}

Change change_of_judged(const ScenarioResult& old, Side before, const ScenarioResult& now,
                        Side after) {
  if (before == Side::Holds && after == Side::Holds) return Change::Same;
  const bool both_bad = before != Side::Holds && after != Side::Holds;
  // What was seen is the same: only its level was raised or lowered.
  if (both_bad && looks_alike(old, now)) return Change::Same;
  if (before == after) return Change::Differs;
  if (after == Side::Fails) return Change::Broken;
  if (before == Side::Fails) return Change::Fixed;
  return after == Side::Warns ? Change::Warned : Change::Cleared;
}

// Might it have failed the run? What only advises could do no more than warn; checks tell, since
// each has a level. Of a result in doubt the one function that knows is asked.
bool could_fail(const ScenarioResult& result, bool strict) {
  if (result.outcome == Outcome::Inconclusive) {
    CheckReport alone;
    alone.strict = strict;
    alone.results.emplace_back();
    alone.results.front().outcome = result.outcome;
    alone.results.front().checks = result.checks;
    return exit_code_of(alone) == kInconclusive;
  }
  return strict || result.checks.empty() ||
         std::any_of(result.checks.begin(), result.checks.end(),
                     [](const Check& check) { return check.level == Level::Must; });
}

// The failure because of which a scenario was not run; null where there is none.
const ScenarioResult* hidden_behind(const ScenarioResult& result, const ByName& all) {
  const ScenarioResult* at = &result;
  for (std::size_t links = 0; links < all.size(); ++links) {
    if (at->outcome != Outcome::NotRun || at->reason.id != "reason.explained") break;
    const auto found = all.find(at->reason.param("scenario"));
    if (found == all.end()) return nullptr;
    at = found->second;
  }
  return at != &result && is_bad(at->outcome) ? at : nullptr;
}

// It did not work then either: the suite does not look behind such a failure.
bool was_hidden(const ScenarioResult& old, const ByName& all) {
  const bool sanity = old.outcome == Outcome::NotRun && old.reason.id == "reason.sanity";
  return sanity || hidden_behind(old, all) != nullptr;
}

// An old server that failed the first scenario was asked nothing else.
bool could_have_ended(const CheckReport& old) {
  return old.unexpected_exits.empty() &&
         std::none_of(old.results.begin(), old.results.end(), [](const ScenarioResult& result) {
           return result.outcome == Outcome::NotRun && result.reason.id == "reason.sanity";
         });
}

class Comparer {
 public:
  Comparer(const CheckReport& old, const CheckReport& now)
      : old_report_(old), now_report_(now), old_(by_name(old)), now_(by_name(now)) {
    same_machine_ = old.os == now.os && old.kernel == now.kernel && old.cpus == now.cpus &&
                    old.environment.scale == now.environment.scale;
  }

  CheckComparison compare() {
    CheckComparison compared;
    compared.old = &old_report_;
    compared.now = &now_report_;
    for (const ScenarioResult& now : now_report_.results) {
      if (now_.at(now.scenario) != &now) continue;
      const auto old = old_.find(now.scenario);
      compared.scenarios.push_back(old == old_.end() ? added(now) : both(*old->second, now));
      if (old != old_.end() && is_judged(*old->second) && is_judged(now))
        compared.judged_in_both += 1;
    }
    for (const ScenarioResult& old : old_report_.results) {
      if (old_.at(old.scenario) == &old && !now_.contains(old.scenario))
        compared.scenarios.push_back(gone(old));
    }
    if (could_have_ended(old_report_)) compared.new_exits = now_report_.unexpected_exits;
    note_cautions(compared);
    return compared;
  }

 private:
  Side side(const ScenarioResult& result) const { return side_of(result, now_report_.strict); }
  bool could_fail(const ScenarioResult& result) const {
    return sockspec::could_fail(result, now_report_.strict);
  }
  bool is_judged(const ScenarioResult& result) const { return side(result) != Side::Open; }

  ScenarioChange added(const ScenarioResult& now) const {
    ScenarioChange change{now.scenario, Change::Added, Tempo::Alike, nullptr, &now};
    change.known = side(now) == Side::Fails && now.known;
    change.in_doubt = side(now) == Side::Fails && !now.known;
    return change;
  }

  ScenarioChange gone(const ScenarioResult& old) const {
    ScenarioChange change{old.scenario, Change::Gone, Tempo::Alike, &old, nullptr};
    change.in_doubt = is_judged(old) && side(old) != Side::Fails && could_fail(old);
    return change;
  }

  ScenarioChange both(const ScenarioResult& old, const ScenarioResult& now) const {
    ScenarioChange change{now.scenario, Change::Same, Tempo::Alike, &old, &now};
    const Side before = side(old), after = side(now);
    change.known = after == Side::Fails && now.known;
    if (before == Side::Open && after == Side::Open) return change;
    if (before == Side::Open) {
      change.change = after == Side::Fails ? Change::Uncovered : Change::Judged;
      change.in_doubt = after == Side::Fails && !now.known && !was_hidden(old, old_);
    } else if (after == Side::Open) {
      const ScenarioResult* const behind = hidden_behind(now, now_);
      change.change = Change::Unjudged;
      change.in_doubt =
          before != Side::Fails && could_fail(old) && could_fail(now) && !(behind && behind->known);
    } else {
      change.change = change_of_judged(old, before, now, after);
      if (before == Side::Holds && after == Side::Holds) change.tempo = tempo(old, now);
    }
    return change;
  }

  Tempo tempo(const ScenarioResult& old, const ScenarioResult& now) const {
    if (!same_machine_ || old.version != now.version || old.scale != now.scale) return Tempo::Alike;
    const auto before = usual_reply_time(old), after = usual_reply_time(now);
    if (!before || !after) return Tempo::Alike;
    const auto longer = [&](Duration a, Duration b) {
      const std::chrono::duration<double, std::nano> floor = kTempoFloor * now.scale;
      return a >= kTempoRatio * b && a - b >= floor;
    };
    if (longer(*after, *before)) return Tempo::Slower;
    return longer(*before, *after) ? Tempo::Faster : Tempo::Alike;
  }

  void note_cautions(CheckComparison& compared) const {
    const CheckReport& old = old_report_;
    const CheckReport& now = now_report_;
    const auto note = [&](bool differs, Message message) {
      if (differs) compared.cautions.push_back(std::move(message));
    };
    // RFC 3339 in UTC: the order of the texts is that of the times.
    note(now.started_at < old.started_at, {"compare.caution-order"});
    note(old.profile.id != now.profile.id,
         {"compare.caution-profile", {{"old", old.profile.id}, {"new", now.profile.id}}});
    note(old.tool_version != now.tool_version,
         {"compare.caution-tool", {{"old", old.tool_version}, {"new", now.tool_version}}});
    note(old.seed != now.seed,
         {"compare.caution-seed",
          {{"old", std::to_string(old.seed)}, {"new", std::to_string(now.seed)}}});
    note(old.strict && !now.strict, {"compare.caution-not-strict"});
    note(!old.strict && now.strict, {"compare.caution-strict"});
    std::size_t rewritten = 0, levels = 0;
    for (const ScenarioChange& change : compared.scenarios) {
      if (!change.old || !change.now) continue;
      rewritten += change.old->version != change.now->version ? 1 : 0;
      levels += change.old->level != change.now->level ? 1 : 0;
    }
    note(rewritten > 0, {"compare.caution-scenarios", {{"count", std::to_string(rewritten)}}});
    note(levels > 0, {"compare.caution-levels", {{"count", std::to_string(levels)}}});
    note(!same_machine_, {"compare.caution-machine"});
  }

  const CheckReport& old_report_;
  const CheckReport& now_report_;
  const ByName old_;
  const ByName now_;
  bool same_machine_ = false;
};

template <class Predicate>
std::size_t count_if(const CheckComparison& compared, Predicate predicate) {
  return static_cast<std::size_t>(
      std::count_if(compared.scenarios.begin(), compared.scenarios.end(), predicate));
}

}  // namespace

template <>
std::span<const Named<Change>> names<Change>() {
  static constexpr Named<Change> kTable[] = {
      {"broken", Change::Broken},     {"uncovered", Change::Uncovered},
      {"unjudged", Change::Unjudged}, {"gone", Change::Gone},
      {"differs", Change::Differs},   {"warned", Change::Warned},
      {"fixed", Change::Fixed},       {"cleared", Change::Cleared},
      {"judged", Change::Judged},     {"added", Change::Added},
      {"same", Change::Same}};
  return kTable;
}

template <>
std::span<const Named<Tempo>> names<Tempo>() {
  static constexpr Named<Tempo> kTable[] = {
      {"alike", Tempo::Alike}, {"slower", Tempo::Slower}, {"faster", Tempo::Faster}};
  return kTable;
}

std::optional<Duration> usual_reply_time(const ScenarioResult& result) {
  std::map<std::size_t, Instant> asked;  // by peer
  std::vector<Duration> times;
  for (const TranscriptEntry& entry : result.transcript) {
    if (entry.kind == Entry::Pause) return std::nullopt;
    if (entry.kind == Entry::Connected || entry.kind == Entry::Sent) asked[entry.peer] = entry.at;
    if (entry.kind != Entry::Received) continue;
    const auto since = asked.find(entry.peer);
    if (since == asked.end()) continue;
    times.push_back(entry.at - since->second);
    asked.erase(since);
  }
  if (times.size() < kTempoReplies) return std::nullopt;
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

Result<CheckComparison> compare_checks(const CheckReport& old, const CheckReport& now) {
  const std::vector<std::string> fields = differing_fields(old.profile, now.profile);
  if (fields.empty()) return Comparer(old, now).compare();
  std::string all;
  for (const std::string& field : fields) all += (all.empty() ? "" : ", ") + field;
  return usage_error("the contracts differ in " + all + " (profiles " + old.profile.id + " and " +
                     now.profile.id +
                     "), so a failure may be the contract's; compare reports of one contract");
}

std::size_t count_of(const CheckComparison& compared, Change change) {
  return count_if(compared, [&](const ScenarioChange& each) { return each.change == change; });
}

std::size_t count_of(const CheckComparison& compared, Tempo tempo) {
  return count_if(compared, [&](const ScenarioChange& each) { return each.tempo == tempo; });
}

std::size_t count_in_doubt(const CheckComparison& compared) {
  return count_if(compared, [](const ScenarioChange& each) { return each.in_doubt; });
}

std::size_t count_red(const CheckComparison& compared) {
  return count_if(compared, [](const ScenarioChange& each) {
    return each.change == Change::Broken && !each.known;
  });
}

std::size_t count_still_failing(const CheckComparison& compared) {
  const bool strict = compared.now->strict;
  return count_if(compared, [&](const ScenarioChange& each) {
    return each.old && each.now && side_of(*each.old, strict) == Side::Fails &&
           side_of(*each.now, strict) == Side::Fails;
  });
}

bool is_incomplete(const CheckReport& report) {
  return report.invalid.has_value() || report.interrupted_by != 0;
}

int exit_code_of(const CheckComparison& compared) {
  if (count_red(compared) > 0 || !compared.new_exits.empty()) return kServerFailed;
  if (compared.now->exit_code == kUnreachable) return kUnreachable;
  if (is_incomplete(*compared.old) || is_incomplete(*compared.now)) return kInvalid;
  if (compared.judged_in_both == 0) return kInvalid;
  return count_in_doubt(compared) > 0 ? kInconclusive : kHolds;
}

}  // namespace sockspec
