#include "io/address.h"

#include <gtest/gtest.h>

namespace sockspec::io {
namespace {

std::string host_port_error(const std::string& text) {
  const Result<HostPort> parsed = parse_host_port(text);
  return parsed ? "no error" : parsed.error().text;
}

TEST(AddressTest, AddressesArePrintedAsTheyAreWritten) {
  EXPECT_EQ(Address::numeric("127.0.0.1", 80)->text(), "127.0.0.1:80");
  EXPECT_EQ(Address::numeric("::1", 80)->text(), "[::1]:80");
  EXPECT_EQ(Address::numeric("::ffff:10.0.0.1", 7)->text(), "[::ffff:10.0.0.1]:7");
}

TEST(AddressTest, AnAddressKnowsItsParts) {
  const Address six = *Address::numeric("2001:db8::7", 65535);
  EXPECT_EQ(six.family(), AF_INET6);
  EXPECT_EQ(six.port(), 65535);
  EXPECT_EQ(six.host(), "2001:db8::7");
  EXPECT_EQ(six.size(), sizeof(sockaddr_in6));
  EXPECT_EQ(Address::numeric("10.0.0.1", 1)->size(), sizeof(sockaddr_in));
}

TEST(AddressTest, WhatIsNoAddressIsSaidWithExamples) {
  EXPECT_EQ(Address::numeric("localhost", 1).error().text,
            "\"localhost\" is not an address; write 127.0.0.1 or ::1");
}

TEST(AddressTest, AV4MappedAddressEqualsItsIPv4Form) {
  EXPECT_EQ(*Address::numeric("::ffff:127.0.0.1", 7), *Address::numeric("127.0.0.1", 7));
  EXPECT_FALSE(*Address::numeric("::ffff:127.0.0.1", 7) == *Address::numeric("127.0.0.1", 8));
  EXPECT_FALSE(*Address::numeric("::1", 7) == *Address::numeric("127.0.0.1", 7));
}

TEST(AddressTest, AnotherPortLeavesTheHost) {
  EXPECT_EQ(Address::numeric("::1", 7)->with_port(9).text(), "[::1]:9");
  EXPECT_EQ(Address::numeric("127.0.0.1", 7)->with_port(9).text(), "127.0.0.1:9");
}

TEST(AddressTest, WildcardsAreRecognized) {
  EXPECT_TRUE(Address::numeric("0.0.0.0", 1)->is_any());
  EXPECT_TRUE(Address::numeric("::", 1)->is_any());
  EXPECT_FALSE(Address::numeric("127.0.0.1", 1)->is_any());
  EXPECT_FALSE(Address::numeric("::1", 1)->is_any());
}

TEST(AddressTest, LoopbackIsRecognizedInEveryForm) {
  for (const char* const host : {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(Address::numeric(host, 1)->is_loopback()) << host;
  }
  for (const char* const host : {"10.0.0.1", "::", "2001:db8::1"}) {
    EXPECT_FALSE(Address::numeric(host, 1)->is_loopback()) << host;
  }
}

TEST(AddressTest, LocalhostMeansIPv4First) {
  EXPECT_EQ(Address::resolve("localhost", 7)->text(), "127.0.0.1:7");
}

TEST(AddressTest, AnUnknownNameIsUnreachableAndSaidByName) {
  const Result<Address> nowhere = Address::resolve("no-such-host.invalid", 7);
  ASSERT_FALSE(nowhere.ok());
  EXPECT_EQ(nowhere.error().kind, ErrorKind::Unreachable);
  EXPECT_TRUE(
      nowhere.error().text.starts_with("the name \"no-such-host.invalid\" cannot be resolved: "));
}

TEST(ParsePortTest, PortsAreNumbersFrom1To65535) {
  EXPECT_EQ(*parse_port("1"), 1);
  EXPECT_EQ(*parse_port("65535"), 65535);
  for (const char* const wrong : {"0", "65536", "-1", "80x", " 80", "", "99999999999", "+7"}) {
    const Result<std::uint16_t> port = parse_port(wrong);
    ASSERT_FALSE(port.ok()) << wrong;
    EXPECT_EQ(port.error().text,
              "\"" + std::string(wrong) + "\" is not a port; write a number from 1 to 65535");
  }
}

TEST(ParseHostPortTest, NamesAndBothFamiliesAreTaken) {
  EXPECT_EQ(parse_host_port("localhost:7")->host, "localhost");
  EXPECT_EQ(parse_host_port("127.0.0.1:65535")->port, 65535);
  EXPECT_EQ(parse_host_port("[::1]:7")->host, "::1");
  EXPECT_EQ(parse_host_port("[::1]:7")->port, 7);
}

TEST(ParseHostPortTest, WhatIsNoHostAndPortIsSaidWithExamples) {
  for (const char* const wrong :
       {"localhost", ":7", "::1:7", "[::1]", "[::1]7", "[::1:7", "[]:7", "", "a:b:7", "[::1]x:7"}) {
    EXPECT_EQ(host_port_error(wrong),
              "\"" + std::string(wrong) +
                  "\" is not HOST:PORT; write 127.0.0.1:7, localhost:7 or [::1]:7");
  }
}

TEST(ParseHostPortTest, AWrongPortIsSaidAsThePort) {
  EXPECT_EQ(host_port_error("localhost:http"),
            "\"localhost:http\": \"http\" is not a port; write a number from 1 to 65535");
  EXPECT_EQ(host_port_error("localhost:"),
            "\"localhost:\": \"\" is not a port; write a number from 1 to 65535");
}

}  // namespace
}  // namespace sockspec::io
