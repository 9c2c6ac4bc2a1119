// InFlight: the requests of one connection or socket that are not settled, and what an answer to
// each amounts to.
//
// It grows with what is in flight and no further, whatever the server does: of requests given up
// it remembers the latest kMostGivenUp; an answer to an older one counts as Duplicate. Not
// thread-safe. Nothing allocates once the most that is ever in flight was reached.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/load/judged.h"

namespace sockspec::load {

class InFlight {
 public:
  enum class State {
    Open,
    GivenUp,   // its time limit passed, and nothing came so far
    Answered,  // or forgotten
    NotSent,
  };
  static constexpr std::size_t kMostGivenUp = 16'384;

  // `sequence` follows the one before; `sent` is not before the one before.
  void add(std::uint64_t sequence, Duration due, Duration sent);

  State state(std::uint64_t sequence) const;
  std::size_t open() const { return open_; }
  bool unanswered() const { return open_ > 0 || given_up_left_ > 0; }

  // In order of sending. The search from `from` on is short; when it finds none, the oldest.
  std::optional<std::uint64_t> oldest_open() const;
  std::optional<std::uint64_t> next_open(std::uint64_t from) const;
  std::optional<std::uint64_t> oldest_given_up() const;
  std::uint64_t end() const { return next_; }                           // the next to be sent
  std::optional<std::uint64_t> last_answered() const { return last_; }  // by time

  // Appends what an answer to a request (Open or GivenUp) is, if `as_such` is what it is by itself:
  // Ok becomes Late, or Reordered when a later request was answered before (RFC 4737, 3.3).
  Judged& settle(std::uint64_t sequence, ReplyVerdict as_such, std::vector<Judged>& out);

  // Appends Lost for each that was sent before `sent_before`.
  void give_up(Duration sent_before, std::vector<Judged>& out);

  // Appends `verdict` for each that is open, and forgets all.
  void end_all(ReplyVerdict verdict, std::vector<Judged>& out);

  // Sequences may start again at any number. The memory is kept for the next connection.
  void forget_all();

 private:
  static constexpr std::size_t kKeptSize = 1024;  // a ring that a stall made larger is given back

  struct Request {
    Duration due{};
    Duration sent{};
    bool open = false;
  };
  struct GivenUp {
    std::uint64_t sequence = 0;
    Duration due{};
    Duration sent{};
    bool settled = false;
  };

  Request& at(std::uint64_t sequence) { return ring_[sequence & (ring_.size() - 1)]; }
  const Request& at(std::uint64_t sequence) const { return ring_[sequence & (ring_.size() - 1)]; }
  std::vector<GivenUp>::const_iterator find_given_up(std::uint64_t sequence) const;
  void grow();
  std::optional<std::uint64_t> search_open(std::uint64_t from) const;
  void shrink();
  void none_open() {
    first_ = next_;
    if (ring_.size() > kKeptSize) shrink();
  }
  void advance() {
    if (open_ == 0) return none_open();
    while (!at(first_).open) ++first_;
  }
  void remember(std::uint64_t sequence, const Request& request);
  void skip_settled();
  void settle_given_up(std::uint64_t sequence, Judged& judged);

  std::vector<Request> ring_;  // a power of two; from first_ to next_
  std::uint64_t first_ = 0;    // the oldest that is open, or next_
  std::uint64_t next_ = 0;
  std::size_t open_ = 0;
  std::optional<std::uint64_t> last_;
  std::uint64_t above_highest_answered_ = 0;
  std::vector<GivenUp> given_up_;   // in order of sequence
  std::size_t given_up_first_ = 0;  // the oldest of them that is not settled
  std::size_t given_up_left_ = 0;
};

// These are here for the compiler: each runs once per request.

inline void InFlight::add(std::uint64_t sequence, Duration due, Duration sent) {
  if (open_ == 0) {
    assert(sequence >= next_);
    first_ = next_ = sequence;
  }
  assert(sequence == next_);
  if (next_ - first_ == ring_.size()) grow();
  at(next_++) = {due, sent, true};
  ++open_;
}

inline std::optional<std::uint64_t> InFlight::next_open(std::uint64_t from) const {
  if (open_ == 0) return std::nullopt;
  const std::uint64_t begin = std::max(from, first_);
  if (begin < next_ && at(begin).open) return begin;  // as long as replies come in order
  return search_open(begin);
}

inline Judged& InFlight::settle(std::uint64_t sequence, ReplyVerdict as_such,
                                std::vector<Judged>& out) {
  Judged& judged = out.emplace_back();
  judged.verdict = as_such;
  judged.sequence = sequence;
  last_ = sequence;
  if (sequence < first_ || !at(sequence).open) {
    settle_given_up(sequence, judged);
  } else {
    Request& request = at(sequence);
    judged.due = request.due;
    judged.sent = request.sent;
    judged.answers = true;
    if (as_such == ReplyVerdict::Ok && sequence < above_highest_answered_)
      judged.verdict = ReplyVerdict::Reordered;
    request.open = false;
    --open_;
    advance();
  }
  if (sequence >= above_highest_answered_) above_highest_answered_ = sequence + 1;
  return judged;
}

}  // namespace sockspec::load
