#include "reports/python_snippet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/fits.h"
#include "reports/python_literal.h"
#include "scenario/parse_profile.h"
#include "scenario/suite.h"

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
  environment.figures["tcp_wmem.max"] = 256U << 10U;
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

TEST(PythonLiteralTest, BytesReadAsAPersonWouldWriteThem) {
  EXPECT_EQ(python_literal("hello\n"), R"(b"hello\n")");
  EXPECT_EQ(python_literal("say \"hi\"\\\t\r"), R"(b"say \"hi\"\\\t\r")");
  EXPECT_EQ(python_literal(std::string("\xC3\x28\xFF\0", 4)), R"(b"\xc3(\xff\x00")");
  EXPECT_EQ(python_literal("aß한"), "\"aß한\".encode()");
  EXPECT_EQ(python_literal("e\xCC\x81"), "\"e\\u0301\".encode()");
}

TEST(PythonLiteralTest, ARangeIsWrittenAsOne) {
  std::string up;
  for (int i = 0; i < 256; ++i) up += static_cast<char>(i);
  EXPECT_EQ(python_literal(up), "bytes(range(256))");
  EXPECT_EQ(python_literal(std::string(up.rbegin(), up.rend())), "bytes(reversed(range(256)))");
  EXPECT_EQ(python_literal(up.substr(32, 95)), "bytes(range(32, 127))");
}

TEST(PythonLiteralTest, ListsAreWrapped) {
  EXPECT_EQ(python_list("x = ", {"1", "22"}, "", 4), "x = [1, 22]");
  const std::vector<std::string> long_values(3, std::string(40, 'v'));
  const std::string wrapped = python_list("x = ", long_values, ":", 0);
  EXPECT_EQ(std::count(wrapped.begin(), wrapped.end(), '\n'), 1);
  EXPECT_NE(wrapped.find(",\n     v"), std::string::npos);
}

TEST(PythonSnippetTest, NoneForWhatHolds) {
  const Bound all = bound("stream/basic", "tcp-echo");
  ScenarioResult result =
      failed_at(scenario_called("stream/basic"), all.script.moves.back(), all.script);
  result.outcome = Outcome::Pass;
  EXPECT_EQ(python_snippet(scenario_called("stream/basic"), all.script, result, kSeed), "");
  result.outcome = Outcome::Inconclusive;
  EXPECT_EQ(python_snippet(scenario_called("stream/basic"), all.script, result, kSeed), "");
}

TEST(PythonSnippetTest, ACheckOfNoStepGivesNone) {
  const Bound all = bound("stream/basic", "tcp-echo");
  ScenarioResult result =
      failed_at(scenario_called("stream/basic"), all.script.moves.back(), all.script);
  result.checks.front().pointer = "/steps/99";
  EXPECT_EQ(python_snippet(scenario_called("stream/basic"), all.script, result, kSeed), "");
}

TEST(PythonSnippetTest, TheHeadSaysWhatItShowsAndHowToRunIt) {
  const std::string text = snippet("stream/basic", "tcp-echo");
  EXPECT_TRUE(text.starts_with(R"py(#!/usr/bin/env python3
# stream/basic: A short message comes back, and nothing else
# expected: the server ends the connection with FIN
# came: nothing came within 2000 ms
#
# Shows it without sockspec: python3 stream-basic.py HOST PORT
import socket
import sys

HOST, PORT = sys.argv[1], int(sys.argv[2])
LIMIT = 2  # seconds that the server may take
)py")) << text;
}

TEST(PythonSnippetTest, WhatCameCannotLeaveTheComment) {
  const Bound all = bound("stream/basic", "tcp-echo");
  ScenarioResult result =
      failed_at(scenario_called("stream/basic"), all.script.moves.back(), all.script);
  result.title.en = "a\nimport os\r\x1b";
  const std::string text =
      python_snippet(scenario_called("stream/basic"), all.script, result, kSeed);
  EXPECT_NE(text.find("# stream/basic: a import os\n"), std::string::npos) << text;
}

TEST(PythonSnippetTest, TimeLimitsGrowWithTheScale) {
  const Bound all = bound("stream/basic", "tcp-echo");
  ScenarioResult result =
      failed_at(scenario_called("stream/basic"), all.script.moves.back(), all.script);
  result.scale = 2.5;
  const std::string text =
      python_snippet(scenario_called("stream/basic"), all.script, result, kSeed);
  EXPECT_NE(text.find("\nLIMIT = 5 "), std::string::npos) << text;
}

TEST(PythonSnippetTest, AfterADeathAFreshClientAsks) {
  const Bound all = bound("stream/basic", "tcp-echo");
  ScenarioResult result =
      failed_at(scenario_called("stream/basic"), all.script.moves.back(), all.script);
  result.server_gone = Message{"exit.code", {{"code", "3"}}};
  const std::string text =
      python_snippet(scenario_called("stream/basic"), all.script, result, kSeed);
  EXPECT_TRUE(main_of(text).ends_with(R"py(
    time.sleep(0.3)
    print("a new client must be served")
    still_served()
)py")) << text;
  EXPECT_NE(text.find("def still_served():\n    probe = connect()\n"), std::string::npos) << text;
}

TEST(PythonSnippetTest, WhatNeedsTheServerToBeStartedHasNone) {
  for (const std::string& id : kNeedsStart) EXPECT_EQ(snippet(id, "tcp-echo"), "") << id;
}

TEST(PythonSnippetTest, FilesAreNamedForTheScenario) {
  EXPECT_EQ(snippet_file("stream/basic"), "stream-basic.py");
}

// Megabytes take long to make; one profile for each way of framing shows the same.
bool is_alike_and_large(const Scenario& scenario, const Profile& profile) {
  const std::set<std::string> enough = {"tcp-echo", "tcp-uppercase-line", "tcp-chargen"};
  return scenario.id.starts_with("flow/") && !enough.contains(profile.id);
}

// Every built-in scenario, with every profile that it fits, failing at each of its steps. Python
// reads the programs, which finds what was put together wrongly.
TEST(PythonSnippetTest, EveryFailureOfTheSuiteHasOneThatPythonReads) {
  std::string name = (fs::path(testing::TempDir()) / "sockspec-snippets-XXXXXX").string();
  ASSERT_TRUE(mkdtemp(name.data()));
  const fs::path folder = name;
  const auto profiles = scenario::builtin_profiles();
  ASSERT_TRUE(profiles.ok());
  std::size_t count = 0;
  for (const Scenario& scenario : suite()) {
    for (const Profile& profile : *profiles) {
      if (!fits(scenario.requires_, profile) || profile.exclude.contains(scenario.id)) continue;
      if (is_alike_and_large(scenario, profile)) continue;
      const auto script = bind(scenario, profile, machine(), kSeed);
      if (!script) continue;
      std::set<std::string> seen;
      for (const Move& move : script->moves) {
        if (!observes(move) || !seen.insert(move.pointer + move.check).second) continue;
        const std::string text =
            python_snippet(scenario, *script, failed_at(scenario, move, *script), kSeed);
        const bool none = text.empty();
        EXPECT_TRUE(!none || kNeedsStart.contains(scenario.id))
            << scenario.id << " " << profile.id << " " << move.pointer;
        std::ofstream(folder / (std::to_string(count++) + ".py")) << text;
      }
    }
  }
  EXPECT_GT(count, 500U);
  const std::string command =
      "python3 -m compileall -q -l '" + folder.string() + "' >'" + folder.string() + "/log' 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0) << "see " << folder / "log";
  fs::remove_all(folder);
}

TEST(PythonGoldenTest, AMessageAndNothingElse) {
  EXPECT_EQ(main_of(snippet("stream/basic", "tcp-echo")), R"py(    print("client connects")
    client = connect()
    print("client sends", b"hello\n")
    client.sendall(b"hello\n")
    # The same bytes must come back.
    expect(client, b"hello\n")
    # Here sockspec saw the failure:
    # Nothing more may come.
    expect_nothing(client, 0.08)
)py");
}

TEST(PythonGoldenTest, CapitalLettersWithoutANewline) {
  EXPECT_EQ(main_of(snippet("stream/no-newline", "tcp-uppercase")),
            R"py(    print("client connects")
    client = connect()
    print("client sends", b"no newline at end")
    client.sendall(b"no newline at end")
    # The same must come back in capital letters.
    expect(client, b"no newline at end".upper())
    # Nothing more may come.
    expect_nothing(client, 0.08)
    print("client says that it sends no more (half-close)")
    client.shutdown(socket.SHUT_WR)
    # Here sockspec saw the failure:
    # Now the server must close the connection.
    expect_end(client)
)py");
}

TEST(PythonGoldenTest, ManyBytesAreDrawnAgain) {
  EXPECT_EQ(main_of(snippet("close/half-close", "tcp-echo")), R"py(    print("client connects")
    client = connect()
    print("client sends 1000 bytes")
    message = random_text(1000)
    client.sendall(message)
    print("client says that it sends no more (half-close)")
    client.shutdown(socket.SHUT_WR)
    # The same bytes must come back.
    expect(client, message)
    # Here sockspec saw the failure:
    # Now the server must close the connection.
    expect_end(client)
)py");
}

TEST(PythonGoldenTest, TwoClientsHaveTheNamesOfTheScenario) {
  EXPECT_EQ(main_of(snippet("concurrency/idle-first-client", "tcp-echo-line")),
            R"py(    print("a connects")
    a = connect()
    print("b connects")
    b = connect()
    print("b sends", b"second client\n")
    b.sendall(b"second client\n")
    # The same bytes must come back.
    expect(b, b"second client\n")
    print("a sends", b"first client\n")
    a.sendall(b"first client\n")
    # Here sockspec saw the failure:
    # The same bytes must come back.
    expect(a, b"first client\n")
)py");
}

TEST(PythonGoldenTest, ExchangesThatDifferInTheMessageAreALoop) {
  EXPECT_EQ(main_of(snippet("datagram/exact", "udp-uppercase")), R"py(    client = open_socket()
    print("4 times:")
    for message in [b"hello", b"line\n", b"x", bytes(range(128))]:
        print("client sends", message)
        client.sendto(message, SERVER)
        # The same must come back in capital letters.
        expect(client, message.upper())
    # Here sockspec saw the failure:
    # Nothing more may come.
    expect_nothing(client, 0.08)
)py");
}

TEST(PythonGoldenTest, OneReplyThenTheEnd) {
  EXPECT_EQ(main_of(snippet("session/one-reply-then-close", "tcp-greeting")),
            R"py(    print("client connects")
    client = connect()
    print("client sends", b"hello\n")
    client.sendall(b"hello\n")
    # Every client gets this text.
    expect(client, b"Hello, Client!")
    # Here sockspec saw the failure:
    # Now the server must close the connection.
    expect_end(client)
    print("client leaves")
    client.close()
)py");
}

TEST(PythonGoldenTest, ClientsOfEqualRoundsAreCollected) {
  EXPECT_EQ(main_of(snippet("concurrency/isolation", "tcp-echo")), R"py(    connected = []
    print("8 times:")
    for _ in range(8):
        a_clients = [connect() for _ in range(2)]
        connected += a_clients
        messages = [random_lines(1) for _ in a_clients]
        for client, message in zip(a_clients, messages):
            client.sendall(message)
        # The same bytes must come back.
        for client, message in zip(a_clients, messages):
            expect(client, message)
    print("50 times:")
    for _ in range(50):
        messages = [random_lines(3) for _ in connected]
        for client, message in zip(connected, messages):
            client.sendall(message)
        # Here sockspec saw the failure:
        # The same bytes must come back.
        for client, message in zip(reversed(connected), reversed(messages)):
            expect(client, message)
)py");
}

TEST(PythonGoldenTest, HalfALineIsOwedWithItsOtherHalf) {
  const std::string text = main_of(snippet("line/split-and-joined", "tcp-echo-line"));
  EXPECT_TRUE(text.ends_with(R"py(    client.sendall(b"a whole line\nhalf a")
    # The same bytes must come back.
    expect(client, b"a whole line\n")
    # Nothing more may come.
    expect_nothing(client, 0.08)
    print("client sends", b" line\n")
    client.sendall(b" line\n")
    # Here sockspec saw the failure:
    # The same bytes must come back.
    expect(client, b"half a line\n")
)py")) << text;
}

}  // namespace
}  // namespace sockspec::reports::test
