// Script: a scenario bound to a profile, a seed and a machine: concrete moves for concrete peers.
//
// bind() unrolls groups and loops, computes sizes, makes the payloads and drops what does not apply
// to the profile. The same scenario, profile, seed and environment give the same script, which is
// what lets a report be replayed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/profile.h"
#include "core/result.h"
#include "core/scenario.h"
#include "core/shared_bytes.h"
#include "core/time.h"
#include "core/verdict.h"

namespace sockspec {

// What the machine contributes: figures that sizes may name, and how much slower than usual it is.
struct Environment {
  std::map<std::string, std::uint64_t> figures;  // "tcp_wmem.max" -> bytes
  double scale = 1.0;  // time limits and quiet windows are multiplied by it
};

namespace move {

struct Connect {
  step::Connect options;
};
struct Send {
  std::vector<std::vector<SharedBytes>> pieces;  // for each peer, in the order of Move::peers
  Barrier barrier = Barrier::Written;
  std::optional<Duration> stalled_after;
  bool keep_rest = false;
};
struct AwaitReply {
  std::uint64_t bytes = 0;  // 0 = everything owed
  bool same_source = false;
};
struct AwaitBytes {
  SharedBytes bytes;
};
struct AwaitEnd {
  bool reset_fails = false;
  bool any_close = false;
};
struct Quiet {};
struct Hold {};
struct HalfClose {};
struct Reset {};
struct Close {};
struct Pause {};
struct Resume {};
struct Urgent {
  char byte = '!';
};
struct Sample {
  step::Sample what;
};
struct Server {
  ServerAct act = ServerAct::Terminate;
};
struct AwaitExit {};
struct StartWatch {
  std::string name;
};
struct StopWatch {
  std::string name;
};
struct Median {
  step::Median what;
};

}  // namespace move

struct Move {
  std::string pointer;  // the step it came from
  std::string check;
  Axis axis = Axis::Content;
  Level level = Level::Must;
  Duration within{};  // time without progress; for Quiet and Hold the window
  std::vector<std::size_t> peers;
  // At the first move of a further round of a repetition: after this time it goes on behind it.
  std::optional<Duration> enough;
  std::size_t after_rounds = 0;
  std::variant<move::Connect, move::Send, move::AwaitReply, move::AwaitBytes, move::AwaitEnd,
               move::Quiet, move::Hold, move::HalfClose, move::Reset, move::Close, move::Pause,
               move::Resume, move::Urgent, move::Sample, move::Server, move::AwaitExit,
               move::StartWatch, move::StopWatch, move::Median>
      what;
};

// Can this move pass or fail a check? Connecting counts: a server that is not there fails it.
bool observes(const Move& move);

struct PeerName {
  std::string name;        // "a", or "c[3]" in a group
  bool literal = false;    // some step expects exact bytes: the oracle is not asked
  bool elsewhere = false;  // asks another address of the machine, where perhaps nobody listens
};

struct Script {
  Profile profile;
  std::vector<PeerName> peers;
  std::vector<Move> moves;
  Duration budget{};  // after this time the conversation ends, in doubt; hopeless ones half-way
};

// Does it start, stop or signal the server? Then the server is no good for another script.
bool handles_server(const Script& script);

// Errors name the step by its JSON pointer: a peer that was never connected, an unknown figure.
Result<Script> bind(const Scenario& scenario, const Profile& profile,
                    const Environment& environment, std::uint64_t seed);

}  // namespace sockspec
