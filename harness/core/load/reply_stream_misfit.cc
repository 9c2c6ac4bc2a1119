// The part of ReplyStream that looks at bytes one by one, once a reply is not as it must be.
#include <algorithm>
#include <utility>

#include "core/load/reply_stream.h"

namespace sockspec::load {
namespace {

// How far beyond the length of the reply that was due the next tag is waited for, to tell extra
// bytes from a reply whose tag is wrong.
constexpr std::size_t kPatience = 4096;
constexpr std::uint64_t kLookAhead = 64;  // requests

bool same_place(const RequestId& a, const RequestId& b) {
  return a.shard == b.shard && a.connection == b.connection;
}

}  // namespace

std::size_t ReplyStream::misread(std::span<const char> bytes, std::vector<Judged>& out) {
  if (!misfit_) {
    start_misfit();
  } else if (kind_ == Kind::Nothing && reported_ && in_flight_.unanswered()) {
    misfit_.reset();  // a reply has become due since: it may begin here
    return 0;
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t before = out.size();
    const bool done = step(bytes[i], out);
    if (kind_ == Kind::Nothing && out.size() > before) {
      // A run is given its verdict at once, for there may be no more; show what there is of it.
      std::string& seen = out.back().excerpt->received;
      const std::size_t more = std::min(bytes.size() - i - 1, kMostExcerpt - seen.size());
      seen.append(bytes.data() + i + 1, more);
    }
    if (done) return i + 1;
  }
  return bytes.size();
}

void ReplyStream::start_misfit() {
  misfit_ = std::make_unique<Misfit>(framed_ ? frame_ : Pieces{}, framed_ ? at_ : 0);
  // What matched was not looked at for tags, but one may begin in it.
  for (std::size_t i = at_ > kTagSize ? at_ - kTagSize : 0; i < at_; ++i) tags_.push(frame_.at(i));
}

// True when it is known what the bytes were; the next one begins something else.
bool ReplyStream::step(char byte, std::vector<Judged>& out) {
  if (framed_ && at_ < frame_.size()) {
    misfit_->take(byte, frame_.at(at_));
  } else {
    misfit_->take(byte);
  }
  ++at_;
  tags_.push(byte);
  if (tagged() && tags_.full() && at_tag(out)) return true;
  if (kind_ == Kind::Nothing) return step_of_nothing(byte, out);
  if (frame_.newline && byte == '\n') {
    line_ended(out);
    return true;
  }
  return at_ >= frame_.size() && conclude_at_length(out);
}

bool ReplyStream::step_of_nothing(char byte, std::vector<Judged>& out) {
  if (tagged() && at_ < kTagSize && tags_.all_tag_letters(at_)) return false;
  stray(at_, out);
  if (!in_flight_.unanswered() && !(payloads_.of_all().lines() && byte == '\n')) return false;
  misfit_.reset();
  return true;
}

bool ReplyStream::at_tag(std::vector<Judged>& out) {
  const std::optional<RequestId> id = payloads_.of_all().parse_tag(tags_.bytes());
  if (!id || !payloads_.of_all().reply(*id).tagged) return false;
  // It may even have begun in the frame before, if that was taken for longer than it was.
  const std::size_t length = at_ > kTagSize ? at_ - kTagSize : 0;
  const InFlight::State state = in_flight_.state(id->sequence);
  const bool due = state == InFlight::State::Open || state == InFlight::State::GivenUp;
  const bool ours = same_place(*id, payloads_.id(0));
  // Amid other bytes only a reply that is due is believed: anything can look like an old tag.
  if (length > 0 && !(ours && due)) return false;
  if (length > 0) before_tag(*id, length, out);
  misfit_.reset();
  begin(*id);
  return true;
}

void ReplyStream::before_tag(const RequestId& id, std::size_t length, std::vector<Judged>& out) {
  if (kind_ == Kind::Nothing) return stray(length, out);
  if (kind_ != Kind::Expected) return conclude(out);
  if (misfit_->first() >= length) {
    settle_truncated(length, out);
  } else if (identified()) {
    conclude(out);
  } else if (const auto other = unanswered_of_size(length); other && id.sequence != sequence_) {
    settle_wrong(*other, ReplyVerdict::Corrupt, length, out);
  } else {
    stray(length, out);
  }
}

void ReplyStream::begin(const RequestId& id) {
  frame_ = payloads_.of_all().reply(id);
  framed_ = true;
  at_ = kTagSize;
  tags_.clear();
  if (!same_place(id, payloads_.id(0))) {
    kind_ = Kind::Foreign;
    return;
  }
  sequence_ = id.sequence;
  switch (in_flight_.state(sequence_)) {
    case InFlight::State::Open:
    case InFlight::State::GivenUp: kind_ = Kind::Expected; return;
    case InFlight::State::Answered: kind_ = Kind::Repeated; return;
    case InFlight::State::NotSent: kind_ = Kind::NeverSent; return;
  }
}

// The rest of a line that was cut, or went on, is part of the same fault.
void ReplyStream::line_ended(std::vector<Judged>& out) {
  const std::size_t length = at_;
  const bool early = length < frame_.size();
  if (kind_ != Kind::Expected || length == frame_.size() || (!early && identified())) {
    conclude(out);
    line_cut_ = false;
    return;
  }
  if (early && misfit_->first() == length - 1) {
    settle_truncated(length - 1, out);
    line_cut_ = true;
  } else if (line_cut_ && !identified()) {
    line_cut_ = false;
  } else {
    const bool ours = identified();
    const auto other = ours ? std::nullopt : unanswered_of_size(length);
    settle_wrong(other.value_or(sequence_), ReplyVerdict::Corrupt, length, out);
    line_cut_ = ours && early;
  }
  framed_ = false;
  misfit_.reset();
}

// Is it the reply that was due, wrong as it is? Its own tag says so, and where that is wrong, the
// greater part of its bytes; and if it is the only one that is due, there is nothing to wait for.
bool ReplyStream::conclude_at_length(std::vector<Judged>& out) {
  const bool alike = misfit_->case_only() || misfit_->different() * 2 <= frame_.size();
  const bool alone = in_flight_.open() <= 1 && !line_cut_;
  if (!alone && may_be_next_tag()) return false;
  if (kind_ != Kind::Expected || identified() || alike || alone) {
    conclude(out);
    return true;
  }
  if (at_ < frame_.size() + kPatience) return false;
  stray(at_, out);
  framed_ = false;
  misfit_.reset();
  return true;
}

// A reply that lacks its last few bytes ends inside the next tag.
bool ReplyStream::may_be_next_tag() const {
  const std::size_t wrong = at_ - misfit_->first();
  return kind_ == Kind::Expected && tagged() && wrong < kTagSize && tags_.all_tag_letters(wrong);
}

void ReplyStream::conclude(std::vector<Judged>& out) {
  const bool wrong = misfit_ != nullptr;
  switch (kind_) {
    case Kind::Nothing: stray(at_, out); break;
    case Kind::Expected: {
      const bool whole = at_ >= frame_.size();
      const bool line_goes_on = frame_.newline && misfit_->first() + 1 == frame_.size();
      const ReplyVerdict verdict = whole && misfit_->case_only() ? ReplyVerdict::WrongTransform
                                   : whole && line_goes_on       ? ReplyVerdict::OverLong
                                                                 : ReplyVerdict::Corrupt;
      settle_wrong(sequence_, verdict, at_, out);
      line_cut_ = verdict == ReplyVerdict::OverLong;
      break;
    }
    case Kind::Repeated: answers_nothing(ReplyVerdict::Duplicate, out); break;
    case Kind::Foreign: answers_nothing(ReplyVerdict::CrossTalk, out); break;
    case Kind::NeverSent: answers_nothing(ReplyVerdict::Unsolicited, out); break;
  }
  reported_ = wrong;
  framed_ = false;
  misfit_.reset();
}

void ReplyStream::settle_truncated(std::size_t length, std::vector<Judged>& out) {
  Judged& judged = in_flight_.settle(sequence_, ReplyVerdict::Truncated, out);
  judged.offset = length;
  judged.excerpt = Misfit(frame_, length).excerpt(frame_, length);
  next_ = sequence_ + 1;
  reported_ = true;
}

void ReplyStream::settle_wrong(std::uint64_t sequence, ReplyVerdict verdict, std::size_t length,
                               std::vector<Judged>& out) {
  const Pieces expected = payloads_.reply(sequence);
  Judged& judged = in_flight_.settle(sequence, verdict, out);
  judged.excerpt = misfit_->excerpt(expected, length);
  judged.offset =
      sequence == sequence_ ? misfit_->first() : expected.matching(0, judged.excerpt->received);
  next_ = sequence + 1;
  reported_ = true;
}

void ReplyStream::answers_nothing(ReplyVerdict verdict, std::vector<Judged>& out) {
  Judged& judged = out.emplace_back();
  judged.verdict = verdict;
  judged.sequence = sequence_;
  if (verdict == ReplyVerdict::Duplicate) return;
  judged.excerpt = std::make_unique<Excerpt>();
  judged.excerpt->received = frame_.excerpt(0, kMostExcerpt);
  if (const auto due = in_flight_.next_open(next_)) {
    judged.sequence = *due;
    judged.excerpt->expected = payloads_.reply(*due).excerpt(0, kMostExcerpt);
  }
}

void ReplyStream::stray(std::size_t length, std::vector<Judged>& out) {
  if (std::exchange(reported_, true)) return;
  Judged& judged = out.emplace_back();
  judged.verdict = ReplyVerdict::Unsolicited;
  judged.excerpt = std::make_unique<Excerpt>();
  judged.excerpt->received = misfit_->received().substr(0, length);
  const std::optional<std::uint64_t> last = in_flight_.last_answered();
  if (!last || !follows_reply_) return;
  judged.verdict = ReplyVerdict::OverLong;
  judged.sequence = *last;
  judged.offset = payloads_.reply_size(*last);
  judged.excerpt->offset = judged.offset;
}

bool ReplyStream::identified() const { return !frame_.tagged || misfit_->first() >= kTagSize; }

std::optional<std::uint64_t> ReplyStream::unanswered_of_size(std::size_t size) const {
  for (std::uint64_t i = sequence_; i < in_flight_.end() && i - sequence_ < kLookAhead; ++i) {
    const bool open = i == sequence_ || in_flight_.state(i) == InFlight::State::Open;
    if (open && payloads_.reply_size(i) == size) return i;
  }
  return std::nullopt;
}

}  // namespace sockspec::load
