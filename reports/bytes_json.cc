#include "reports/bytes_json.h"

#include <sha2.h>

#include <algorithm>
#include <array>

#include "core/unicode_uppercase.h"

namespace sockspec::reports {
namespace {

constexpr char kDigits[] = "0123456789abcdef";

// Other control characters would survive JSON, but not the tools that people read it with.
bool is_printable(std::string_view bytes) {
  const bool plain = std::none_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
  });
  return plain && is_utf8(bytes);
}

std::string packed_hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

int digit(char c) {
  const char* const end = kDigits + 16;
  const char* const found = std::find(kDigits, end, c);
  return found == end ? -1 : static_cast<int>(found - kDigits);
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> text{};
  SHA256Data(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), text.data());
  return text.data();
}

scenario::Json bytes_to_json(std::string_view bytes, std::size_t most) {
  scenario::Json json;
  std::string_view shown = bytes.substr(0, most);
  const bool cut = shown.size() < bytes.size();
  while (cut && !shown.empty() &&
         (static_cast<unsigned char>(bytes[shown.size()]) & 0xC0U) == 0x80U) {
    shown.remove_suffix(1);  // do not cut a letter in two
  }
  if (cut && shown.empty()) shown = bytes.substr(0, most);
  if (is_printable(shown)) {
    json["text"] = shown;
  } else {
    json["hex"] = packed_hex(shown);
  }
  if (cut) {
    json["length"] = bytes.size();
    json["sha256"] = sha256_hex(bytes);
  }
  return json;
}

std::string bytes_from_json(const scenario::Reader& in) {
  in.only({"text", "hex", "length", "sha256"});
  if (in.has("text")) return in.at("text").text();
  const std::string text = in.at("hex").text();
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]);
    const int low = i + 1 < text.size() ? digit(text[i + 1]) : -1;
    if (high < 0 || low < 0)
      return in.at("hex").error("is not hex; a report is not meant to be edited"), bytes;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

}  // namespace sockspec::reports
