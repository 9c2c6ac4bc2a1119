#include "core/transformer.h"

#include <algorithm>

#include "core/unicode_uppercase.h"

namespace sockspec {
namespace {

std::string in_ascii_uppercase(std::string_view bytes) {
  std::string out(bytes);
  for (char& c : out) c = ascii_uppercase(c);
  return out;
}

// Bytes at the end that may be the start of a code point whose rest is still to come.
std::size_t cut_code_point(std::string_view bytes) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
    if ((byte & 0xC0U) == 0x80U) continue;
    return utf8_length(byte) > back ? back : 0;
  }
  return 0;
}

}  // namespace

std::string Transformer::map(std::string_view bytes) const {
  switch (mapping_) {
    case LetterMapping::Unchanged: return std::string(bytes);
    case LetterMapping::AsciiUpper: return in_ascii_uppercase(bytes);
    case LetterMapping::UnicodeUpper: return unicode_uppercase(bytes);
  }
  return {};
}

std::size_t Transformer::complete_prefix() const {
  if (framing_ == Framing::Line) {
    const std::size_t newline = held_.rfind('\n');
    return newline == std::string::npos ? 0 : newline + 1;
  }
  if (framing_ == Framing::Stream && mapping_ == LetterMapping::UnicodeUpper) {
    return held_.size() - cut_code_point(held_);
  }
  return held_.size();
}

std::string Transformer::feed(std::string_view bytes) {
  if (framing_ == Framing::Stream && mapping_ != LetterMapping::UnicodeUpper) return map(bytes);
  held_ += bytes;
  const std::size_t complete = complete_prefix();
  std::string reply = map(std::string_view(held_).substr(0, complete));
  held_.erase(0, complete);
  return reply;
}

}  // namespace sockspec
