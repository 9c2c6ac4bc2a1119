#include "reports/python_snippet.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "reports/python_literal.h"
#include "scenario/parse_profile.h"
#include "scenario/suite.h"
#include "core/fits.h"

namespace sockspec::reports::test {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSeed = 7;

// What only the one who starts the server can do.
const std::set<std::string> kNeedsStart = {"lifecycle/port-in-use-is-said",
                                           "lifecycle/restart-same-port"};

const std::vector<Scenario>& suite() {
  static const auto kSuite = scenario::builtin_suite();
  EXPECT_TRUE(kSuite.ok());
  return *kSuite;
}

const Scenario& scenario_called(const std::string& id) {
  for (const Scenario& scenario : suite()) {
    if (scenario.id == id) return scenario;
  }
  ADD_FAILURE() << "no scenario " << id;
  return suite().front();
}

Environment machine() {
  Environment environment;
  environment.figures["tcp_wmem.max"] = 4U << 20U;
  return environment;
}

// The result of a scenario whose check failed at this step.
ScenarioResult failed_at(const Scenario& scenario, const Move& move, const Script& script) {
  ScenarioResult result;
  result.scenario = scenario.id;
  result.title = scenario.title;
  result.outcome = Outcome::Fail;
  Check check;
  check.id = move.check;
  check.level = move.level;
  check.outcome = Outcome::Fail;
  check.expected = {"expect.end"};
  check.observed = {"seen.nothing", {{"within", "2000 ms"}}};
  check.pointer = move.pointer;
  if (!move.peers.empty()) check.peer = script.peers[move.peers.front()].name;
  result.checks = {check};
  return result;
}

struct Bound {
  Profile profile;
  Script script;
};

Bound bound(const std::string& id, const std::string& profile) {
  auto loaded = scenario::load_profile(profile, {});
  EXPECT_TRUE(loaded.ok());
  auto script = bind(scenario_called(id), *loaded, machine(), kSeed);
  EXPECT_TRUE(script.ok());
  return {*loaded, *script};
}

// The snippet for a failure at the last step that can fail.
std::string snippet(const std::string& id, const std::string& profile) {
  const Bound all = bound(id, profile);
  const Move* last = nullptr;
  for (const Move& move : all.script.moves) {
    if (observes(move)) last = &move;
  }
  return python_snippet(scenario_called(id), all.script,
                        failed_at(scenario_called(id), *last, all.script), kSeed);
}

// What it does, without the functions.
std::string main_of(const std::string& snippet) {
  const std::size_t begin = snippet.find("def main():\n");
  const std::size_t end = snippet.find("\n\ntry:\n");
  if (begin == std::string::npos || end == std::string::npos) return "no main(): " + snippet;
  return snippet.substr(begin + 12, end - begin - 12);
}
