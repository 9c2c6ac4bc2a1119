#include "reports/base64.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace sockspec::reports {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kCharacters = 4;  // of a group,
constexpr std::size_t kBytes = 3;       // which stand for these

// A group that is cut short counts as filled with zero bytes.
std::string group_of(std::string_view bytes) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < kBytes; ++i) {
    bits = bits << 8U | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
  }
  std::string group(kCharacters, '=');
  for (std::size_t i = 0; i <= bytes.size(); ++i) group[i] = kAlphabet[bits >> (18 - 6 * i) & 63U];
  return group;
}

std::size_t padding_of(std::string_view text) {
  const std::size_t last = text.find_last_not_of('=');
  return std::min<std::size_t>(text.size() - (last == text.npos ? 0 : last + 1), 2);
}

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + kBytes - 1) / kBytes * kCharacters);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kBytes))) {
    text += group_of(bytes.substr(0, kBytes));
  }
  return text;
}

Result<std::string> from_base64(std::string_view text) {
  if (text.size() % kCharacters != 0) {
    return usage_error("the Base64 has " + std::to_string(text.size()) +
                       " characters; a whole text has a multiple of four");
  }
  const std::size_t digits = text.size() - padding_of(text);
  std::string bytes;
  bytes.reserve(text.size() / kCharacters * kBytes);
  std::uint32_t bits = 0;
  std::size_t spare = 0;  // bits that belong to the next byte
  for (std::size_t i = 0; i < digits; ++i) {
    const std::size_t digit = kAlphabet.find(text[i]);
    if (digit == kAlphabet.npos) {
      return usage_error("character " + std::to_string(i + 1) +
                         " is not Base64 (A-Z, a-z, 0-9, + and /, with = at the end only)");
    }
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    // Whole bytes are complete after the second, third and fourth character of a group.
    spare = 6 - i % kCharacters * 2;
    if (spare < 6) bytes += static_cast<char>(bits >> spare & 0xFFU);
  }
  if ((bits & ((1U << spare) - 1)) != 0) {
    return usage_error(
        "the last character of the Base64 has bits beyond the last byte; is it cut?");
  }
  return bytes;
}

}  // namespace sockspec::reports
