// How far another machine's monotonic clock is ahead of ours, from question and answer.
//
// As NTP does it (RFC 5905, section 8), on CLOCK_MONOTONIC, which nobody sets: an answer was read
// from the other clock somewhere between our question and its arrival, so half the round trip is
// the most by which the middle can be wrong. The quickest round trip tells most. Pure.
#pragma once

#include <optional>
#include <span>

#include "core/time.h"

namespace sockspec::load {

struct ClockSample {
  Duration asked{};   // our clock
  Duration theirs{};  // their clock, when they answered
  Duration heard{};   // our clock
};

struct ClockOffset {
  Duration ahead{};  // theirs minus ours
  Duration error{};  // at most
};

// None without samples.
std::optional<ClockOffset> clock_offset(std::span<const ClockSample> samples);

}  // namespace sockspec::load
