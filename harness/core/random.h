// Random: a small seeded generator (splitmix64, Steele, Lea, Flood 2014) whose output is the same
// on every platform, which the distributions of the standard library do not promise.
#pragma once

#include <cstdint>
#include <string_view>

namespace sockspec {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  // In [0, bound); bound > 0. The bias is below 2^-40 for the bounds used here.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

 private:
  std::uint64_t state_;
};

// A seed that differs with each of its parts (FNV-1a over the text, mixed with the numbers).
inline std::uint64_t derive_seed(std::uint64_t seed, std::string_view text, std::uint64_t ordinal) {
  std::uint64_t hash = 0xCBF29CE484222325U ^ seed;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return Random(hash + ordinal * 0x9E3779B97F4A7C15U).next();
}

}  // namespace sockspec
