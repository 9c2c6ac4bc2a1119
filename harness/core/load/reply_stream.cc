#include "core/load/reply_stream.h"

namespace sockspec::load {

void ReplyStream::received(std::span<const char> bytes, Duration now, std::vector<Judged>& out) {
  if (!payloads_.of_all().has_expected_bytes()) return received_anything(bytes, out);
  while (!bytes.empty()) {
    if (!framed_ && !misfit_) {
      bytes = take_whole(bytes, now, out);
      if (bytes.empty()) return;
      begin_next(now);
    }
    if (framed_ && !misfit_) {
      const std::size_t matched = frame_.matching(at_, bytes);
      at_ += matched;
      bytes = bytes.subspan(matched);
      if (at_ == frame_.size()) {
        finish_right(now, out);
        continue;
      }
      if (bytes.empty()) return;
    }
    bytes = bytes.subspan(misread(bytes, out));
    if (framed_ && !misfit_ && at_ == frame_.size()) finish_right(now, out);  // a tag is all of it
  }
}

void ReplyStream::received_anything(std::span<const char> bytes, std::vector<Judged>& out) {
  if (bytes.empty()) return;
  if (const auto oldest = in_flight_.oldest_open()) {
    in_flight_.settle(*oldest, ReplyVerdict::Ok, out);
  } else if (const auto late = in_flight_.oldest_given_up()) {
    in_flight_.settle(*late, ReplyVerdict::Ok, out);
  } else if (!in_flight_.last_answered() && !reported_) {
    reported_ = true;
    out.emplace_back().verdict = ReplyVerdict::Unsolicited;
  }
}

// Right replies that are all there, one after another: the usual case, which needs no frame_.
std::span<const char> ReplyStream::take_whole(std::span<const char> bytes, Duration now,
                                              std::vector<Judged>& out) {
  if (!tagged()) return bytes;
  const std::size_t all = bytes.size();
  while (!bytes.empty()) {
    const std::optional<std::uint64_t> due = in_flight_.next_open(next_);
    if (!due) break;
    const Pieces reply = payloads_.reply(*due);
    if (!reply.begins(bytes)) break;
    bytes = bytes.subspan(reply.size());
    in_flight_.settle(*due, ReplyVerdict::Ok, out);
    next_ = *due + 1;
  }
  if (bytes.size() < all) came_whole(now);
  return bytes;
}

void ReplyStream::came_whole(Duration now) {
  replied_at_ = now;
  reported_ = line_cut_ = false;
  tags_.clear();
}

// With tags the reply that is due next is the one after the last that came, so that a reply which
// is missing costs nothing; without, it is the oldest, since only the order tells them apart.
void ReplyStream::begin_next(Duration now) {
  at_ = 0;
  follows_reply_ = now == replied_at_ || in_flight_.open() > 0;
  std::optional<std::uint64_t> due;
  if (tagged()) {
    due = in_flight_.next_open(next_);
    if (!due) due = in_flight_.oldest_given_up();
  } else {
    due = in_flight_.oldest_given_up();
    if (!due) due = in_flight_.oldest_open();
  }
  kind_ = due ? Kind::Expected : Kind::Nothing;
  framed_ = due.has_value();
  if (!due) return;
  sequence_ = *due;
  frame_ = payloads_.reply(sequence_);
}

void ReplyStream::finish_right(Duration now, std::vector<Judged>& out) {
  framed_ = false;
  reported_ = line_cut_ = false;
  tags_.clear();
  switch (kind_) {
    case Kind::Nothing: return;
    case Kind::Expected:
      in_flight_.settle(sequence_, ReplyVerdict::Ok, out);
      next_ = sequence_ + 1;
      replied_at_ = now;
      return;
    case Kind::Repeated:
    case Kind::Foreign:
    case Kind::NeverSent: conclude(out); return;
  }
}

void ReplyStream::closed(bool reset, std::vector<Judged>& out) {
  if (misfit_) {
    // Bytes behind a wrong reply that are not known to be the next one belong to the wrong one.
    if (kind_ != Kind::Expected || identified() || !reported_) conclude(out);
  } else if (framed_ && at_ > 0) {
    if (kind_ != Kind::Expected) {
      conclude(out);
    } else if (!reset) {
      Judged& cut = in_flight_.settle(sequence_, ReplyVerdict::Truncated, out);
      cut.offset = at_;
      cut.excerpt = Misfit(frame_, at_).excerpt(frame_, at_);
    }
  }
  in_flight_.end_all(reset ? ReplyVerdict::Reset : ReplyVerdict::EarlyEnd, out);
  forget_all();
}

void ReplyStream::restart(std::uint64_t connection) {
  payloads_ = ConnectionPayloads(payloads_.of_all(), connection);
  forget_all();
}

void ReplyStream::forget_all() {
  in_flight_.forget_all();
  kind_ = Kind::Nothing;
  framed_ = reported_ = line_cut_ = false;
  next_ = 0;
  at_ = 0;
  replied_at_ = Duration(-1);
  tags_.clear();
  misfit_.reset();
}

}  // namespace sockspec::load
