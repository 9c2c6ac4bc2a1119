// Ports for servers under test.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/profile.h"
#include "core/result.h"

namespace sockspec::supervise {

// Hands out ports outside the range from which the system takes those of clients, so that no client
// ever sits on the port that a server is about to bind. Starts at a random place, so that several
// runs on one machine rarely meet.
class PortRange {
 public:
  explicit PortRange(std::uint64_t seed);

  // A port that nobody is bound to right now, for TCP and UDP. Error (Harness): none is left.
  Result<std::uint16_t> next();

 private:
  std::uint16_t low_;
  std::uint16_t high_;
  std::uint16_t at_;
};

// "32768\t60999\n": the file ip_local_port_range. For tests.
std::optional<std::pair<std::uint16_t, std::uint16_t>> parse_port_range(const std::string& text);

}  // namespace sockspec::supervise
