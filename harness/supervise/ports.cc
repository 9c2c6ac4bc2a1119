#include "supervise/ports.h"

#include <fstream>
#include <sstream>

#include "core/random.h"
#include "io/address.h"
#include "io/descriptor.h"

namespace sockspec::supervise {
namespace {

constexpr std::uint16_t kLow = 20000;
constexpr std::uint16_t kHigh = 32000;
constexpr std::uint16_t kFewest = 500;  // below this the range is not worth keeping to

bool can_bind(int type, std::uint16_t port) {
  const io::Descriptor fd(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
  sockaddr_in any{};
  any.sin_family = AF_INET;
  any.sin_port = htons(port);
  any.sin_addr.s_addr = htonl(INADDR_ANY);
  return fd && ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0;
}

}  // namespace

std::optional<std::pair<std::uint16_t, std::uint16_t>> parse_port_range(const std::string& text) {
  std::istringstream fields(text);
  std::uint16_t low = 0;
  std::uint16_t high = 0;
  fields >> low >> high;
  if (!fields || low > high) return std::nullopt;
  return std::pair(low, high);
}

PortRange::PortRange(std::uint64_t seed) : low_(kLow), high_(kHigh), at_(kLow) {
  std::ifstream file("/proc/sys/net/ipv4/ip_local_port_range");
  std::stringstream text;
  text << file.rdbuf();
  if (const auto ephemeral = parse_port_range(text.str())) {
    const auto [from, to] = *ephemeral;
    if (from <= kHigh && from >= kLow + kFewest) {
      high_ = static_cast<std::uint16_t>(from - 1);
    } else if (from < kLow + kFewest && to < 65535 - kFewest) {
      low_ = static_cast<std::uint16_t>(to + 1);
      high_ = 65535;
    }
  }
  at_ = static_cast<std::uint16_t>(
      low_ + Random(seed).below(static_cast<std::uint64_t>(high_ - low_) + 1));
}

Result<std::uint16_t> PortRange::next() {
  for (int tries = high_ - low_ + 1; tries > 0; --tries) {
    const std::uint16_t port = at_;
    at_ = at_ == high_ ? low_ : static_cast<std::uint16_t>(at_ + 1);
    if (can_bind(SOCK_STREAM, port) && can_bind(SOCK_DGRAM, port)) return port;
  }
  return Error{ErrorKind::Harness,
               "no free port between " + std::to_string(low_) + " and " + std::to_string(high_) +
                   " for the server under test; end other programs, or give --port N"};
}

}  // namespace sockspec::supervise
