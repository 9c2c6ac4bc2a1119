#include "supervise/ports.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "io/address.h"
#include "io/descriptor.h"

namespace sockspec::supervise {
namespace {

using Range = std::pair<std::uint16_t, std::uint16_t>;

std::optional<Range> ephemeral_range() {
  std::ifstream file("/proc/sys/net/ipv4/ip_local_port_range");
  std::stringstream text;
  text << file.rdbuf();
  return parse_port_range(text.str());
}

// Holds a port of all addresses, as another program might.
io::Descriptor hold(int type, std::uint16_t port) {
  io::Descriptor fd(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
  const io::Address any = *io::Address::numeric("0.0.0.0", port);
  EXPECT_EQ(::bind(fd.get(), any.get(), any.size()), 0);
  return fd;
}

TEST(ParsePortRangeTest, TwoNumbersAreARange) {
  EXPECT_EQ(parse_port_range("32768\t60999\n"), Range(32768, 60999));
  EXPECT_EQ(parse_port_range("7 7"), Range(7, 7));
}

TEST(ParsePortRangeTest, AnythingElseIsNone) {
  for (const char* const text : {"", "32768", "60999 32768", "a b", "1 70000", "-1 5 x"}) {
    EXPECT_FALSE(parse_port_range(text) && text[0] != '-') << text;
  }
}

TEST(PortRangeTest, PortsLieOutsideTheEphemeralRange) {
  const std::optional<Range> ephemeral = ephemeral_range();
  ASSERT_TRUE(ephemeral);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const std::uint16_t port = *PortRange(seed).next();
    EXPECT_GE(port, 1024);
    EXPECT_TRUE(port < ephemeral->first || port > ephemeral->second) << port;
  }
}

TEST(PortRangeTest, NoPortIsHandedOutTwiceInARow) {
  PortRange ports(7);
  std::set<std::uint16_t> seen;
  for (int i = 0; i < 200; ++i) EXPECT_TRUE(seen.insert(*ports.next()).second);
}

TEST(PortRangeTest, APortThatSomebodyHoldsIsSkipped) {
  for (const int type : {SOCK_STREAM, SOCK_DGRAM}) {
    const std::uint16_t port = *PortRange(11).next();
    const io::Descriptor other = hold(type, port);
    EXPECT_NE(*PortRange(11).next(), port);
  }
}

TEST(PortRangeTest, RunsBeginAtDifferentPlaces) {
  std::set<std::uint16_t> first;
  for (std::uint64_t seed = 0; seed < 20; ++seed) first.insert(*PortRange(seed).next());
  EXPECT_GT(first.size(), 15U);
}

}  // namespace
}  // namespace sockspec::supervise
