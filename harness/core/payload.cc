#include "core/payload.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "core/unicode_uppercase.h"

namespace sockspec {
namespace {

static_assert(std::endian::native == std::endian::little);  // or a seed makes other bytes

constexpr std::size_t kDefaultLine = 1000;  // bytes, where the profile sets no limit

std::string random_bytes(std::uint64_t size, Random& random) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(std::uint64_t)) {
    const std::uint64_t word = random.next();
    std::memcpy(bytes.data() + i, &word, std::min(sizeof word, bytes.size() - i));
  }
  return bytes;
}

// The letters that two random bytes choose, both at once: megabytes of text are made.
class LetterPairs {
 public:
  explicit LetterPairs(std::string_view alphabet) {
    std::array<unsigned char, 256> letters;
    for (std::size_t i = 0; i < letters.size(); ++i)
      letters[i] = static_cast<unsigned char>(alphabet[i % alphabet.size()]);
    for (std::size_t i = 0; i < pairs_.size(); ++i)
      pairs_[i] = static_cast<std::uint16_t>(letters[i & 0xFFU] | letters[i >> 8U] << 8U);
  }

  std::uint64_t of(std::uint64_t word) const {
    std::uint64_t text = 0;
    for (unsigned bit = 0; bit < 64; bit += 16)
      text |= static_cast<std::uint64_t>(pairs_[(word >> bit) & 0xFFFFU]) << bit;
    return text;
  }

 private:
  std::array<std::uint16_t, 0x10000> pairs_;
};

std::string random_text(std::uint64_t size, const LetterPairs& pairs, Random& random) {
  std::string text;
  text.reserve(size);
  Random source = random;  // in registers
  std::array<std::uint64_t, 512> block;
  while (text.size() < size) {
    const std::size_t bytes = std::min<std::size_t>(sizeof block, size - text.size());
    for (std::size_t i = 0; i * sizeof block[0] < bytes; ++i) block[i] = pairs.of(source.next());
    text.append(reinterpret_cast<const char*>(block.data()), bytes);
  }
  random = source;
  return text;
}

const LetterPairs& letters() {
  static const LetterPairs kPairs("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  return kPairs;
}

const LetterPairs& text_characters() {
  static const LetterPairs kPairs(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,.-_:;+*");
  return kPairs;
}

std::size_t line_limit(const Profile& profile) {
  return profile.max_message > 0 ? profile.max_message : kDefaultLine;
}

// `size` bytes of whole lines, none longer than the profile allows.
std::string as_lines(std::string text, const Profile& profile) {
  const std::size_t limit = line_limit(profile);
  std::size_t line = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool end = ++line == limit || i + 1 == text.size();
    if (!end) continue;
    text[i] = '\n';
    line = 0;
  }
  return text;
}

std::string request(std::uint64_t size, const Profile& profile, Random& random) {
  // Where the reply does not depend on the request, one that people would send tells more: a server
  // that dies of bytes which are no text does so in the scenario that is about them.
  const bool binary = profile.encoding == Encoding::Binary && profile.framing != Framing::Line &&
                      profile.reply.transform != Transform::Text;
  std::string bytes =
      binary ? random_bytes(size, random) : random_text(size, text_characters(), random);
  if (profile.framing == Framing::Line) return as_lines(std::move(bytes), profile);
  // Drawn by chance, the message that ends the session would end it.
  if (profile.ending == Ending::Message && bytes == profile.end_message) bytes[0] ^= 1;
  return bytes;
}

std::string lines(std::uint64_t count, const Profile& profile, Random& random) {
  std::string bytes;
  const std::uint64_t longest = std::min<std::uint64_t>(line_limit(profile) - 1, 120);
  for (std::uint64_t i = 0; i < count; ++i) {
    bytes += random_text(random.below(longest + 1), text_characters(), random) + "\n";
  }
  return bytes;
}

Error too_large() { return usage_error("is larger than 256 MiB; send less"); }

std::vector<std::string> inside_code_points(std::string_view text) {
  std::vector<std::string> pieces;
  while (!text.empty()) {
    const auto point = decode_utf8(text);
    const std::size_t length = point ? point->length : 1;
    for (std::size_t cut = 1; cut < length; ++cut) {
      pieces.emplace_back(text.substr(0, cut));
      pieces.emplace_back(text.substr(cut, length - cut));
    }
    if (length == 1) pieces.emplace_back(text.substr(0, 1));
    text.remove_prefix(length);
  }
  return pieces;
}

}  // namespace

Result<std::uint64_t> evaluate(const Size& size, const PayloadContext& context, Random& random) {
  std::uint64_t unit = 1;
  if (size.figure == "max_message") {
    unit = context.profile.max_message;
    if (unit == 0) {
      return usage_error("the profile " + context.profile.id + " has no \"max_message\"");
    }
  } else if (size.figure.starts_with('$')) {
    const auto found = context.variables.find(size.figure.substr(1));
    if (found == context.variables.end()) {
      return usage_error("\"" + size.figure + "\" is not the variable of a loop around this step");
    }
    unit = found->second;
  } else if (!size.figure.empty()) {
    const auto found = context.environment.figures.find(size.figure);
    if (found == context.environment.figures.end()) {
      return usage_error("\"" + size.figure + "\" is not a figure of this machine");
    }
    unit = found->second;
  }
  if (unit > 0 && size.factor > kMostPayload / unit) return too_large();
  const auto base = static_cast<std::int64_t>(size.factor * unit) + size.plus;
  const auto low = static_cast<std::uint64_t>(std::max<std::int64_t>(base, 0));
  if (low > kMostPayload || size.up_to.value_or(0) > kMostPayload) return too_large();
  if (!size.up_to || *size.up_to <= low) return low;
  return low + random.below(*size.up_to - low + 1);
}

Result<std::string> make_payload(const Payload& payload, const PayloadContext& context,
                                 Random random) {
  std::uint64_t size = 0;
  if (payload.kind != Payload::Kind::Literal && payload.kind != Payload::Kind::EndMessage) {
    Result<std::uint64_t> evaluated = evaluate(payload.size, context, random);
    if (!evaluated) return evaluated.error();
    size = *evaluated;
  }
  if (payload.kind == Payload::Kind::EndMessage && context.profile.end_message.empty()) {
    return usage_error("the profile " + context.profile.id + " has no end message");
  }
  std::string once;
  switch (payload.kind) {
    case Payload::Kind::Literal: once = payload.bytes; break;
    case Payload::Kind::EndMessage: once = context.profile.end_message; break;
    case Payload::Kind::Request: once = request(size, context.profile, random); break;
    case Payload::Kind::Lines: once = lines(size, context.profile, random); break;
    case Payload::Kind::Random:
      once = payload.alphabet == "letters" ? random_text(size, letters(), random)
             : payload.alphabet == "text"  ? random_text(size, text_characters(), random)
                                           : random_bytes(size, random);
      break;
  }
  if (once.size() > kMostPayload / std::max<std::uint64_t>(payload.times, 1)) return too_large();
  if (payload.times == 1) return once;  // megabytes: not twice
  std::string bytes = once;
  bytes.reserve(once.size() * payload.times);
  for (std::uint64_t i = 1; i < payload.times; ++i) bytes += once;
  return bytes;
}

std::vector<std::string> split_payload(std::string payload, const Split& split) {
  std::vector<std::string> pieces;
  std::size_t at = 0;
  switch (split.kind) {
    case Split::Kind::Whole: pieces.push_back(std::move(payload)); return pieces;
    case Split::Kind::InsideCodePoints: return inside_code_points(payload);
    case Split::Kind::Every:
      for (; at < payload.size(); at += split.sizes[0])
        pieces.push_back(payload.substr(at, split.sizes[0]));
      return pieces;
    case Split::Kind::Sizes:
      for (const std::size_t size : split.sizes) {
        if (at < payload.size()) pieces.push_back(payload.substr(at, size));
        at += size;
      }
      if (at < payload.size()) pieces.push_back(payload.substr(at));
      return pieces;
  }
  return pieces;
}

}  // namespace sockspec
