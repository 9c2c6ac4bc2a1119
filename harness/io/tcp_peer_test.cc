#include "io/tcp_peer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/tcp.h>

#include "io/test_world.h"

namespace sockspec::io::test {
namespace {

using ::testing::Contains;
using ::testing::Each;

TEST(TcpPeerTest, AConnectionIsToldBeforeTheServerAcceptsIt) {
  const Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  EXPECT_EQ(client.story(), "connected");
}

TEST(TcpPeerTest, WhatIsWrittenArrives) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  client->write(SharedBytes("hello"));
  Remote remote = server.accept();
  EXPECT_TRUE(until(client.loop(), [&] { return remote.read() || remote.received() == "hello"; }));
  EXPECT_EQ(client.story(), "connected sent:5");
}

TEST(TcpPeerTest, AnUrgentByteArrivesOutOfBand) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  client->write(SharedBytes("before"));
  client->send_urgent('!');
  client->write(SharedBytes("after"));
  Remote remote = server.accept();
  char urgent = 0;
  EXPECT_TRUE(until(client.loop(), [&] { return recv(remote.fd(), &urgent, 1, MSG_OOB) == 1; }));
  EXPECT_EQ(urgent, '!');
  EXPECT_TRUE(
      until(client.loop(), [&] { return remote.read() || remote.received() == "beforeafter"; }));
}

TEST(TcpPeerTest, OnADeadConnectionNothingIsUrgent) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  server.accept().reset();
  EXPECT_TRUE(client.tells("broke"));
  client->send_urgent('!');
  EXPECT_EQ(client.story(), "connected broke:receive:reset");
}

step::Connect to_address(const std::string& address) {
  step::Connect options;
  options.to = address;
  return options;
}

TEST(TcpPeerTest, AnotherAddressOfTheMachineMayBeAsked) {
  Listener server("127.0.0.2");
  Client client(Transport::Tcp, *Address::numeric("127.0.0.1", server.address().port()));
  client.connect(to_address("127.0.0.2"));
  server.accept();
  EXPECT_EQ(client.story(), "connected");
}

TEST(TcpPeerTest, WhatIsNoAddressIsNotReplacedByTheUsualOne) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client->connect(to_address("127.0.0.999"));
  EXPECT_EQ(client.story(), "broke:connect:otherwise");
  EXPECT_FALSE(server.waiting());
}

TEST(TcpPeerTest, PartialWritesAreCountedExactly) {
  Listener server("127.0.0.1", 4096);
  Client client(Transport::Tcp, server.address());
  client.connect();
  Remote remote = server.accept();
  constexpr std::size_t kMuch = 32U << 20U;
  client->write(SharedBytes(std::string(kMuch, 'x')));
  turn(client.loop());
  client->drop_unsent();
  const std::size_t told = client.sent();
  client->close();
  EXPECT_TRUE(until(client.loop(), [&] { return remote.read(); }));
  EXPECT_EQ(remote.received().size(), told);
  EXPECT_LT(told, kMuch);
  EXPECT_GT(told, 0U);
}

TEST(TcpPeerTest, WhatWasDroppedIsNeverSent) {
  Listener server("127.0.0.1", 4096);
  Client client(Transport::Tcp, server.address());
  client.connect(Client::send_buffer(4096));
  Remote remote = server.accept();
  client->write(SharedBytes(std::string(8U << 20U, 'x')));
  client->drop_unsent();
  client->write(SharedBytes("!"));
  EXPECT_TRUE(until(client.loop(), [&] {
    remote.read();
    return remote.received().ends_with("!");
  }));
  EXPECT_EQ(remote.received().size(), client.sent());
}

TEST(TcpPeerTest, HalfCloseComesAfterEverythingWasWritten) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  Remote remote = server.accept();
  client->write(SharedBytes(std::string(8U << 20U, 'a')));
  client->write(SharedBytes("end"));
  client->half_close();
  EXPECT_TRUE(until(client.loop(), [&] { return remote.read(); }));
  EXPECT_EQ(remote.received().size(), (8U << 20U) + 3);
  EXPECT_EQ(remote.error(), 0);
  EXPECT_EQ(client.sent(), (8U << 20U) + 3);
}

TEST(TcpPeerTest, HalfCloseComesAlsoWhenTheRestIsDropped) {
  Listener server("127.0.0.1", 4096);
  Client client(Transport::Tcp, server.address());
  client.connect(Client::send_buffer(4096));
  Remote remote = server.accept();
  client->write(SharedBytes(std::string(8U << 20U, 'a')));
  client->half_close();
  client->drop_unsent();
  EXPECT_TRUE(until(client.loop(), [&] { return remote.read(); }));
  EXPECT_EQ(remote.received().size(), client.sent());
}

TEST(TcpPeerTest, AfterHalfCloseTheReplyIsStillRead) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  Remote remote = server.accept();
  client->half_close();
  EXPECT_TRUE(until(client.loop(), [&] { return remote.read(); }));
  remote.send("reply");
  remote.close();
  EXPECT_TRUE(client.tells("ended"));
  EXPECT_EQ(client.story(), "connected received:reply ended");
}

TEST(TcpPeerTest, WhilePausedNothingIsReadAndResumeGoesOn) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  client->pause();
  Remote remote = server.accept();
  remote.send("hello");
  turn(client.loop());
  EXPECT_EQ(client.story(), "connected");
  client->resume();
  EXPECT_TRUE(client.tells("received"));
  EXPECT_EQ(client.received(), "hello");
}

TEST(TcpPeerTest, APeerMayBePausedFromTheStart) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect(Client::paused());
  server.accept().send("hello");
  turn(client.loop());
  EXPECT_EQ(client.story(), "connected");
  client->resume();
  EXPECT_TRUE(client.tells("received"));
}

// The window scale is agreed upon in the handshake: a buffer set later would show a larger one.
TEST(TcpPeerTest, TheReceiveBufferIsSetBeforeTheHandshake) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect(Client::receive_buffer(4096));
  Remote remote = server.accept();
  tcp_info info{};
  socklen_t size = sizeof info;
  getsockopt(remote.fd(), IPPROTO_TCP, TCP_INFO, &info, &size);
  EXPECT_EQ(info.tcpi_snd_wscale, 0);
}

TEST(TcpPeerTest, ASmallSendBufferTakesLittle) {
  Listener server("127.0.0.1", 4096);
  Client client(Transport::Tcp, server.address());
  client.connect(Client::send_buffer(4096));
  client->write(SharedBytes(std::string(8U << 20U, 'x')));
  turn(client.loop());
  EXPECT_LT(client.sent(), 128U << 10U);
}

TEST(TcpPeerTest, WhatWaitsForTheServersWindowIsNotOnTheWay) {
  Listener server("127.0.0.1", 4096);
  Client client(Transport::Tcp, server.address());
  client.connect(Client::send_buffer(64 * 1024));
  const Remote remote = server.accept();
  client->write(SharedBytes(std::string(8U << 20U, 'x')));
  EXPECT_TRUE(until(client.loop(), [&] { return client->nothing_on_the_way(); }));
  EXPECT_GT(client->unacknowledged(), 0);
}

TEST(TcpPeerTest, AConnectionThatNobodyAnswersIsOnTheWay) {
  Listener server("127.0.0.1", 0, 1);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::make_unique<Client>(Transport::Tcp, server.address()));
    (*clients.back())->connect({});
    turn(clients.back()->loop());
  }
  EXPECT_FALSE((*clients.back())->nothing_on_the_way());
}

TEST(TcpPeerTest, UnacknowledgedBytesAreCountedUntilTheServersKernelHasThem) {
  Listener server("127.0.0.1", 4096);
  Client client(Transport::Tcp, server.address());
  client.connect(Client::send_buffer(64 * 1024));
  Remote remote = server.accept();
  client->write(SharedBytes(std::string(8U << 20U, 'x')));
  EXPECT_GT(client->unacknowledged(), 0);
  client->drop_unsent();
  EXPECT_TRUE(until(client.loop(), [&] { return remote.read() || client->unacknowledged() == 0; }));
}

// Rounds of question and answer; after which of them the client's system wanted to acknowledge at
// once (tcp(7), TCP_QUICKACK: what delays it is forgotten with the next segment that is sent).
std::vector<bool> acknowledged_at_once(const step::Connect& options) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect(options);
  Remote remote = server.accept();
  const std::string here = client->local()->text();
  int fd = 3;
  while (fd < 1024 && (!local_address(fd) || local_address(fd)->text() != here)) ++fd;
  std::vector<bool> rounds;
  std::string asked, answered;
  for (int round = 0; round < 100; ++round) {
    client->write(SharedBytes("question"));
    asked += "question";
    EXPECT_TRUE(until(client.loop(), [&] { return remote.read() || remote.received() == asked; }));
    remote.send("answer");
    answered += "answer";
    EXPECT_TRUE(until(client.loop(), [&] { return client.received() == answered; }));
    int at_once = -1;
    socklen_t size = sizeof at_once;
    EXPECT_EQ(getsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &at_once, &size), 0);
    rounds.push_back(at_once == 1);
  }
  return rounds;
}

TEST(TcpPeerTest, WhatWasReadIsAcknowledgedAtOnce) {
  EXPECT_THAT(acknowledged_at_once({}), Each(true));
}

TEST(TcpPeerTest, AStopwatchSeesWhatTheSystemDelays) {
  step::Connect timed;
  timed.timed = true;
  EXPECT_THAT(acknowledged_at_once(timed), Contains(false));
}

TEST(TcpPeerTest, ASmallWindowIsOpenedWhenTheSystemWantsTo) {
  EXPECT_THAT(acknowledged_at_once(Client::receive_buffer(16 * 1024)), Contains(false));
}

TEST(TcpPeerTest, OurAddressIsWhatTheServerSees) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  EXPECT_FALSE(client->local());
  client.connect();
  EXPECT_EQ(client->local()->text(), server.accept().peer().text());
  client->close();
  EXPECT_FALSE(client->local());
}

TEST(TcpPeerTest, IPv6Works) {
  Listener server("::1");
  Client client(Transport::Tcp, server.address());
  client.connect();
  server.accept().send("six");
  EXPECT_TRUE(client.tells("received:six"));
}

TEST(TcpPeerTest, APeerMayGoBeforeItIsConnected) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client->connect({});
  client.destroy();
  turn(client.loop());
  EXPECT_EQ(client.story(), "");
}

TEST(TcpPeerTest, APeerMayGoWith8MiBInFlight) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  client->write(SharedBytes(std::string(8U << 20U, 'x')));
  const std::size_t told = client.sent();
  client.destroy();
  turn(client.loop());
  EXPECT_EQ(client.sent(), told);
}

TEST(TcpPeerTest, NoDescriptorIsLeftBehind) {
  Listener server;
  const Client warm_up(Transport::Tcp, server.address());
  const std::size_t before = open_descriptors();
  {
    Client client(Transport::Tcp, server.address());
    client.connect();
    server.accept().reset();
    client.tells("broke");
    Client refused(Transport::Tcp, nobody(Transport::Tcp));
    refused->connect({});
    refused.tells("broke");
  }
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace sockspec::io::test
