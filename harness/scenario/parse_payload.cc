#include "scenario/parse_payload.h"

#include <charconv>

#include "scenario/units.h"

namespace sockspec::scenario {
namespace {

constexpr std::int64_t kMostBytes = 1LL << 30;
constexpr std::int64_t kMostTimes = 10'000;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string read_hex(const Reader& in) {
  const std::string text = in.text();
  std::string bytes;
  int high = -1;
  for (const char c : text) {
    if (c == ' ') continue;
    const int digit = hex_digit(c);
    if (digit < 0)
      return in.error("\"" + text + "\" is not hex; write pairs of 0-9 a-f, such as \"48 65\""), "";
    if (high < 0) {
      high = digit;
    } else {
      bytes += static_cast<char>(high * 16 + digit);
      high = -1;
    }
  }
  if (high >= 0) in.error("has an odd number of hex digits; write pairs, such as \"48 65\"");
  return bytes;
}

// [from, to]: every byte value between, in that order.
std::string read_range(const Reader& in) {
  const std::vector<Reader> ends = in.items();
  if (ends.size() != 2) return in.error("write two byte values, such as [0, 255]"), "";
  const auto from = ends[0].number(0, 255);
  const auto to = ends[1].number(0, 255);
  std::string bytes;
  for (auto value = from; from <= to ? value <= to : value >= to; value += from <= to ? 1 : -1) {
    bytes += static_cast<char>(value);
  }
  return bytes;
}

}  // namespace

Duration read_duration(const Reader& in) {
  if (in.json().is_number()) {
    const std::string bare = in.json().dump();
    in.error(bare + " has no unit; write \"" + bare + "ms\" or \"" + bare + "s\"");
    return {};
  }
  const std::string text = in.text();
  if (!in.json().is_string()) return {};
  const Result<Duration> duration = parse_duration(text);
  if (!duration) in.error(duration.error().text);
  if (duration && *duration == Duration::zero())
    in.error("\"" + text + "\" is no time at all; write more than 0");
  return duration ? *duration : Duration{};
}

Size read_size(const Reader& in) {
  if (in.json().is_number()) {
    Size size;
    size.factor = static_cast<std::uint64_t>(in.number(0, kMostBytes));
    return size;
  }
  const std::string text = in.text();
  if (!in.json().is_string()) return {};
  const Result<Size> size = parse_size(text);
  if (!size) in.error(size.error().text);
  return size ? *size : Size{};
}

std::size_t read_bytes(const Reader& in) {
  const Size size = read_size(in);
  if (!size.figure.empty() || size.up_to)
    in.error("write a plain size here, such as 16384 or \"16KiB\"");
  return size.factor;
}

std::uint64_t read_percent(const Reader& in) {
  const std::string text = in.text();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && std::string_view(end) == "%") return number;
  if (in.json().is_string()) in.error("\"" + text + "\" is no share; write it as \"10%\"");
  return 0;
}

Payload read_payload(const Reader& in) {
  Payload payload;
  in.only(
      {"text", "hex", "range", "random", "alphabet", "request", "lines", "end_message", "times"});
  int kinds = 0;
  const auto is = [&](std::string_view key) { return in.has(key) && ++kinds == 1; };
  if (is("text")) payload.bytes = in.at("text").text();
  if (is("hex")) payload.bytes = read_hex(in.at("hex"));
  if (is("range")) payload.bytes = read_range(in.at("range"));
  if (is("random")) {
    payload.kind = Payload::Kind::Random;
    payload.size = read_size(in.at("random"));
  }
  if (is("request")) {
    payload.kind = Payload::Kind::Request;
    payload.size = read_size(in.at("request"));
  }
  if (is("lines")) {
    payload.kind = Payload::Kind::Lines;
    payload.size.factor = static_cast<std::uint64_t>(in.at("lines").number(1, kMostTimes));
  }
  if (is("end_message")) {
    payload.kind = Payload::Kind::EndMessage;
    in.at("end_message").flag();
  }
  if (kinds != 1)
    in.error("a payload is one of text, hex, range, random, request, lines, end_message");
  if (in.has("alphabet")) {
    payload.alphabet = in.at("alphabet").text();
    const bool known =
        payload.alphabet == "bytes" || payload.alphabet == "letters" || payload.alphabet == "text";
    if (!known)
      in.at("alphabet")
          .error("\"" + payload.alphabet + "\" is not known here (one of: bytes, letters, text)");
    if (payload.kind != Payload::Kind::Random) in.at("alphabet").error("goes only with \"random\"");
  }
  if (in.has("times"))
    payload.times = static_cast<std::uint64_t>(in.at("times").number(1, kMostTimes));
  return payload;
}

Split read_split(const Reader& in) {
  Split split;
  if (in.json().is_string()) {
    split.kind = Split::Kind::InsideCodePoints;
    if (in.text() != "inside-code-points") {
      in.error(
          "\"" + in.text() +
          "\" is not a split; write a number of bytes, a list of them, or \"inside-code-points\"");
    }
    return split;
  }
  if (in.json().is_array()) {
    split.kind = Split::Kind::Sizes;
    for (const Reader& item : in.items())
      split.sizes.push_back(static_cast<std::size_t>(item.number(1, kMostBytes)));
    if (split.sizes.empty())
      in.error("is empty; write the sizes of the pieces, such as [3, 2, 1, 5]");
    return split;
  }
  split.kind = Split::Kind::Every;
  split.sizes.push_back(static_cast<std::size_t>(in.number(1, kMostBytes)));
  return split;
}

}  // namespace sockspec::scenario
