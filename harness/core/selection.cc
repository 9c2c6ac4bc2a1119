#include "core/selection.h"

#include <algorithm>
#include <optional>

#include "core/fits.h"
#include "core/nearest.h"

namespace sockspec {
namespace {

using Scenarios = std::vector<const Scenario*>;

std::vector<std::string> ids_of(const Scenarios& scenarios) {
  std::vector<std::string> ids;
  for (const Scenario* scenario : scenarios) ids.push_back(scenario->id);
  return ids;
}

bool any_matches(const std::vector<std::string>& patterns, std::string_view id) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& p) { return matches(p, id); });
}

std::optional<Error> check_patterns(const std::vector<std::string>& patterns,
                                    std::string_view option, const Scenarios& fitting,
                                    const Profile& profile) {
  for (const std::string& pattern : patterns) {
    const bool hit = std::any_of(fitting.begin(), fitting.end(),
                                 [&](const Scenario* s) { return matches(pattern, s->id); });
    if (hit) continue;
    return usage_error(
        std::string(option) + " \"" + pattern + "\" matches no scenario of profile " + profile.id +
        did_you_mean(pattern, ids_of(fitting)) + " (sockspec list scenarios shows all)");
  }
  return std::nullopt;
}

std::optional<Error> check_ids(const std::vector<Scenario>& suite, const Profile& profile) {
  std::vector<std::string> ids;
  ids.reserve(suite.size());
  for (const Scenario& scenario : suite) ids.push_back(scenario.id);
  const auto unknown = [&](const std::string& field,
                           const std::string& id) -> std::optional<Error> {
    const std::string scenario = id.substr(0, id.find('#'));
    if (std::find(ids.begin(), ids.end(), scenario) != ids.end()) return std::nullopt;
    return usage_error("profile " + profile.id + ": /" + field + ": there is no scenario \"" + id +
                       "\"" + did_you_mean(scenario, ids));
  };
  for (const Scenario& scenario : suite) {
    for (const std::string& need : scenario.needs) {
      if (std::find(ids.begin(), ids.end(), need) != ids.end()) continue;
      return usage_error(scenario.id + ": /needs: there is no scenario \"" + need + "\"" +
                         did_you_mean(need, ids));
    }
  }
  for (const auto& [id, level] : profile.levels) {
    if (auto error = unknown("levels", id)) return error;
  }
  for (const auto& [id, reason] : profile.exclude) {
    if (auto error = unknown("exclude", id)) return error;
  }
  return std::nullopt;
}

Level level_in(const Scenario& scenario, const Profile& profile) {
  const auto own = profile.levels.find(scenario.id);
  return own == profile.levels.end() ? scenario.level : own->second;
}

bool asked_for(const Scenario& optional, const SelectionOptions& options) {
  const auto& only = options.only;
  return options.optional || std::find(only.begin(), only.end(), optional.id) != only.end();
}

bool concerns_processes(const std::vector<Step>& steps) {
  return any_step(steps, [](const Step& step) {
    return std::holds_alternative<step::Sample>(step.action) ||
           std::holds_alternative<step::Server>(step.action) ||
           std::holds_alternative<step::ExpectExit>(step.action);
  });
}

std::optional<Message> reason_to_skip(const Scenario& scenario, const Profile& profile,
                                      const SelectionOptions& options) {
  if (any_matches(options.skip, scenario.id)) return Message{"reason.skipped"};
  const auto excluded = profile.exclude.find(scenario.id);
  if (excluded != profile.exclude.end())
    return Message{"reason.excluded", {{"why", excluded->second}}};
  if (!options.supervised && concerns_processes(scenario.steps)) return Message{"reason.not-ours"};
  return std::nullopt;
}

bool all_need_our_own_server(const std::vector<Skipped>& skipped) {
  return !skipped.empty() && std::all_of(skipped.begin(), skipped.end(), [](const Skipped& each) {
    return each.reason.id == "reason.not-ours";
  });
}

}  // namespace

bool matches(std::string_view pattern, std::string_view id) {
  std::vector<char> reached(id.size() + 1,
                            0);  // these beginnings of the id match the pattern so far
  reached[0] = 1;
  while (!pattern.empty()) {
    const bool deep = pattern.starts_with("**");
    if (pattern[0] == '*') {
      for (std::size_t i = 0; i < id.size(); ++i) {
        if (reached[i] != 0 && (deep || id[i] != '/')) reached[i + 1] = 1;
      }
    } else {
      for (std::size_t i = id.size(); i > 0; --i) {
        reached[i] = reached[i - 1] != 0 && id[i - 1] == pattern[0] ? 1 : 0;
      }
      reached[0] = 0;
    }
    pattern.remove_prefix(deep ? 2 : 1);
  }
  return reached[id.size()] != 0;
}

Result<Selection> select(const std::vector<Scenario>& suite, const Profile& profile,
                         const SelectionOptions& options) {
  if (auto error = check_ids(suite, profile)) return *error;
  Scenarios fitting;
  for (const Scenario& scenario : suite) {
    if (fits(scenario.requires_, profile)) fitting.push_back(&scenario);
  }
  if (auto error = check_patterns(options.only, "--only", fitting, profile)) return *error;
  if (auto error = check_patterns(options.skip, "--skip", fitting, profile)) return *error;

  Selection selection;
  std::size_t place = 0;
  for (const Scenario* scenario : fitting) {
    if (scenario->sanity && !selection.sanity) selection.sanity = scenario;
    if (!options.only.empty() && !any_matches(options.only, scenario->id)) continue;
    if (level_in(*scenario, profile) > options.level) continue;
    if (scenario->optional && !asked_for(*scenario, options)) continue;
    if (const auto reason = reason_to_skip(*scenario, profile, options)) {
      selection.skipped.push_back({scenario, *reason});
      continue;
    }
    if (place++ % options.shards != options.shard) continue;
    if (scenario == selection.sanity) {
      selection.sanity_asked_for = true;
    } else {
      selection.chosen.push_back(scenario);
    }
  }
  if (selection.chosen.empty() && !selection.sanity_asked_for) {
    if (all_need_our_own_server(selection.skipped)) {
      return usage_error("nothing is selected: \"" + selection.skipped.front().scenario->id +
                         "\" needs a server that sockspec starts itself; give its command after "
                         "-- instead of --target");
    }
    return usage_error("nothing is selected: no scenario of profile " + profile.id +
                       " is left after --only, --skip, --level and --shard");
  }
  return selection;
}

}  // namespace sockspec
