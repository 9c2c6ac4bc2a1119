// Tag: the sixteen characters at the head of a request that say whose it is.
//
// They are letters and digits of base32 (RFC 4648, table 3), which uppercasing leaves unchanged:
// two for the shard, five for the connection, seven for the sequence, two for a check. The check is
// the remainder of the rest by the prime 1021, plus a salt, so that no change of a single character
// and no swap of two neighbours goes unseen, and tags of a run with another salt are not taken for
// ours. Pure functions, safe from any thread.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace sockspec::load {

struct RequestId {
  std::uint32_t shard = 0;       // below kMostShards
  std::uint32_t connection = 0;  // below kMostConnections; numbers beyond it begin again at 0
  std::uint64_t sequence = 0;    // on its connection, below kMostRequests

  bool operator==(const RequestId&) const = default;
};

inline constexpr std::uint32_t kMostShards = 1U << 10U;
inline constexpr std::uint32_t kMostConnections = 1U << 25U;
inline constexpr std::uint64_t kMostRequests = 1ULL << 35U;

inline constexpr std::size_t kTagSize = 16;  // bytes

// Two words rather than characters, so that one is made, kept and compared in registers.
struct Tag {
  std::array<std::uint64_t, 2> words{};  // as they stand in memory

  const char* data() const { return reinterpret_cast<const char*>(words.data()); }
  char operator[](std::size_t index) const { return data()[index]; }
  bool begins(const char* bytes) const {
    std::array<std::uint64_t, 2> there;
    std::memcpy(there.data(), bytes, kTagSize);
    return there == words;
  }
};

namespace tag_detail {

inline constexpr std::uint64_t kCheck = 1021;

// Of all tags of one connection. The check of a tag is this and its sequence, by kCheck.
inline std::uint64_t check_base(std::uint32_t shard, std::uint32_t connection, std::uint64_t salt) {
  constexpr std::uint64_t kWeight = kMostRequests % kCheck;
  const std::uint64_t place = (std::uint64_t{shard} << 25U) | connection;
  return place % kCheck * kWeight + salt % kCheck;
}

inline std::uint64_t check_of(const RequestId& id, std::uint64_t salt) {
  return (check_base(id.shard, id.connection, salt) + id.sequence) % kCheck;
}

// Eight digits at once, because a tag is made for every reply that is judged: 40 bits are spread
// over eight bytes, the highest of which comes first in memory.
inline std::uint64_t letters(std::uint64_t bits) {
  constexpr std::uint64_t kEach = 0x0101010101010101U;
  bits = (bits & 0xFFFFFU) | ((bits & 0xFFFFF00000U) << 12U);
  bits = (bits & 0x000003FF000003FFU) | ((bits & 0x000FFC00000FFC00U) << 6U);
  bits = (bits & 0x001F001F001F001FU) | ((bits & 0x03E003E003E003E0U) << 3U);
  const std::uint64_t digits = ((bits + (0x80 - 26) * kEach) & (0x80 * kEach)) >> 7U;
  bits += 'A' * kEach - digits * ('A' + 26 - '2');
  return std::endian::native == std::endian::little ? __builtin_bswap64(bits) : bits;
}

}  // namespace tag_detail

// The tags of one connection: what they have in common is worked out once. A value.
class ConnectionTags {
 public:
  ConnectionTags(std::uint32_t shard, std::uint32_t connection, std::uint64_t salt)
      : place_((std::uint64_t{shard} << 30U) | (std::uint64_t{connection} << 5U)),
        head_(tag_detail::letters(place_)),
        check_(tag_detail::check_base(shard, connection, salt)) {}

  // Of both: sequence < kMostRequests.
  RequestId id(std::uint64_t sequence) const {
    return {static_cast<std::uint32_t>(place_ >> 30U),
            static_cast<std::uint32_t>(place_ >> 5U) & (kMostConnections - 1), sequence};
  }
  Tag tag(std::uint64_t sequence) const {
    const std::uint64_t high = sequence >> 30U;  // one letter, which seldom is not the first
    const std::uint64_t check = (check_ + sequence) % tag_detail::kCheck;
    return {{high == 0 ? head_ : tag_detail::letters(place_ | high),
             tag_detail::letters(((sequence & 0x3FFFFFFFU) << 10U) | check)}};
  }

 private:
  std::uint64_t place_;
  std::uint64_t head_;
  std::uint64_t check_;
};

inline Tag make_tag(const RequestId& id, std::uint64_t salt) {
  return ConnectionTags(id.shard, id.connection, salt).tag(id.sequence);
}

// The tag at the beginning of `bytes`; none when there is none or its check fails.
std::optional<RequestId> parse_tag(std::string_view bytes, std::uint64_t salt);

// The last bytes of a stream, to find a tag in them that begins anywhere.
class TagWindow {
 public:
  void push(char byte);
  void clear() { run_ = 0; }

  // Could the bytes since `count` bytes ago be the beginning of a tag?
  bool all_tag_letters(std::size_t count) const { return run_ >= count; }
  bool full() const { return run_ == kTagSize; }
  std::string_view bytes() const { return {last_.data(), last_.size()}; }

 private:
  std::array<char, kTagSize> last_{};
  std::uint8_t run_ = 0;  // how many of them, up to the newest, a tag could hold
};

}  // namespace sockspec::load
