#include "core/oracle.h"

#include <algorithm>

#include "core/chargen.h"
#include "core/date_text.h"
#include "core/excerpt.h"
#include "core/same_prefix.h"
#include "core/unicode_uppercase.h"

namespace sockspec {
namespace {

constexpr std::size_t kMaxJudgedText = 4096;             // more than any date or quote may be
constexpr std::size_t kMostReplayed = 16 * 1024 * 1024;  // bytes of one event
constexpr std::size_t kMostStreams = 4;  // candidates at once, those for late answers included
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

std::vector<LetterMapping> mappings_of(const Reply& reply) {
  if (reply.transform != Transform::Uppercase) return {LetterMapping::Unchanged};
  switch (reply.letter_case) {
    case LetterCase::Ascii: return {LetterMapping::AsciiUpper};
    case LetterCase::Unicode: return {LetterMapping::UnicodeUpper};
    case LetterCase::Either: return {LetterMapping::AsciiUpper, LetterMapping::UnicodeUpper};
  }
  return {};
}

Difference whole_difference(std::string_view expected, std::string_view received) {
  const std::size_t offset = same_prefix(expected, received);
  const std::size_t start = offset > 24 ? offset - 24 : 0;
  return {offset, start, std::string(expected.substr(start, 64)),
          std::string(received.substr(std::min(start, received.size()), 64))};
}

}  // namespace

Oracle::Oracle(const Profile& profile) : profile_(profile) {
  profile_.json.clear();  // there are thousands of oracles
  profile_.title = {};
  profile_.levels.clear();
  profile_.exclude.clear();
  for (const LetterMapping mapping : mappings_of(profile.reply)) {
    streams_.push_back({Transformer(mapping, profile.framing), Candidate()});
  }
}

void Oracle::owe_text() {
  for (Mapping& stream : streams_) stream.candidate.owe(profile_.reply.text);
}

void Oracle::owe_text_once() {
  if (!text_owed_) owe_text();
  text_owed_ = true;
}

void Oracle::connected() {
  if (profile_.speaks_first && profile_.reply.transform == Transform::Text) owe_text_once();
}

void Oracle::sent(std::string_view bytes) {
  if (!replies_to_input(profile_)) return;
  const bool text = profile_.reply.transform == Transform::Text;
  if (profile_.transport == Transport::Udp) {
    Datagram owed;
    if (text) owed.replies.push_back(profile_.reply.text);
    if (!text) {
      for (const LetterMapping mapping : mappings_of(profile_.reply)) {
        owed.replies.push_back(Transformer(mapping, Framing::Datagram).feed(bytes));
      }
    }
    datagrams_.push_back(std::move(owed));
    return;
  }
  if (text && profile_.framing == Framing::Line) {
    const auto lines = std::count(bytes.begin(), bytes.end(), '\n');
    for (auto i = lines; i > 0; --i) owe_text();
    return;
  }
  if (text) {
    if (!bytes.empty()) owe_text_once();
    return;
  }
  SharedBytes shared;  // the candidates' replies rarely differ
  for (Mapping& stream : streams_) {
    std::string reply = stream.transformer.feed(bytes);
    if (reply != shared.view()) shared = SharedBytes(std::move(reply));
    stream.candidate.owe(shared);
  }
}

Oracle::Claim Oracle::received(std::string_view bytes) {
  Claim claim;
  if (judged_at_end()) {
    claim = receive_text(bytes);
  } else if (replies_without_end(profile_)) {
    claim = receive_pattern(bytes);
  } else if (profile_.transport == Transport::Udp) {
    claim = receive_datagram(bytes);
  } else {
    claim = receive_stream(bytes);
  }
  received_ += claim.owed;
  return claim;
}

Oracle::Claim Oracle::receive_stream(std::string_view bytes) {
  if (difference_) return {};
  std::optional<Claim> best;  // of those that were not ruled out before
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    Candidate& candidate = streams_[i].candidate;
    if (!candidate.alive()) continue;
    const std::size_t right = candidate.claim(bytes);
    if (!best || right > best->owed) best = {right, i};
  }
  const Claim claim = best.value_or(Claim{});
  const bool hopeless = std::none_of(streams_.begin(), streams_.end(),
                                     [](const Mapping& m) { return m.candidate.alive(); });
  if (hopeless) {
    difference_ = streams_[claim.candidate].candidate.difference();
    unasked_ = streams_[claim.candidate].candidate.next(1).empty();
  }
  return claim;
}

std::size_t Oracle::matching(const std::vector<Datagram>& among, std::string_view bytes) const {
  for (std::size_t i = 0; i < among.size(); ++i) {
    for (const std::string& reply : among[i].replies) {
      if (reply == bytes) return i;
    }
  }
  return kNowhere;
}

Oracle::Claim Oracle::receive_datagram(std::string_view bytes) {
  if (const std::size_t place = matching(datagrams_, bytes); place != kNowhere) {
    datagrams_.erase(datagrams_.begin() + static_cast<std::ptrdiff_t>(place));
    return {bytes.size(), place};
  }
  if (const std::size_t place = matching(forgiven_, bytes); place != kNowhere) {
    forgiven_.erase(forgiven_.begin() + static_cast<std::ptrdiff_t>(place));
    return {0, 0};
  }
  if (difference_) return {};
  unasked_ = datagrams_.empty();
  difference_ =
      whole_difference(unasked_ ? std::string_view() : datagrams_.front().replies.front(), bytes);
  return {};
}

Oracle::Claim Oracle::receive_pattern(std::string_view bytes) {
  if (difference_ || bytes.empty()) return {};
  if (!pattern_start_) pattern_start_ = chargen::start_of(bytes[0]);
  const std::size_t start = pattern_start_.value_or(0);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == chargen::at(start, received_ + i)) continue;
    const std::uint64_t offset = received_ + i;
    const std::uint64_t window = offset > 24 ? offset - 24 : 0;
    difference_ = Difference{
        offset, window, chargen::excerpt(start, window, 64),
        chargen::excerpt(start, window, offset - window) + std::string(bytes.substr(i, 40))};
    return {i, start};
  }
  return {bytes.size(), start};
}

Oracle::Claim Oracle::receive_text(std::string_view bytes) {
  text_ += bytes.substr(0, text_room());
  text_size_ += bytes.size();
  return {};
}

bool Oracle::judged_at_end() const {
  return profile_.reply.transform == Transform::Date ||
         profile_.reply.transform == Transform::AnyText;
}

std::size_t Oracle::text_room() const { return kMaxJudgedText - text_.size(); }

bool Oracle::text_too_long() const {
  const std::size_t limit =
      profile_.reply.transform == Transform::Date ? kMaxJudgedText : profile_.reply.at_most;
  return judged_at_end() && limit > 0 && text_size_ > limit;
}

std::optional<Message> Oracle::judge_text() const {
  if (!judged_at_end()) return std::nullopt;
  if (text_.empty()) return Message{"text.none"};
  if (profile_.reply.transform == Transform::Date) {
    return is_date_text(text_)
               ? std::nullopt
               : std::optional(Message{"text.not-a-date", {{"text", quoted(text_, 80)}}});
  }
  if (!text_too_long()) return std::nullopt;
  return Message{
      "text.too-long",
      {{"limit", std::to_string(profile_.reply.at_most)}, {"size", std::to_string(text_size_)}}};
}

bool Oracle::settled() const {
  if (difference_) return false;
  if (profile_.transport == Transport::Udp) return datagrams_.empty();
  return std::any_of(streams_.begin(), streams_.end(), [](const Mapping& m) {
    return m.candidate.alive() && m.candidate.missing() == 0;
  });
}

const Candidate& Oracle::best() const {
  const Candidate* best = &streams_.front().candidate;
  for (const Mapping& stream : streams_) {
    const Candidate& other = stream.candidate;
    if (!other.alive()) continue;
    if (!best->alive() || other.missing() < best->missing()) best = &other;
  }
  return *best;
}

std::uint64_t Oracle::missing() const {
  if (profile_.transport == Transport::Tcp) return best().missing();
  std::uint64_t bytes = 0;
  for (const Datagram& datagram : datagrams_) bytes += datagram.replies.front().size();
  return bytes;
}

// A stream does not show whether what is missing was lost or is late, so from here on both are
// right: the candidates without it, and copies of them in which it may still come first.
void Oracle::forgive() {
  std::vector<Mapping> late;
  for (Mapping& stream : streams_) {
    const bool awaited = stream.candidate.alive() && !stream.candidate.next(1).empty();
    if (awaited && streams_.size() + late.size() < kMostStreams) {
      late.push_back(stream);
      late.back().candidate.excuse();
    }
    stream.candidate.forgive();
  }
  streams_.insert(streams_.end(), late.begin(), late.end());
  forgiven_.insert(forgiven_.end(), datagrams_.begin(), datagrams_.end());
  datagrams_.clear();
}

std::string Oracle::owed_bytes(const Claim& claim) const {
  if (replies_without_end(profile_)) {
    return chargen::excerpt(claim.candidate, received_, std::min(claim.owed, kMostReplayed));
  }
  if (profile_.transport == Transport::Tcp) {
    if (claim.candidate >= streams_.size()) return {};  // a transcript of another script
    return streams_[claim.candidate].candidate.next(claim.owed);
  }
  if (claim.candidate >= datagrams_.size()) return {};
  for (const std::string& reply : datagrams_[claim.candidate].replies) {
    if (reply.size() == claim.owed) return reply;
  }
  return {};
}

std::string Oracle::next_owed(std::size_t size) const {
  if (profile_.transport == Transport::Tcp) return best().next(size);
  return datagrams_.empty() ? std::string() : datagrams_.front().replies.front().substr(0, size);
}

}  // namespace sockspec
