// What the UDP servers answer, and from where.
#include <gtest/gtest.h>

#include <list>

#include "reference-servers/blocking_client.h"
#include "reference-servers/running_server.h"

namespace sockspec::reference {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kLargestIpv4 = 65507;
constexpr std::size_t kLargestIpv6 = 65527;

TEST(UdpEchoTest, SendsEachDatagramBackWhateverItsSize) {
  const RunningServer server("udp-echo");
  UdpClient client(server);
  for (const std::size_t size :
       {10ul, 300ul, 3ul, 0ul, 7ul, 1472ul, 1473ul, 9000ul, kLargestIpv4}) {
    const std::string datagram(size, static_cast<char>('a' + size % 26));
    EXPECT_EQ(client.exchange(datagram), datagram) << size;
  }
  EXPECT_EQ(client.receive(milliseconds(50)), std::nullopt);  // one answer each, no more
}

// libuv: nread == 0 with an address is a datagram, without one it is nothing (F10).
TEST(UdpEchoTest, AnswersAnEmptyDatagramByAnEmptyOneAndGoesOn) {
  const RunningServer server("udp-echo");
  UdpClient client(server);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.exchange(""), "");
  EXPECT_EQ(client.exchange("on"), "on");
}

// A connected client sees no answer that comes from another address (F9).
TEST(UdpEchoTest, AnswersFromTheAddressThatWasAsked) {
  const RunningServer server("udp-echo", {.host = "0.0.0.0"});
  for (const std::string host : {"127.0.0.1", "127.0.0.2", "127.1.2.3"}) {
    EXPECT_EQ(UdpClient(server, host).exchange("from you?"), "from you?") << host;
  }
}

TEST(UdpEchoTest, AnswersFromTheAddressThatWasAskedInBothFamilies) {
  const RunningServer server("udp-echo", {.host = "::"});
  for (const std::string host : {"::1", "127.0.0.1", "127.0.0.2"}) {
    EXPECT_EQ(UdpClient(server, host).exchange("from you?"), "from you?") << host;
  }
}

TEST(UdpEchoTest, AnswersTheLargestIpv6Datagram) {
  const RunningServer server("udp-echo", {.host = "::1"});
  const std::string datagram(kLargestIpv6, 'x');
  EXPECT_EQ(UdpClient(server).exchange(datagram), datagram);
}

TEST(UdpEchoTest, KeepsItsClientsApart) {
  const RunningServer server("udp-echo");
  std::list<UdpClient> clients;
  for (int i = 0; i < 8; ++i) clients.emplace_back(server);
  for (int round = 0; round < 50; ++round) {
    int sender = 0;
    for (UdpClient& client : clients) {
      EXPECT_TRUE(client.send(std::to_string(round) + "/" + std::to_string(sender++)));
    }
    int receiver = 0;
    for (UdpClient& client : clients) {
      EXPECT_EQ(client.receive(), std::to_string(round) + "/" + std::to_string(receiver++));
    }
  }
}

TEST(UdpEchoTest, AnswersABurstInOrder) {
  const RunningServer server("udp-echo");
  UdpClient client(server);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(client.send(std::to_string(i)));
  for (int i = 0; i < 100; ++i) EXPECT_EQ(client.receive(), std::to_string(i));
}

TEST(UdpEchoTest, SurvivesClientsThatAreGoneBeforeTheAnswer) {
  const RunningServer server("udp-echo");
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(UdpClient(server).send("gone"));
  EXPECT_EQ(UdpClient(server).exchange("here"), "here");
}

TEST(UdpUppercaseTest, AnswersWholeDatagramsInUppercase) {
  const RunningServer server("udp-uppercase");
  UdpClient client(server);
  EXPECT_EQ(client.exchange("@AZ[`az{ stra\xC3\x9F"
                            "e"),
            "@AZ[`AZ{ STRA\xC3\x9F"
            "E");
  EXPECT_EQ(client.exchange(std::string(4096, 'x')), std::string(4096, 'X'));
  EXPECT_EQ(client.exchange(""), "");
}

TEST(UdpGreetingTest, AnswersEveryDatagramWithItsText) {
  const RunningServer server("udp-greeting");
  UdpClient client(server);
  for (const std::string_view datagram : {"hi", "", "\xC3\x28\xFF"}) {
    EXPECT_EQ(client.exchange(datagram), "Hello, UDP Client!");
  }
  const RunningServer other("udp-greeting", {.text = "other"});
  EXPECT_EQ(UdpClient(other).exchange("hi"), "other");
}

TEST(UdpDiscardTest, AnswersNothing) {
  const RunningServer server("udp-discard");
  UdpClient client(server);
  EXPECT_TRUE(client.send("hello"));
  EXPECT_TRUE(client.send(""));
  EXPECT_EQ(client.receive(milliseconds(50)), std::nullopt);
}

}  // namespace
}  // namespace sockspec::reference
