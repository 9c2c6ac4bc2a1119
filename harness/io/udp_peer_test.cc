#include "io/udp_peer.h"

#include <gtest/gtest.h>

#include "io/test_world.h"

namespace sockspec::io::test {
namespace {

constexpr std::size_t kLargest = 65'507;

step::Connect connected_socket() {
  step::Connect options;
  options.connected = true;
  return options;
}

// Sends one datagram and waits until the server has it.
void ask(Client& client, DatagramServer& server, const std::string& bytes) {
  client->write(SharedBytes(bytes));
  ASSERT_TRUE(until(client.loop(), [&] { return server.read(); }));
  ASSERT_EQ(server.received().back(), bytes);
}

TEST(UdpPeerTest, ADatagramGoesThereAndAnotherComesBack) {
  DatagramServer server;
  Client client(Transport::Udp, server.address());
  client.connect();
  ask(client, server, "ping");
  server.answer("pong");
  EXPECT_TRUE(client.tells("received"));
  EXPECT_EQ(client.story(), "connected sent:4 received:pong");
}

TEST(UdpPeerTest, DatagramsOfNoBytesGoBothWays) {
  DatagramServer server;
  Client client(Transport::Udp, server.address());
  client.connect();
  ask(client, server, "");
  server.answer("");
  EXPECT_TRUE(client.tells("received"));
  EXPECT_EQ(client.story(), "connected sent:0 received:");
}

TEST(UdpPeerTest, TheLargestDatagramGoesBothWays) {
  DatagramServer server;
  Client client(Transport::Udp, server.address());
  client.connect();
  ask(client, server, std::string(kLargest, 'x'));
  server.answer(std::string(kLargest, 'y'));
  EXPECT_TRUE(client.tells("received"));
  EXPECT_EQ(client.received(), std::string(kLargest, 'y'));
}

TEST(UdpPeerTest, ADatagramThatIsTooLongIsOurOwnFault) {
  DatagramServer server;
  Client client(Transport::Udp, server.address());
  client.connect();
  client->write(SharedBytes(std::string(kLargest + 1, 'x')));
  EXPECT_EQ(client.story(), "connected broke:send:too-long");
  ask(client, server, "shorter");
}

TEST(UdpPeerTest, EachDatagramIsToldByItself) {
  DatagramServer server;
  Client client(Transport::Udp, server.address());
  client.connect();
  ask(client, server, "?");
  server.answer("a");
  server.answer("");
  server.answer("b");
  EXPECT_TRUE(client.tells("received:b"));
  EXPECT_EQ(client.story(), "connected sent:1 received:a received: received:b");
}

TEST(UdpPeerTest, ARefusalIsToldThoughTheSocketIsNotConnected) {
  Client client(Transport::Udp, nobody(Transport::Udp));
  client.connect();
  client->write(SharedBytes("anybody?"));
  EXPECT_TRUE(client.tells("broke"));
  EXPECT_EQ(client.story(), "connected sent:8 broke:receive:refused");
}

TEST(UdpPeerTest, ARefusalIsToldOnAConnectedSocket) {
  Client client(Transport::Udp, nobody(Transport::Udp));
  client.connect(connected_socket());
  client->write(SharedBytes("anybody?"));
  EXPECT_TRUE(client.tells("broke"));
  EXPECT_EQ(client.story(), "connected sent:8 broke:receive:refused");
}

// The kernel keeps the ICMP message, and reports the socket as broken until it has been taken.
TEST(UdpPeerTest, AfterARefusalTheLoopRests) {
  Client client(Transport::Udp, nobody(Transport::Udp));
  client.connect();
  client->write(SharedBytes("anybody?"));
  EXPECT_TRUE(client.tells("broke"));
  bool over = false;
  Timer timer(client.loop(), [&] { over = true; });
  timer.start(std::chrono::milliseconds(50));
  int turns = 0;
  for (; !over; ++turns) uv_run(client.loop().get(), UV_RUN_ONCE);
  EXPECT_LT(turns, 20);
}

TEST(UdpPeerTest, AnotherAddressOfTheMachineMayBeAsked) {
  DatagramServer server("127.0.0.2");
  Client client(Transport::Udp, *Address::numeric("127.0.0.1", server.address().port()));
  step::Connect options = connected_socket();
  options.to = "127.0.0.2";
  client.connect(options);
  ask(client, server, "?");
  server.answer("!");
  EXPECT_TRUE(client.tells("received"));
  EXPECT_EQ(client.story(), "connected sent:1 received:!");
}

TEST(UdpPeerTest, WhatIsNoAddressIsNotReplacedByTheUsualOne) {
  DatagramServer server;
  Client client(Transport::Udp, server.address());
  step::Connect options;
  options.to = "127.0.0.999";
  client->connect(options);
  EXPECT_EQ(client.story(), "broke:connect:otherwise");
}

TEST(UdpPeerTest, AServerThatComesUpLaterIsStillHeard) {
  const Address address = nobody(Transport::Udp);
  Client client(Transport::Udp, address);
  client.connect();
  client->write(SharedBytes("anybody?"));
  EXPECT_TRUE(client.tells("broke"));
  DatagramServer other;
  other.send_to(*Address::numeric("127.0.0.1", client->local()->port()), "me");
  EXPECT_TRUE(client.tells("received"));
}

TEST(UdpPeerTest, ADatagramFromElsewhereNamesItsSource) {
  DatagramServer server;
  DatagramServer stranger;
  Client client(Transport::Udp, server.address());
  client.connect();
  ask(client, server, "?");
  const Address to = *Address::numeric("127.0.0.1", client->local()->port());
  stranger.send_to(to, "me");
  EXPECT_TRUE(client.tells("received"));
  EXPECT_EQ(client.story(), "connected sent:1 received(elsewhere):me");
}

TEST(UdpPeerTest, AConnectedSocketHearsItsServerOnly) {
  DatagramServer server;
  DatagramServer stranger;
  Client client(Transport::Udp, server.address());
  client.connect(connected_socket());
  ask(client, server, "?");
  stranger.send_to(*client->local(), "me");
  server.answer("!");
  EXPECT_TRUE(client.tells("received"));
  turn(client.loop());
  EXPECT_EQ(client.story(), "connected sent:1 received:!");
}

TEST(UdpPeerTest, WhilePausedNothingIsReadAndResumeGoesOn) {
  DatagramServer server;
  Client client(Transport::Udp, server.address());
  client.connect(Client::paused());
  ask(client, server, "?");
  server.answer("!");
  turn(client.loop());
  EXPECT_EQ(client.story(), "connected sent:1");
  client->resume();
  EXPECT_TRUE(client.tells("received:!"));
}

TEST(UdpPeerTest, IPv6Works) {
  DatagramServer server("::1");
  Client client(Transport::Udp, server.address());
  client.connect();
  ask(client, server, "six");
  server.answer("6");
  EXPECT_TRUE(client.tells("received:6"));
}

TEST(UdpPeerTest, AFloodIsToldInTurnsThatEnd) {
  DatagramServer server;
  Client client(Transport::Udp, server.address());
  client.connect();
  ask(client, server, "?");
  for (int i = 0; i < 200; ++i) server.answer("x");
  EXPECT_TRUE(until(client.loop(), [&] { return client.received().size() == 200; }));
}

TEST(UdpPeerTest, CloseAndResetEndTheSocket) {
  DatagramServer server;
  Client client(Transport::Udp, server.address());
  client.connect();
  client->half_close();
  EXPECT_TRUE(client->local());
  client->reset();
  EXPECT_FALSE(client->local());
  client->write(SharedBytes("late"));
  turn(client.loop());
  EXPECT_FALSE(server.read());
}

TEST(UdpPeerTest, NoDescriptorIsLeftBehind) {
  const DatagramServer server;
  const Client warm_up(Transport::Udp,
                       server.address());  // libuv keeps a pipe from its first loop on
  const std::size_t before = open_descriptors();
  {
    Client client(Transport::Udp, server.address());
    client.connect();
    client->write(SharedBytes("x"));
    Client refused(Transport::Udp, nobody(Transport::Udp));
    refused.connect();
    refused->write(SharedBytes("x"));
    refused.tells("broke");
  }
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace sockspec::io::test
