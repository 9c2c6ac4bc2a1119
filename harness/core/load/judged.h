// Judged: what was found out about one request, or about bytes that answer none.
//
// Plain data; movable, not copyable. Only wrong replies carry an excerpt, so that right ones
// allocate nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/load/reply_verdict.h"
#include "core/time.h"

namespace sockspec::load {

inline constexpr std::size_t kMostExcerpt = 64;  // bytes, of each side

// Both sides from the same offset of the reply on.
struct Excerpt {
  std::uint64_t offset = 0;
  std::string expected;
  std::string received;

  bool operator==(const Excerpt&) const = default;
};

struct Judged {
  ReplyVerdict verdict = ReplyVerdict::Ok;
  std::uint64_t sequence = 0;  // of the request; of the reply before, for bytes that answer none
  Duration due{};              // since the start of the run; zero where `sequence` is not in flight
  Duration sent{};
  std::uint64_t offset = 0;    // of the first byte that differs, or where the reply ended
  bool answers = false;        // a request in time: its latency is to be recorded
  bool replaces_lost = false;  // the same request was given as Lost before: one less is lost
  std::unique_ptr<Excerpt> excerpt;
};

}  // namespace sockspec::load
