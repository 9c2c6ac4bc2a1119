#include "core/known_failures.h"

#include <algorithm>
#include <cstdio>

#include "core/fits.h"
#include "core/nearest.h"

namespace sockspec {
namespace {

bool any_matches(const std::string& pattern, const std::vector<std::string>& ids) {
  return std::any_of(ids.begin(), ids.end(),
                     [&](const std::string& id) { return matches(pattern, id); });
}

bool expired(const KnownEntry& entry, const Date& today) {
  return entry.expires && *entry.expires < today;
}

// Of the results that a pattern matches.
struct Matched {
  std::size_t passed = 0;
  std::size_t warned = 0;  // without --strict a warning fails nothing
  std::size_t other = 0;   // it failed, or nothing is known about it
};

Matched count_matched(const std::string& pattern, const CheckReport& report) {
  Matched matched;
  for (const ScenarioResult& result : report.results) {
    if (!matches(pattern, result.scenario)) continue;
    switch (result.outcome) {
      case Outcome::Pass: ++matched.passed; break;
      case Outcome::Warn: ++(report.strict ? matched.other : matched.warned); break;
      case Outcome::Fail:
      case Outcome::Inconclusive:
      case Outcome::NotRun: ++matched.other; break;
      case Outcome::Skipped: break;
    }
  }
  return matched;
}

bool only_sanity_ran(const CheckReport& report) {
  return std::any_of(
      report.results.begin(), report.results.end(),
      [](const ScenarioResult& result) { return result.reason.id == "reason.sanity"; });
}

// The first scenario, where its failure kept all others from being run and this entry matches it.
const ScenarioResult* beyond_excuse(const KnownEntry& entry, const CheckReport& report) {
  if (!only_sanity_ran(report)) return nullptr;
  const auto found =
      std::find_if(report.results.begin(), report.results.end(), [&](const ScenarioResult& result) {
        return fails_run(result, report.strict) && matches(entry.scenario, result.scenario);
      });
  return found == report.results.end() ? nullptr : &*found;
}

Message matches_nothing(const std::string& pattern, const std::vector<std::string>& ids) {
  const std::string near = nearest(pattern, ids);
  if (near.empty()) return {"known.matches-nothing"};
  return {"known.matches-nothing-near", {{"scenario", near}}};
}

// Passing comes before expiry: an entry that is needed no more needs no new date either.
std::optional<Message> why_stale(const KnownEntry& entry, const KnownScope& scope,
                                 const Date& today, const CheckReport& report) {
  const Matched matched = count_matched(entry.scenario, report);
  const bool nothing = matched.passed + matched.warned + matched.other == 0;
  if (nothing && !any_matches(entry.scenario, scope.of_profile))
    return matches_nothing(entry.scenario, scope.of_profile);
  const bool holds = matched.other == 0 && !any_matches(entry.scenario, scope.elsewhere);
  if (holds && matched.warned > 0) return Message{"known.warns"};
  if (holds && matched.passed > 0) return Message{"known.passes"};
  if (const ScenarioResult* const first = beyond_excuse(entry, report))
    return Message{"known.sanity", {{"scenario", first->scenario}}};
  if (expired(entry, today)) return Message{"known.expired", {{"date", text_of(*entry.expires)}}};
  return std::nullopt;
}

}  // namespace

std::string text_of(const Date& date) {
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

KnownScope known_scope(const std::vector<Scenario>& suite, const Profile& profile,
                       const SelectionOptions& options, const CheckReport& report) {
  KnownScope scope;
  for (const Scenario& scenario : suite) {
    if (fits(scenario.requires_, profile)) scope.of_profile.push_back(scenario.id);
  }
  SelectionOptions all_shards = options;
  all_shards.shard = 0;
  all_shards.shards = 1;
  const Result<Selection> selection = select(suite, profile, all_shards);
  if (options.shards == 1 || !selection) return scope;
  for (const Scenario* scenario : selection->chosen) {
    if (!find_result(report, scenario->id)) scope.elsewhere.push_back(scenario->id);
  }
  return scope;
}

bool tells_all_failures(const CheckReport& report) {
  if (report.interrupted_by != 0 || report.invalid) return false;
  return std::none_of(
      report.results.begin(), report.results.end(), [](const ScenarioResult& result) {
        return result.outcome == Outcome::NotRun && result.reason.id != "reason.explained";
      });
}

void apply_known(const std::vector<KnownEntry>& entries, const KnownScope& scope, const Date& today,
                 CheckReport& report) {
  for (const KnownEntry& entry : entries) {
    if (auto why = why_stale(entry, scope, today, report))
      report.stale_known.push_back({entry.scenario, std::move(*why)});
  }
  if (only_sanity_ran(report)) return;
  for (ScenarioResult& result : report.results) {
    if (!fails_run(result, report.strict)) continue;
    const auto excuse = std::find_if(entries.begin(), entries.end(), [&](const KnownEntry& entry) {
      return !expired(entry, today) && matches(entry.scenario, result.scenario);
    });
    if (excuse != entries.end()) result.known = KnownFailure{excuse->reason, excuse->link};
  }
}

}  // namespace sockspec
