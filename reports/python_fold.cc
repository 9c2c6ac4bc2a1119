#include "reports/python_fold.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace sockspec::reports {
namespace {

constexpr std::size_t kLongestRound = 80;  // deeds
constexpr std::size_t kFewestRounds = 3;
constexpr std::size_t kFewestOfLongRounds = 2;
constexpr std::size_t kLongRound = 3;
constexpr std::size_t kFewestJoined = 4;  // of different steps

bool same_size(const Size& a, const Size& b) {
  return a.factor == b.factor && a.figure == b.figure && a.plus == b.plus && a.up_to == b.up_to;
}

bool same_split(const Split& a, const Split& b) { return a.kind == b.kind && a.sizes == b.sizes; }

bool is_literal(const Deed& deed) {
  return deed.source && deed.source->payload.kind == Payload::Kind::Literal;
}

// Do both send the same, or bytes that are drawn in the same way, or short literal ones?
bool alike_payloads(const Deed& a, const Deed& b) {
  if (!a.source || !b.source) return a.move.pointer == b.move.pointer;
  const Payload& x = a.source->payload;
  const Payload& y = b.source->payload;
  if (x.kind != y.kind || x.alphabet != y.alphabet || x.times != y.times) return false;
  return same_size(x.size, y.size) && same_split(a.source->split, b.source->split);
}

bool alike_sends(const Deed& a, const Deed& b) {
  const auto& x = std::get<move::Send>(a.move.what);
  const auto& y = std::get<move::Send>(b.move.what);
  return x.barrier == y.barrier && x.stalled_after == y.stalled_after &&
         x.keep_rest == y.keep_rest && alike_payloads(a, b);
}

bool alike_options(const step::Connect& a, const step::Connect& b) {
  return a.send_buffer == b.send_buffer && a.receive_buffer == b.receive_buffer &&
         a.connected == b.connected && a.to == b.to;
}

// Can both be written as the same line of a program?
bool alike_moves(const Deed& a, const Deed& b) {
  const auto& x = a.move.what;
  const auto& y = b.move.what;
  if (x.index() != y.index()) return false;
  if (std::holds_alternative<move::Send>(x)) return alike_sends(a, b);
  if (const auto* connect = std::get_if<move::Connect>(&x))
    return alike_options(connect->options, std::get<move::Connect>(y).options);
  if (const auto* await = std::get_if<move::AwaitReply>(&x)) {
    const auto& other = std::get<move::AwaitReply>(y);
    return await->bytes == other.bytes && await->same_source == other.same_source;
  }
  if (const auto* end = std::get_if<move::AwaitEnd>(&x)) {
    const auto& other = std::get<move::AwaitEnd>(y);
    return end->reset_fails == other.reset_fails && end->any_close == other.any_close;
  }
  if (std::holds_alternative<move::Quiet>(x) || std::holds_alternative<move::Hold>(x))
    return a.move.within == b.move.within;
  if (const auto* watch = std::get_if<move::StartWatch>(&x))
    return watch->name == std::get<move::StartWatch>(y).name;
  if (const auto* watch = std::get_if<move::StopWatch>(&x))
    return watch->name == std::get<move::StopWatch>(y).name;
  return std::holds_alternative<move::HalfClose>(x) || std::holds_alternative<move::Reset>(x) ||
         std::holds_alternative<move::Close>(x);
}

bool alike(const Deed& a, const Deed& b) {
  if (a.kind != b.kind || a.lenient != b.lenient) return false;
  if (a.kind == Deed::Kind::Probe) return a.body.size() == b.body.size();
  return a.kind == Deed::Kind::Move && alike_moves(a, b);
}

// Which peer of a later round takes the part of which peer of the first.
class Cast {
 public:
  bool fits(const Deed& first, const Deed& later) {
    if (first.kind != Deed::Kind::Move) return true;
    const auto& a = first.move.peers;
    const auto& b = later.move.peers;
    if (a.size() != b.size()) return false;
    const bool connects = std::holds_alternative<move::Connect>(first.move.what);
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (connects) parts_[a[i]] = b[i];
      const auto part = parts_.find(a[i]);
      if ((part == parts_.end() ? a[i] : part->second) != b[i]) return false;
    }
    return true;
  }

 private:
  std::map<std::size_t, std::size_t> parts_;
};

// Payloads that a scenario spells out differ from step to step; a loop has one variable for them.
std::size_t spelled_out(const Plan& plan, std::size_t at, std::size_t length) {
  std::size_t count = 0;
  for (std::size_t i = at; i < at + length; ++i) {
    const Deed& a = plan[i];
    const Deed& b = plan[i + length];
    if (is_literal(a) && is_literal(b) && a.move.pointer != b.move.pointer) ++count;
  }
  return count;
}

bool same_round(const Plan& plan, std::size_t first, std::size_t later, std::size_t length) {
  if (later + length > plan.size()) return false;
  Cast cast;
  for (std::size_t i = 0; i < length; ++i) {
    if (!alike(plan[first + i], plan[later + i]) || !cast.fits(plan[first + i], plan[later + i]))
      return false;
  }
  return true;
}

std::size_t rounds_at(const Plan& plan, std::size_t at, std::size_t length) {
  std::size_t rounds = 1;
  while (same_round(plan, at, at + rounds * length, length)) ++rounds;
  if (rounds > 1 && spelled_out(plan, at, length) > 1) return 1;
  return rounds;
}

struct Rounds {
  std::size_t length = 0;  // of one
  std::size_t times = 0;
};

// The longest stretch of equal rounds that begins here.
Rounds best_rounds(const Plan& plan, std::size_t at) {
  Rounds best;
  const std::size_t most = std::min(kLongestRound, (plan.size() - at) / 2);
  for (std::size_t length = 1; length <= most; ++length) {
    // A round that would end by starting a stopwatch begins one deed later.
    const Deed& last = plan[at + length - 1];
    if (last.kind == Deed::Kind::Move && std::holds_alternative<move::StartWatch>(last.move.what))
      continue;
    const std::size_t times = rounds_at(plan, at, length);
    const std::size_t needed = length >= kLongRound ? kFewestOfLongRounds : kFewestRounds;
    if (times >= needed && times * length > best.times * best.length) best = {length, times};
  }
  return best;
}

Deed loop_of(Plan& plan, std::size_t at, Rounds rounds) {
  Deed loop;
  loop.kind = Deed::Kind::Loop;
  loop.times = rounds.times;
  for (std::size_t i = 0; i < rounds.length; ++i) {
    Deed first = std::move(plan[at + i]);
    for (std::size_t round = 1; round < rounds.times; ++round) {
      Deed& later = plan[at + round * rounds.length + i];
      first.failed |= later.failed;
      first.rounds.insert(first.rounds.end(), later.rounds.begin(), later.rounds.end());
    }
    loop.failed |= first.failed;
    loop.body.push_back(std::move(first));
  }
  loop.body = fold(std::move(loop.body));
  return loop;
}

bool may_join(const Deed& a, const Deed& b) {
  if (a.kind != Deed::Kind::Move || b.kind != Deed::Kind::Move || a.move.peers.empty())
    return false;
  const bool joins = std::holds_alternative<move::Connect>(a.move.what) ||
                     std::holds_alternative<move::Send>(a.move.what) ||
                     std::holds_alternative<move::AwaitReply>(a.move.what) ||
                     std::holds_alternative<move::AwaitEnd>(a.move.what) ||
                     std::holds_alternative<move::Close>(a.move.what);
  if (!joins || !alike(a, b)) return false;
  for (const std::size_t peer : b.move.peers) {
    if (std::find(a.move.peers.begin(), a.move.peers.end(), peer) != a.move.peers.end())
      return false;
  }
  return true;
}

void join(Deed& all, const Deed& next) {
  all.failed |= next.failed;
  all.move.peers.insert(all.move.peers.end(), next.move.peers.begin(), next.move.peers.end());
  if (auto* send = std::get_if<move::Send>(&all.move.what)) {
    const auto& more = std::get<move::Send>(next.move.what).pieces;
    send->pieces.insert(send->pieces.end(), more.begin(), more.end());
  }
}

}  // namespace

Plan join_turns(Plan plan) {
  Plan joined;
  for (std::size_t i = 0; i < plan.size();) {
    Deed all = plan[i];
    std::size_t end = i + 1;
    std::size_t steps = 1;  // of the scenario
    for (; end < plan.size() && may_join(all, plan[end]); ++end) {
      if (plan[end].move.pointer != plan[end - 1].move.pointer) ++steps;
      join(all, plan[end]);
    }
    const bool worth_it = end - i > 1 && (steps == 1 || steps >= kFewestJoined);
    if (!worth_it) {
      joined.push_back(std::move(plan[i++]));
      continue;
    }
    all.rounds = {all.move};
    joined.push_back(std::move(all));
    i = end;
  }
  return joined;
}

Plan fold(Plan plan) {
  Plan folded;
  for (std::size_t i = 0; i < plan.size();) {
    const Rounds rounds = best_rounds(plan, i);
    if (rounds.times == 0) {
      folded.push_back(std::move(plan[i++]));
      continue;
    }
    folded.push_back(loop_of(plan, i, rounds));
    i += rounds.length * rounds.times;
  }
  return folded;
}

}  // namespace sockspec::reports
