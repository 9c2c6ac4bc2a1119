// Misfit: what is known of a frame that is not what it must be, byte by byte.
//
// Lives from the first byte that differs to the verdict; part of ReplyStream and DatagramReplies.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/load/judged.h"
#include "core/load/payloads.h"

namespace sockspec::load {

inline char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

class Misfit {
 public:
  // The first difference is at `first`; the bytes before are those of `expected`.
  Misfit(const Pieces& expected, std::size_t first)
      : first_(first), window_(first > kBefore ? first - kBefore : 0) {
    received_ = expected.excerpt(window_, first - window_);
  }

  // The next byte, where `expected` stands at the same offset.
  void take(char byte, char expected) {
    if (byte != expected) {
      ++different_;
      case_only_ = case_only_ && ascii_lower(byte) == ascii_lower(expected);
    }
    keep(byte);
  }
  // One beyond the end of what is expected.
  void take(char byte) {
    ++different_;
    case_only_ = false;
    keep(byte);
  }

  std::size_t first() const { return first_; }
  std::size_t different() const { return different_; }
  bool case_only() const { return case_only_; }
  const std::string& received() const { return received_; }  // the excerpt
  std::size_t window() const { return window_; }             // where it begins

  // `length`: bytes of the frame that were not right or wrong but another's are left out.
  std::unique_ptr<Excerpt> excerpt(const Pieces& expected, std::size_t length) const {
    auto made = std::make_unique<Excerpt>();
    made->offset = window_;
    made->expected = expected.excerpt(window_, kMostExcerpt);
    made->received = received_.substr(0, length > window_ ? length - window_ : 0);
    return made;
  }

 private:
  static constexpr std::size_t kBefore = 16;  // bytes of context before the first difference

  void keep(char byte) {
    if (received_.size() < kMostExcerpt) received_ += byte;
  }

  std::size_t first_;
  std::size_t window_;
  std::size_t different_ = 0;
  bool case_only_ = true;
  std::string received_;
};

}  // namespace sockspec::load
