#include "core/load/tag.h"

#include <algorithm>

namespace sockspec::load {
namespace {

constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> kDigitOf = [] {
  std::array<std::uint8_t, 256> table{};
  table.fill(kNoDigit);
  for (unsigned i = 0; i < 26; ++i) table['A' + i] = static_cast<std::uint8_t>(i);
  for (unsigned i = 0; i < 6; ++i) table['2' + i] = static_cast<std::uint8_t>(26 + i);
  return table;
}();

unsigned digit_of(char letter) { return kDigitOf[static_cast<unsigned char>(letter)]; }

}  // namespace

std::optional<RequestId> parse_tag(std::string_view bytes, std::uint64_t salt) {
  if (bytes.size() < kTagSize) return std::nullopt;
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  unsigned wrong = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    const unsigned a = digit_of(bytes[i]);
    const unsigned b = digit_of(bytes[i + 8]);
    wrong |= a | b;
    high = (high << 5U) | (a & 31U);
    low = (low << 5U) | (b & 31U);
  }
  if (wrong > 31U) return std::nullopt;
  RequestId id;
  id.shard = static_cast<std::uint32_t>(high >> 30U);
  id.connection = static_cast<std::uint32_t>(high >> 5U) & (kMostConnections - 1);
  id.sequence = ((high & 31U) << 30U) | (low >> 10U);
  if ((low & 1023U) != tag_detail::check_of(id, salt)) return std::nullopt;
  return id;
}

void TagWindow::push(char byte) {
  if (digit_of(byte) == kNoDigit) {
    run_ = 0;
    return;
  }
  std::memmove(last_.data(), last_.data() + 1, kTagSize - 1);
  last_.back() = byte;
  run_ = static_cast<std::uint8_t>(std::min<unsigned>(run_ + 1U, kTagSize));
}

}  // namespace sockspec::load
