#include "core/load/datagram_replies.h"

#include <algorithm>
#include <string_view>

#include "core/load/misfit.h"

namespace sockspec::load {
namespace {

// Around the request whose reply is due next, where one whose tag is wrong is looked for.
constexpr std::uint64_t kLookBack = 32;
constexpr std::uint64_t kLookAhead = 64;

std::string_view text(std::span<const char> bytes) { return {bytes.data(), bytes.size()}; }

bool is_whole(const Pieces& expected, std::span<const char> datagram) {
  return datagram.size() == expected.size() && expected.begins(datagram);
}

Misfit compare(const Pieces& expected, std::span<const char> datagram, std::size_t matched) {
  Misfit misfit(expected, matched);
  for (std::size_t i = matched; i < datagram.size(); ++i) {
    if (i < expected.size()) {
      misfit.take(datagram[i], expected.at(i));
    } else {
      misfit.take(datagram[i]);
    }
  }
  return misfit;
}

}  // namespace

void DatagramReplies::received(std::span<const char> datagram, std::vector<Judged>& out) {
  if (!payloads_->has_expected_bytes()) return judge_anything(out);
  if (!payloads_->replies_tagged()) return judge_untagged(datagram, out);
  const std::optional<std::uint64_t> due = in_flight_.next_open(next_);
  if (due && is_whole(reply(*due), datagram)) {  // the usual case, without a look at the tag
    next_ = *due + 1;
    in_flight_.settle(*due, ReplyVerdict::Ok, out);
    return;
  }
  const std::optional<RequestId> id = payloads_->parse_tag(text(datagram));
  if (id && payloads_->reply(*id).tagged) return judge_tagged(*id, datagram, out);
  judge_untagged(datagram, out);
}

void DatagramReplies::judge_anything(std::vector<Judged>& out) {
  if (const auto oldest = in_flight_.oldest_open()) {
    in_flight_.settle(*oldest, ReplyVerdict::Ok, out);
  } else if (const auto late = in_flight_.oldest_given_up()) {
    in_flight_.settle(*late, ReplyVerdict::Ok, out);
  } else {
    out.emplace_back().verdict = ReplyVerdict::Unsolicited;
  }
}

void DatagramReplies::judge_tagged(const RequestId& id, std::span<const char> datagram,
                                   std::vector<Judged>& out) {
  if (!(id == payloads_->id(connection_, id.sequence)))
    return answers_nothing(ReplyVerdict::CrossTalk, datagram, out);
  switch (in_flight_.state(id.sequence)) {
    case InFlight::State::Open:
    case InFlight::State::GivenUp: return judge_against(id.sequence, datagram, out);
    case InFlight::State::Answered:
      out.emplace_back().verdict = ReplyVerdict::Duplicate;
      out.back().sequence = id.sequence;
      return;
    case InFlight::State::NotSent: return answers_nothing(ReplyVerdict::Unsolicited, datagram, out);
  }
}

void DatagramReplies::judge_untagged(std::span<const char> datagram, std::vector<Judged>& out) {
  if (const auto own = most_alike(datagram)) return judge_against(*own, datagram, out);
  if (repeats_the_last(datagram)) {
    out.emplace_back().verdict = ReplyVerdict::Duplicate;
    out.back().sequence = in_flight_.last_answered().value_or(0);
    return;
  }
  const bool by_order = !payloads_->replies_tagged() || in_flight_.open() == 1;
  auto due = in_flight_.oldest_open();
  if (!due) due = in_flight_.oldest_given_up();
  if (by_order && due) return judge_against(*due, datagram, out);
  answers_nothing(ReplyVerdict::Unsolicited, datagram, out);
}

// Compares as far as both go, and where one ends and the other does not, says which.
void DatagramReplies::judge_against(std::uint64_t sequence, std::span<const char> datagram,
                                    std::vector<Judged>& out) {
  const Pieces expected = reply(sequence);
  next_ = sequence + 1;
  if (is_whole(expected, datagram)) {
    in_flight_.settle(sequence, ReplyVerdict::Ok, out);
    return;
  }
  const std::size_t matched = expected.matching(0, datagram);
  const Misfit misfit = compare(expected, datagram, matched);
  ReplyVerdict verdict = ReplyVerdict::Corrupt;
  if (matched == datagram.size()) {
    verdict = ReplyVerdict::Truncated;
  } else if (matched == expected.size()) {
    verdict = beyond_the_end(datagram.subspan(matched));
  } else if (misfit.case_only() && datagram.size() == expected.size()) {
    verdict = ReplyVerdict::WrongTransform;
  }
  Judged& judged = in_flight_.settle(sequence, verdict, out);
  judged.offset = matched;
  judged.excerpt = misfit.excerpt(expected, datagram.size());
}

ReplyVerdict DatagramReplies::beyond_the_end(std::span<const char> rest) const {
  if (payloads_->replies_tagged()) {
    const bool another = payloads_->parse_tag(text(rest)).has_value();
    return another ? ReplyVerdict::Merged : ReplyVerdict::OverLong;
  }
  const std::optional<std::uint64_t> due = in_flight_.next_open(next_);
  if (!due) return ReplyVerdict::OverLong;
  const Pieces next = reply(*due);
  const bool another = next.matching(0, rest) == std::min(next.size(), rest.size());
  return another ? ReplyVerdict::Merged : ReplyVerdict::OverLong;
}

// Without tags, the oldest request whose reply this is to the last byte; with them, one that half
// of the bytes agree with, or of whose reply this is the beginning.
std::optional<std::uint64_t> DatagramReplies::most_alike(std::span<const char> datagram) const {
  const auto oldest = in_flight_.oldest_open();
  if (!oldest) return std::nullopt;
  const bool tagged = payloads_->replies_tagged();
  const std::uint64_t around = tagged && next_ > kLookBack ? next_ - kLookBack : 0;
  const std::uint64_t begin = std::max(*oldest, around);
  std::optional<std::uint64_t> found;
  std::size_t least = datagram.size() / 2 + 1;
  for (std::uint64_t i = begin; i < in_flight_.end() && i - begin < kLookBack + kLookAhead; ++i) {
    if (in_flight_.state(i) != InFlight::State::Open) continue;
    const Pieces expected = reply(i);
    if (is_whole(expected, datagram)) return i;
    if (!tagged || expected.size() != datagram.size()) continue;
    const Misfit misfit = compare(expected, datagram, expected.matching(0, datagram));
    if (misfit.case_only()) return i;
    if (misfit.different() >= least) continue;
    least = misfit.different();
    found = i;
  }
  // A few bytes could be the beginning of anything.
  if (found || !tagged || datagram.size() >= kTagSize || datagram.size() < kTagSize / 2)
    return found;
  const auto due = in_flight_.next_open(next_);
  return due && reply(*due).matching(0, datagram) == datagram.size() ? due : std::nullopt;
}

bool DatagramReplies::repeats_the_last(std::span<const char> datagram) const {
  const std::optional<std::uint64_t> last = in_flight_.last_answered();
  if (!last || in_flight_.state(*last) != InFlight::State::Answered) return false;
  return is_whole(reply(*last), datagram);
}

void DatagramReplies::answers_nothing(ReplyVerdict verdict, std::span<const char> datagram,
                                      std::vector<Judged>& out) {
  Judged& judged = out.emplace_back();
  judged.verdict = verdict;
  judged.excerpt = std::make_unique<Excerpt>();
  judged.excerpt->received = text(datagram.first(std::min(datagram.size(), kMostExcerpt)));
  const std::optional<std::uint64_t> due = in_flight_.next_open(next_);
  if (!due) return;
  judged.sequence = *due;
  judged.excerpt->expected = reply(*due).excerpt(0, kMostExcerpt);
}

}  // namespace sockspec::load
