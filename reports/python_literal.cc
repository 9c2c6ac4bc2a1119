#include "reports/python_literal.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <sstream>
#include <utility>

#include "core/unicode_uppercase.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kSpelledOut = 80;  // bytes; more of them are drawn again
constexpr std::size_t kLooked = 4096;    // bytes that tell of what kind a payload is

std::string hex_escape(unsigned char byte) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "\\x%02x", byte);
  return text.data();
}

std::string escape(char c) {
  switch (c) {
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    case '"': return "\\\"";
    case '\\': return "\\\\";
    default: break;
  }
  const bool printable = c >= ' ' && c <= '~';
  return printable ? std::string(1, c) : hex_escape(static_cast<unsigned char>(c));
}

bool is_ascii(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
}

// Letters stay readable; what would join the letter before, or shows nothing, becomes a number.
bool shows_itself(char32_t point) {
  const bool combining = point >= 0x300 && point < 0x370;
  const bool blank = point < 0xA1 || (point >= 0x2000 && point < 0x2070) || point == 0x3000 ||
                     point == 0xFEFF || point == 0xAD;
  const bool private_use = point >= 0xE000 && point < 0xF900;
  return !combining && !blank && !private_use;
}

std::string unicode_literal(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const auto point = decode_utf8(text);
    const std::size_t length = point ? point->length : 1;
    if (length == 1) {
      out += escape(text.front());
    } else if (shows_itself(point->value)) {
      out += text.substr(0, length);
    } else {
      std::array<char, 16> number{};
      std::snprintf(number.data(), number.size(), point->value > 0xFFFF ? "\\U%08x" : "\\u%04x",
                    static_cast<unsigned>(point->value));
      out += number.data();
    }
    text.remove_prefix(length);
  }
  return out + "\".encode()";
}

// 0, 1, 2, … or the other way round.
std::optional<std::string> as_range(std::string_view bytes) {
  if (bytes.size() < 32) return std::nullopt;
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const int step = at(1) > at(0) ? 1 : -1;
  for (std::size_t i = 1; i < bytes.size(); ++i) {
    if (at(i) - at(i - 1) != step) return std::nullopt;
  }
  const int low = step > 0 ? at(0) : at(bytes.size() - 1);
  const std::string range = "range(" + (low == 0 ? "" : std::to_string(low) + ", ") +
                            std::to_string(low + static_cast<int>(bytes.size())) + ")";
  return step > 0 ? "bytes(" + range + ")" : "bytes(reversed(" + range + "))";
}

bool are_same(const Payloads::Pieces& a, const Payloads::Pieces& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].view().data() != b[i].view().data() && a[i].view() != b[i].view()) return false;
  }
  return true;
}

}  // namespace

std::uint64_t size_of(const Payloads::Pieces& pieces) {
  std::uint64_t size = 0;
  for (const SharedBytes& piece : pieces) size += piece.size();
  return size;
}

std::string python_literal(std::string_view bytes) {
  if (const auto range = as_range(bytes)) return *range;
  if (!is_ascii(bytes) && is_utf8(bytes)) return unicode_literal(bytes);
  std::string out = "b\"";
  for (const char c : bytes) out += escape(c);
  return out + "\"";
}

std::string python_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += (c & 0x80) != 0 ? std::string(1, c) : escape(c);
  return out + "\"";
}

std::string python_number(double value) {
  std::ostringstream text;
  text.precision(4);
  text << value;
  return text.str();
}

std::string python_list(const std::string& head, const std::vector<std::string>& values,
                        const std::string& tail, std::size_t indent) {
  constexpr std::size_t kWidest = 96;
  std::string text = head + "[";
  const std::string next(indent + text.size(), ' ');
  std::size_t width = next.size();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string value = values[i] + (i + 1 < values.size() ? "," : "]" + tail);
    if (i > 0 && width + 1 + value.size() > kWidest) {
      text += "\n" + next + value;
      width = next.size() + value.size();
    } else {
      text += (i > 0 ? " " : "") + value;
      width += (i > 0 ? 1 : 0) + value.size();
    }
  }
  return text;
}

Payloads::Payloads(std::vector<Pieces> all, const Payload* source, const Profile& profile)
    : all_(std::move(all)), source_(source), line_profile_(profile.framing == Framing::Line) {
  for (const Pieces& pieces : all_) {
    const std::uint64_t size = size_of(pieces);
    smallest_ = &pieces == &all_.front() ? size : std::min(smallest_, size);
    largest_ = std::max(largest_, size);
    same_ = same_ && are_same(pieces, all_.front());
    for (const SharedBytes& piece : pieces)
      ascii_ = ascii_ && is_ascii(piece.view().substr(0, kLooked));
  }
}

bool Payloads::spelled() const {
  if (!same_) return false;
  const bool drawn = !source_ || source_->kind == Payload::Kind::Random ||
                     source_->kind == Payload::Kind::Request ||
                     source_->kind == Payload::Kind::Lines;
  return largest_ <= (drawn ? kSpelledOut : kLooked);
}

std::string Payloads::bytes(std::size_t which) const {
  std::string all;
  for (const SharedBytes& piece : all_[which]) all += piece.view();
  return all;
}

Payloads::Alphabet Payloads::alphabet() const {
  if (source_ && source_->kind == Payload::Kind::Lines) return Alphabet::Lines;
  bool lines = false;
  for (const Pieces& pieces : all_) {
    for (const SharedBytes& piece : pieces) {
      for (const char c : piece.view().substr(0, kLooked)) {
        lines = lines || c == '\n';
        if (c != '\n' && (c < ' ' || c > '~')) return Alphabet::Bytes;
      }
    }
  }
  const bool request = line_profile_ && (!source_ || source_->kind == Payload::Kind::Request);
  return lines || request ? Alphabet::Lines : Alphabet::Text;
}

bool Payloads::counts_lines() const { return source_ && source_->kind == Payload::Kind::Lines; }

std::uint64_t Payloads::measure(std::size_t which) const {
  if (!counts_lines()) return size_of(all_[which]);
  std::uint64_t lines = 0;
  for (const SharedBytes& piece : all_[which]) {
    const std::string_view view = piece.view();
    lines += static_cast<std::uint64_t>(std::count(view.begin(), view.end(), '\n'));
  }
  return lines;
}

std::string Payloads::drawn(const std::string& size) const {
  if (counts_lines()) return "random_lines(" + size + ")";
  switch (alphabet()) {
    case Alphabet::Bytes: return "random.randbytes(" + size + ")";
    case Alphabet::Text: return "random_text(" + size + ")";
    case Alphabet::Lines: return "text_lines(" + size + ")";
  }
  return {};
}

std::string Payloads::expression(const std::string& size) const {
  const std::uint64_t times = source_ ? std::max<std::uint64_t>(source_->times, 1) : 1;
  const std::string again = times > 1 ? " * " + std::to_string(times) : "";
  if (spelled() || (same_ && source_ && source_->kind == Payload::Kind::Literal)) {
    const std::string whole = bytes();
    return python_literal(std::string_view(whole).substr(0, whole.size() / times)) + again;
  }
  std::uint64_t least = measure(0);
  std::uint64_t most = least;
  for (std::size_t i = 1; i < all_.size(); ++i) {
    least = std::min(least, measure(i));
    most = std::max(most, measure(i));
  }
  if (least == most) return drawn(std::to_string(most / times)) + again;
  if (!size.empty()) return drawn(size);
  return drawn("random.randint(" + std::to_string(least) + ", " + std::to_string(most) + ")");
}

}  // namespace sockspec::reports
