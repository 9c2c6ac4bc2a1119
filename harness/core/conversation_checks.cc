// Conversation: keeping the checks.
#include <algorithm>

#include "core/conversation.h"

namespace sockspec {

Check& Conversation::check_of(const Move& move) {
  const auto found = std::find_if(checks_.begin(), checks_.end(),
                                  [&](const Check& check) { return check.id == move.check; });
  if (found != checks_.end()) return *found;
  Check check;
  check.id = move.check;
  check.axis = move.axis;
  check.level = move.level;
  check.outcome = Outcome::NotRun;
  checks_.push_back(std::move(check));
  return checks_.back();
}

void Conversation::pass_check(Instant now) {
  const Move& current = move();
  if (!observes(current)) return;
  Check& check = check_of(current);
  if (check.outcome != Outcome::NotRun && check.outcome != Outcome::Pass) return;
  const bool unknown = std::holds_alternative<move::Sample>(current.what) && sampling_.unknown;
  check.outcome = unknown ? Outcome::Skipped : Outcome::Pass;
  if (unknown) check.observed = {"seen.cannot-measure"};
  check.at = now;
  check.pointer = current.pointer;
  if (const auto* end = std::get_if<move::AwaitEnd>(&current.what); end && !end->any_close)
    warn_of_reset(now);
}

// All that was owed has come, but the connection ended by RST: worth saying, no failure.
void Conversation::warn_of_reset(Instant now) {
  for (const std::size_t index : move().peers) {
    const PeerState& peer = peers_[index];
    if (!peer.broke || peer.ended) continue;
    Check& check = check_of(move());
    check.outcome = Outcome::Warn;
    check.expected = {"expect.end"};
    check.observed = end_seen(index);
    check.peer = peer_name(index);
    check.at = now;
    return;
  }
}

// Bytes that come when none are owed may arrive with the reply or a little later. So that the
// same fault always fails the same check, they count for the quiet that follows, if one does.
const Move& Conversation::move_blamed_for(const Failure& failure) const {
  const auto concerns = [&](const Move& candidate) {
    return std::find(candidate.peers.begin(), candidate.peers.end(), failure.peer) !=
           candidate.peers.end();
  };
  if (!failure.difference) return move();
  for (std::size_t i = at_; i < script_.moves.size(); ++i) {
    const Move& candidate = script_.moves[i];
    if (!concerns(candidate)) continue;
    const bool quiet = std::holds_alternative<move::Quiet>(candidate.what);
    const bool reply = std::holds_alternative<move::AwaitReply>(candidate.what);
    if (reply && failure.unasked && i == at_) continue;
    if (quiet || reply || std::holds_alternative<move::AwaitEnd>(candidate.what)) return candidate;
  }
  return move();
}

void Conversation::fail(Instant now, Failure failure) {
  const Move& blamed = move_blamed_for(failure);
  Check& check = check_of(blamed);
  if (check.outcome != Outcome::Fail) {
    check.outcome = Outcome::Fail;
    check.expected = std::move(failure.expected);
    check.observed = std::move(failure.observed);
    check.difference = failure.difference;
    check.peer = peer_name(failure.peer);
    check.pointer = blamed.pointer;
    check.at = now;
    check.timing_only = failure.timing_only;
    check.late_by = failure.late_by;
  }
  const bool elsewhere =
      failure.peer < script_.peers.size() && script_.peers[failure.peer].elsewhere;
  if (elsewhere && peers_[failure.peer].broke &&
      peers_[failure.peer].broke->breakage == Breakage::Refused) {
    check.outcome = Outcome::Skipped;
    check.observed = {"seen.not-there"};
    finish();
    for (Check& rest : checks_) {
      if (rest.outcome == Outcome::NotRun) rest.outcome = Outcome::Skipped;
    }
    return;
  }
  // Where a should or a may is only missing, a must that follows can still be told.
  const auto muted = failure.difference ? std::optional(failure.peer) : std::nullopt;
  const bool goes_on = check.level != Level::Must && must_follows(muted);
  if (!goes_on) return finish();
  for (const std::size_t peer : move().peers) peers_[peer].oracle.forgive();
  if (muted) peers_[*muted].muted = true;
  leave_move();
}

bool Conversation::must_follows(std::optional<std::size_t> without) const {
  for (std::size_t i = at_ + 1; i < script_.moves.size(); ++i) {
    const Move& rest = script_.moves[i];
    const bool only_that = without && rest.peers == std::vector{*without};
    if (only_that) continue;
    const bool connects = std::holds_alternative<move::Connect>(rest.what);
    if (rest.level == Level::Must && observes(rest) && !connects) return true;
  }
  return false;
}

void Conversation::finish() {
  if (finished_) return;
  finished_ = true;
  for (std::size_t i = at_; i < script_.moves.size(); ++i) {
    const Move& rest = script_.moves[i];
    const bool connects = std::holds_alternative<move::Connect>(rest.what);
    if (observes(rest) && !connects) check_of(rest);  // stays not-run, unless reached before
  }
}

}  // namespace sockspec
