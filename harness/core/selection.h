// Selection: which scenarios run, in which order, and why the others do not.
#pragma once

#include <string>
#include <vector>

#include "core/profile.h"
#include "core/result.h"
#include "core/scenario.h"

namespace sockspec {

struct SelectionOptions {
  std::vector<std::string> only;  // patterns; "*" matches within a part, "**" across "/"
  std::vector<std::string> skip;
  Level level = Level::May;  // up to this level: must selects only must
  std::size_t shard = 0;     // of `shards`, from 0
  std::size_t shards = 1;
  bool optional = false;   // also those that run only when asked for
  bool supervised = true;  // the server is our child: its processes can be measured
};

struct Skipped {
  const Scenario* scenario;
  Message reason;
};

struct Selection {
  const Scenario* sanity = nullptr;     // first and last, whatever was selected
  bool sanity_asked_for = false;        // and it is one of those selected
  std::vector<const Scenario*> chosen;  // without the sanity scenario
  std::vector<Skipped> skipped;
};

// "close/half-close", "close/*", "**close**", "half-close"?: no, a pattern names the whole id.
bool matches(std::string_view pattern, std::string_view id);

// Errors: a pattern that matches no scenario of this profile (with the nearest id), an id in the
// profile's levels or exclude that does not exist, nothing selected.
Result<Selection> select(const std::vector<Scenario>& suite, const Profile& profile,
                         const SelectionOptions& options);

}  // namespace sockspec
