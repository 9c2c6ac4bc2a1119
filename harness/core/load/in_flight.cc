#include "core/load/in_flight.h"

#include <algorithm>
#include <cassert>

namespace sockspec::load {
namespace {

constexpr std::size_t kFirstSize = 4;
constexpr std::uint64_t kLookAhead = 64;  // or a server that answers backwards costs n^2

}  // namespace

void InFlight::grow() {
  std::vector<Request> larger(std::max(kFirstSize, ring_.size() * 2));
  for (std::uint64_t i = first_; i < next_; ++i) larger[i & (larger.size() - 1)] = at(i);
  ring_ = std::move(larger);
}

InFlight::State InFlight::state(std::uint64_t sequence) const {
  if (sequence >= next_) return State::NotSent;
  if (sequence >= first_ && at(sequence).open) return State::Open;
  const auto found = find_given_up(sequence);
  return found != given_up_.end() && !found->settled ? State::GivenUp : State::Answered;
}

std::optional<std::uint64_t> InFlight::oldest_open() const {
  if (open_ == 0) return std::nullopt;
  return first_;
}

std::optional<std::uint64_t> InFlight::search_open(std::uint64_t from) const {
  for (std::uint64_t i = from; i < next_ && i - from < kLookAhead; ++i) {
    if (at(i).open) return i;
  }
  return first_;
}

std::optional<std::uint64_t> InFlight::oldest_given_up() const {
  if (given_up_left_ == 0) return std::nullopt;
  return given_up_[given_up_first_].sequence;
}

void InFlight::settle_given_up(std::uint64_t sequence, Judged& judged) {
  const auto found = given_up_.begin() + (find_given_up(sequence) - given_up_.cbegin());
  if (found == given_up_.end() || found->settled) {  // forgotten since its reply began
    judged.verdict = ReplyVerdict::Duplicate;
    return;
  }
  judged.due = found->due;
  judged.sent = found->sent;
  judged.replaces_lost = true;
  if (judged.verdict == ReplyVerdict::Ok) judged.verdict = ReplyVerdict::Late;
  found->settled = true;
  if (--given_up_left_ == 0) given_up_.clear();
  skip_settled();
}

void InFlight::skip_settled() {
  if (given_up_left_ == 0) given_up_first_ = 0;
  while (given_up_left_ > 0 && given_up_[given_up_first_].settled) ++given_up_first_;
}

void InFlight::shrink() { ring_ = {}; }

void InFlight::give_up(Duration sent_before, std::vector<Judged>& out) {
  while (open_ > 0 && at(first_).sent < sent_before) {
    Request& request = at(first_);
    Judged& lost = out.emplace_back();
    lost.verdict = ReplyVerdict::Lost;
    lost.sequence = first_;
    lost.due = request.due;
    lost.sent = request.sent;
    remember(first_, request);
    request.open = false;
    --open_;
    advance();
  }
}

void InFlight::remember(std::uint64_t sequence, const Request& request) {
  if (given_up_.size() >= 2 * kMostGivenUp) {
    // What is settled goes first, then the oldest; by halves, so that the cost per request is
    // small.
    std::erase_if(given_up_, [](const GivenUp& g) { return g.settled; });
    if (given_up_.size() > kMostGivenUp) {
      given_up_.erase(given_up_.begin(),
                      given_up_.end() - static_cast<std::ptrdiff_t>(kMostGivenUp));
    }
    given_up_left_ = given_up_.size();
    given_up_first_ = 0;
  }
  given_up_.push_back({sequence, request.due, request.sent, false});
  ++given_up_left_;
}

std::vector<InFlight::GivenUp>::const_iterator InFlight::find_given_up(
    std::uint64_t sequence) const {
  const auto found = std::lower_bound(
      given_up_.begin(), given_up_.end(), sequence,
      [](const GivenUp& given_up, std::uint64_t wanted) { return given_up.sequence < wanted; });
  return found != given_up_.end() && found->sequence == sequence ? found : given_up_.end();
}

void InFlight::end_all(ReplyVerdict verdict, std::vector<Judged>& out) {
  for (std::uint64_t i = first_; i < next_; ++i) {
    if (!at(i).open) continue;
    Judged& judged = out.emplace_back();
    judged.verdict = verdict;
    judged.sequence = i;
    judged.due = at(i).due;
    judged.sent = at(i).sent;
  }
  forget_all();
}

void InFlight::forget_all() {
  first_ = next_ = above_highest_answered_ = 0;
  open_ = 0;
  given_up_.clear();
  given_up_first_ = given_up_left_ = 0;
  last_.reset();
}

}  // namespace sockspec::load
