#include "core/load/payloads.h"

#include <algorithm>
#include <cassert>

#include "core/random.h"
#include "core/same_prefix.h"

namespace sockspec::load {
namespace {

constexpr std::size_t kMostDatagram = 65507;  // UDP over IPv4

constexpr std::string_view kMarks = "!#$%&()*+,-./:;<=>?@[]^_{|}~";
constexpr std::string_view kAll =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_{|}~";

char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string_view without_line_end(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// The first letter of the message that ends a session is left out altogether: so that message
// neither is a body nor arises where two bodies meet.
std::string letters_but(std::string_view letters, std::string_view end_message) {
  std::string left(letters);
  if (!end_message.empty()) {
    const char first = ascii_upper(end_message.front());
    std::erase_if(left, [first](char c) { return ascii_upper(c) == first; });
  }
  return left;
}

// With a mark, which no tag holds, at every place that is a multiple of `mark`.
std::string random_text(std::size_t size, std::size_t mark, std::uint64_t seed,
                        std::string_view end_message) {
  const std::string all = letters_but(kAll, end_message);
  const std::string marks = letters_but(kMarks, end_message);
  Random random(seed);
  std::string text(size, ' ');
  for (std::size_t i = 0; i < size; ++i) {
    const std::string& from = i % mark == 0 ? marks : all;
    text[i] = from[random.below(from.size())];
  }
  return text;
}

std::string size_option(const SizeRange& size) {
  std::string text = "--size " + std::to_string(size.least);
  if (size.most != size.least) text += ".." + std::to_string(size.most);
  return text + ": ";
}

bool answers_requests(const Profile& profile) {
  switch (profile.reply.transform) {
    case Transform::None:
    case Transform::Chargen: return false;
    case Transform::Identity:
    case Transform::Uppercase: return !profile.speaks_first;
    case Transform::Text: return !profile.reply.text.empty();
    case Transform::Date:
    case Transform::AnyText: return true;
  }
  return false;
}

// What is wrong with the sizes; empty when nothing is.
std::string size_error(const Profile& profile, const SizeRange& size) {
  const bool udp = profile.transport == Transport::Udp;
  const std::string& id = profile.id;
  if (size.least > size.most) return "the first size is above the second";
  if (profile.max_message > 0 && size.most > profile.max_message)
    return "profile " + id + " takes at most " + std::to_string(profile.max_message) + " bytes";
  if (udp && size.most > kMostDatagram)
    return "a UDP datagram holds at most " + std::to_string(kMostDatagram) + " bytes";
  if (size.most > kMostLoadSize)
    return "a request has at most " + std::to_string(kMostLoadSize) + " bytes";
  if (profile.framing == Framing::Line && size.least < 1)
    return "profile " + id + " needs at least 1 byte, which ends the line";
  if (!udp && size.least < 1) return "nothing is no request over TCP; give at least 1 byte";
  const bool empty_line_ends = profile.ending == Ending::Message &&
                               profile.framing == Framing::Line &&
                               without_line_end(profile.end_message).empty();
  if (empty_line_ends && size.least < 2)
    return "an empty line ends the session of profile " + id + "; give at least 2 bytes";
  return {};
}

}  // namespace

char Pieces::at(std::size_t offset) const {
  assert(offset < size());
  if (offset < tag_size()) return tag[offset];
  offset -= tag_size();
  return offset < body.size() ? body[offset] : '\n';
}

std::size_t Pieces::matching(std::size_t offset, std::span<const char> bytes) const {
  const char* in = bytes.data();
  std::size_t left = std::min(bytes.size(), size() - offset);
  std::size_t matched = 0;
  std::size_t skip = offset;
  if (skip < tag_size()) {
    const std::size_t part = std::min(left, kTagSize - skip);
    const std::size_t same = same_prefix({tag.data() + skip, part}, {in, part});
    if (same < part || part == left) return same;
    matched = part;
    left -= part;
    skip = kTagSize;
  }
  skip -= tag_size();
  if (skip < body.size()) {
    const std::size_t part = std::min(left, body.size() - skip);
    const std::size_t same = same_prefix({body.data() + skip, part}, {in + matched, part});
    matched += same;
    if (same < part) return matched;
    left -= part;
  }
  if (left > 0 && in[matched] == '\n') ++matched;  // only a newline can be left
  return matched;
}

std::size_t Pieces::write_part(std::size_t offset, std::span<char> out) const {
  assert(offset <= size());
  const std::size_t wanted = std::min(out.size(), size() - offset);
  std::size_t done = 0;
  const auto copy = [&](std::string_view part) {
    const std::size_t skip = std::min(offset, part.size());
    offset -= skip;
    done += part.copy(out.data() + done, wanted - done, skip);
  };
  copy({tag.data(), tag_size()});
  copy(body);
  if (newline) copy("\n");
  return done;
}

std::string Pieces::excerpt(std::size_t offset, std::size_t most) const {
  std::string text;
  for (std::size_t i = offset; i < size() && text.size() < most; ++i) text += at(i);
  return text;
}

Result<Payloads> Payloads::make(const Profile& profile, const SizeRange& size, std::uint64_t seed,
                                std::uint64_t shard) {
  if (!answers_requests(profile)) {
    return usage_error("profile " + profile.id +
                       " sends no replies; load needs a profile that answers each request "
                       "(sockspec list profiles)");
  }
  if (shard >= kMostShards) {
    return usage_error("--shard: " + std::to_string(shard) + " is too high; a run has at most " +
                       std::to_string(kMostShards) + " shards");
  }
  if (const std::string wrong = size_error(profile, size); !wrong.empty())
    return usage_error(size_option(size) + wrong);

  const std::string_view end_message =
      profile.ending == Ending::Message ? without_line_end(profile.end_message) : "";
  Payloads made;
  made.seed_ = derive_seed(seed, "payloads", 0);
  if (made.parse_tag(end_message)) {
    return usage_error("--seed " + std::to_string(seed) + ": a request could be the message that " +
                       "ends the session of profile " + profile.id + "; give another seed");
  }
  made.shard_ = static_cast<std::uint32_t>(shard);
  made.newline_ = profile.framing == Framing::Line;
  made.least_ = size.least;
  made.span_ = size.most - size.least + 1;
  made.ladder_ = size.ladder;
  made.request_text_ = random_text(kPlaces + size.most, kMark, made.seed_, end_message);
  made.replies_tagged_ = size.most >= kTagSize + (made.newline_ ? 1 : 0);
  switch (profile.reply.transform) {
    case Transform::Identity: break;
    case Transform::Uppercase:
      made.answer_ = Answer::Uppercase;
      made.reply_text_ = made.request_text_;
      std::transform(made.reply_text_.begin(), made.reply_text_.end(), made.reply_text_.begin(),
                     ascii_upper);
      break;
    case Transform::Text:
      made.answer_ = Answer::Text;
      made.reply_text_ = profile.reply.text;
      made.replies_tagged_ = false;
      break;
    case Transform::Date:
    case Transform::AnyText:
    case Transform::None:
    case Transform::Chargen:
      made.answer_ = Answer::Anything;
      made.replies_tagged_ = false;
      break;
  }
  return made;
}

}  // namespace sockspec::load
