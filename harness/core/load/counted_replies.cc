#include "core/load/counted_replies.h"

#include <algorithm>

namespace sockspec::load {
namespace {

Judged judged(ReplyVerdict verdict, std::uint64_t sequence, Duration due, Duration sent) {
  Judged result;
  result.verdict = verdict;
  result.sequence = sequence;
  result.due = due;
  result.sent = sent;
  result.answers = verdict == ReplyVerdict::Ok;
  return result;
}

}  // namespace

void CountedReplies::sent(std::uint64_t sequence, std::size_t reply_size, Duration due,
                          Duration now) {
  waiting_.push_back({sequence, reply_size, due, now});
}

void CountedReplies::received(std::size_t size, std::vector<Judged>& out) {
  while (size > 0 && first_ < waiting_.size()) {
    Request& request = waiting_[first_];
    const std::size_t taken = std::min(size, request.missing);
    request.missing -= taken;
    size -= taken;
    if (request.missing > 0) return;
    Judged reply = judged(request.lost ? ReplyVerdict::Late : ReplyVerdict::Ok, request.sequence,
                          request.due, request.sent);
    reply.replaces_lost = request.lost;
    lost_ -= request.lost ? 1 : 0;
    out.push_back(std::move(reply));
    drop_front();
  }
}

void CountedReplies::give_up(Duration sent_before, std::vector<Judged>& out) {
  for (std::size_t i = first_; i < waiting_.size(); ++i) {
    Request& request = waiting_[i];
    if (request.sent >= sent_before) return;
    if (request.lost) continue;
    request.lost = true;
    ++lost_;
    out.push_back(judged(ReplyVerdict::Lost, request.sequence, request.due, request.sent));
  }
}

void CountedReplies::closed(bool reset, std::vector<Judged>& out) {
  const ReplyVerdict how = reset ? ReplyVerdict::Reset : ReplyVerdict::EarlyEnd;
  for (; first_ < waiting_.size(); ++first_) {
    const Request& request = waiting_[first_];
    if (!request.lost) out.push_back(judged(how, request.sequence, request.due, request.sent));
  }
  waiting_.clear();
  first_ = 0;
  lost_ = 0;
}

// The room in front is used again, so that a steady load allocates nothing.
void CountedReplies::drop_front() {
  if (++first_ * 2 < waiting_.size()) return;
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(first_));
  first_ = 0;
}

}  // namespace sockspec::load
