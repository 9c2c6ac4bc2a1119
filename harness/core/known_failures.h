// Known failures: what a list of them excuses in a report, and which of its entries are stale.
//
// The list is kept honest by the run itself: an entry that passes, has expired or matches nothing
// fails the run, so that no entry can hide a failure that comes later.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/check_report.h"
#include "core/profile.h"
#include "core/scenario.h"
#include "core/selection.h"

namespace sockspec {

using Date = std::chrono::year_month_day;

std::string text_of(const Date& date);  // "2027-01-31"

struct KnownEntry {
  std::string scenario;  // a pattern, as in --only
  std::string reason;
  std::string link;             // "" = none
  std::optional<Date> expires;  // the last day on which it counts
};

// What a pattern may match without being in the results.
struct KnownScope {
  std::vector<std::string> of_profile;  // every scenario that fits the profile
  std::vector<std::string> elsewhere;   // selected, but for another shard
};

KnownScope known_scope(const std::vector<Scenario>& suite, const Profile& profile,
                       const SelectionOptions& options, const CheckReport& report);

// Marks the results that an entry excuses and lists the stale entries. Where the first scenario
// failed, so that the others did not run, it is not excused: a green run would have tested nothing.
void apply_known(const std::vector<KnownEntry>& entries, const KnownScope& scope, const Date& today,
                 CheckReport& report);

// Does the report tell of every failure? Not if a scenario was not run for another reason than the
// failure of one that it needs.
bool tells_all_failures(const CheckReport& report);

}  // namespace sockspec
