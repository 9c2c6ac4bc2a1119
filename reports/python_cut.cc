#include "reports/python_cut.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace sockspec::reports {
namespace {

// How often each peer connected, wrote, … before the check failed.
using Done = std::map<std::pair<std::size_t, Entry>, std::size_t>;

Done done_before(const Transcript& transcript, const Check& check) {
  // A should that is missed lets the script go on in the same instant.
  const bool goes_on = check.level != Level::Must;
  Done done;
  for (const TranscriptEntry& entry : transcript) {
    if (entry.at > check.at || (goes_on && entry.at == check.at)) break;
    if (!is_observation(entry.kind)) ++done[{entry.peer, entry.kind}];
  }
  return done;
}

// The entry that a move leaves in a transcript, and how often for a peer; none for what only waits.
std::optional<Entry> trace_of(const Move& move) {
  if (std::holds_alternative<move::Connect>(move.what)) return Entry::Connect;
  if (std::holds_alternative<move::Send>(move.what)) return Entry::Write;
  if (std::holds_alternative<move::HalfClose>(move.what)) return Entry::HalfClose;
  if (std::holds_alternative<move::Reset>(move.what)) return Entry::Reset;
  if (std::holds_alternative<move::Close>(move.what)) return Entry::Close;
  if (std::holds_alternative<move::Urgent>(move.what)) return Entry::Urgent;
  return std::nullopt;
}

// The last move that left a trace.
std::size_t last_begun(const Script& script, Done done) {
  std::size_t last = 0;
  for (std::size_t i = 0; i < script.moves.size(); ++i) {
    const Move& move = script.moves[i];
    const std::optional<Entry> trace = trace_of(move);
    if (!trace) continue;
    for (std::size_t place = 0; place < move.peers.size(); ++place) {
      std::size_t& left = done[{move.peers[place], *trace}];
      if (left == 0) continue;
      const auto* send = std::get_if<move::Send>(&move.what);
      left -= std::min(left, send ? send->pieces[place].size() : 1);
      last = i;
    }
  }
  return last;
}

enum class Where { AtThatPeer, AtAnyPeer, AtAnyMove };

bool can_fail(const Script& script, std::size_t at, const Check& check, Where where) {
  const Move& move = script.moves[at];
  if (move.pointer != check.pointer) return false;
  if (where == Where::AtAnyMove) return true;
  if (move.check != check.id) return false;
  const bool sends = std::holds_alternative<move::Send>(move.what);
  if (!sends && !observes(move)) return false;
  // Of an exchange, the reply fails rather than the request.
  const bool replied = at + 1 < script.moves.size() && observes(script.moves[at + 1]) &&
                       script.moves[at + 1].pointer == move.pointer &&
                       script.moves[at + 1].check == check.id;
  if (sends && replied && check.observed.id != "seen.not-taken") return false;
  if (check.peer.empty() || where == Where::AtAnyPeer) return true;
  return std::any_of(move.peers.begin(), move.peers.end(),
                     [&](std::size_t peer) { return script.peers[peer].name == check.peer; });
}

// Bytes that went to the wrong client, or that nobody asked for, fail the step that was being
// played, whatever it does.
std::optional<std::size_t> find_failed(const Script& script, std::size_t begun,
                                       const Check& check) {
  for (const Where where : {Where::AtThatPeer, Where::AtAnyPeer, Where::AtAnyMove}) {
    for (std::size_t i = begun; i < script.moves.size(); ++i) {
      if (can_fail(script, i, check, where)) return i;
    }
    for (std::size_t i = begun; i-- > 0;) {
      if (can_fail(script, i, check, where)) return i;
    }
  }
  return std::nullopt;
}

bool is_alive(const std::vector<Step>& steps, const std::string& pointer) {
  return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    if (step.pointer == pointer && std::holds_alternative<step::Alive>(step.action)) return true;
    const auto* loop = std::get_if<step::Loop>(&step.action);
    return loop && is_alive(loop->body, pointer);
  });
}

// The outermost loop around a step that does the same thing in every round.
const Step* plain_loop_around(const std::vector<Step>& steps, const std::string& pointer) {
  for (const Step& step : steps) {
    const auto* loop = std::get_if<step::Loop>(&step.action);
    if (!loop || !pointer.starts_with(step.pointer + "/")) continue;
    return loop->variable.empty() ? &step : plain_loop_around(loop->body, pointer);
  }
  return nullptr;
}

bool connects(const Move& move) { return std::holds_alternative<move::Connect>(move.what); }
bool sends(const Move& move) { return std::holds_alternative<move::Send>(move.what); }

// A failed connect or write may show only when somebody reads.
std::size_t end_of_reading(const Script& script, std::size_t end, std::size_t peer) {
  for (std::size_t i = end; i < script.moves.size(); ++i) {
    const Move& move = script.moves[i];
    const bool concerns = std::find(move.peers.begin(), move.peers.end(), peer) != move.peers.end();
    if (concerns && observes(move)) return i + 1;
  }
  return end;
}

}  // namespace

std::optional<Cut> cut_after_failure(const Scenario& scenario, const Script& script,
                                     const ScenarioResult& result, const Check& check) {
  const std::size_t begun = last_begun(script, done_before(result.transcript, check));
  const std::optional<std::size_t> failed = find_failed(script, begun, check);
  if (!failed) return std::nullopt;
  Cut cut{*failed, *failed + 1};
  const auto in = [&](std::size_t i, const std::string& pointer) {
    return i < script.moves.size() && script.moves[i].pointer == pointer;
  };
  const Move& move = script.moves[*failed];
  // The rest of the step; in a loop the same step comes again.
  const bool sends_later = connects(move) || is_alive(scenario.steps, check.pointer);
  while (in(cut.end, check.pointer) && !connects(script.moves[cut.end]) &&
         (sends_later || !sends(script.moves[cut.end])))
    ++cut.end;
  bool read = !sends(move) && !connects(move);
  for (std::size_t i = *failed + 1; i < cut.end; ++i) read = read || observes(script.moves[i]);
  if (!read) cut.end = end_of_reading(script, cut.end, move.peers.front());
  // The rounds that would follow: a fault that chance decides shows in one of them.
  if (const Step* loop = plain_loop_around(scenario.steps, check.pointer)) {
    while (cut.end < script.moves.size() &&
           script.moves[cut.end].pointer.starts_with(loop->pointer + "/"))
      ++cut.end;
  }
  return cut;
}

}  // namespace sockspec::reports
