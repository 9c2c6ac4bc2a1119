#include "supervise/socket_table.h"

#include <gtest/gtest.h>

#include "io/test_world.h"
#include "supervise/proc_net.h"

namespace sockspec::supervise {
namespace {

using io::test::Client;
using io::test::DatagramServer;
using io::test::Listener;
using io::test::Remote;
using io::test::until;

std::string texts(const std::vector<BoundSocket>& sockets) {
  std::string all;
  for (const BoundSocket& socket : sockets)
    all += socket.local.text() + "/" + std::to_string(socket.inode) + " ";
  return all;
}

bool lists(const std::vector<BoundSocket>& sockets, const io::Address& address) {
  for (const BoundSocket& socket : sockets) {
    if (socket.local == address && socket.local.family() == address.family() && socket.inode != 0)
      return true;
  }
  return false;
}

constexpr char kHeader[] =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
    "inode\n";

TEST(ParseProcNetTest, ListeningSocketsAreRead) {
  const auto found = parse_proc_net(std::string(kHeader) +
                                        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 "
                                        "00:00000000 00000000  1000        0 4711 1 0 100 0\n"
                                        "   1: 0100007F:1F91 0100007F:1F90 01 00000000:00000000 "
                                        "00:00000000 00000000  1000        0 4712 1 0 100 0\n",
                                    Transport::Tcp);
  EXPECT_EQ(texts(found), "127.0.0.1:8080/4711 ");
}

TEST(ParseProcNetTest, BoundUdpSocketsAreRead) {
  const auto found = parse_proc_net(
      "  10: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 "
      "99 2 0 0\n",
      Transport::Udp);
  EXPECT_EQ(texts(found), "0.0.0.0:53/99 ");
}

TEST(ParseProcNetTest, IPv6AddressesAreRead) {
  const auto found = parse_proc_net(
      "   0: 00000000000000000000000001000000:0016 00000000000000000000000000000000:0000 0A "
      "00000000:00000000 "
      "00:00000000 00000000     0        0 5 1 0 100 0\n",
      Transport::Tcp);
  EXPECT_EQ(texts(found), "[::1]:22/5 ");
}

TEST(ParseProcNetTest, LinesThatDoNotFitAreLeftOut) {
  const std::string rest =
      " 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 5 1 0 100 0\n";
  for (const std::string address : {"", "0100007F", "0100007F:", ":0016", "zz00007F:0016",
                                    "0100007F::", "::::::::::", "0100007F:FFFFFFFFFFFFFFFFFFFFFFFF",
                                    "0100007F:1FFFF", "01:0016", "0100007F:0:16"}) {
    EXPECT_EQ(texts(parse_proc_net("  0: " + address + rest, Transport::Tcp)), "") << address;
  }
  EXPECT_EQ(texts(parse_proc_net("  0: 0100007F:0016 00000000:0000 0A\n\n\n", Transport::Tcp)), "");
}

TEST(SocketTableTest, ListenersOfBothFamiliesAreListed) {
  const Listener four;
  const Listener six("::1");
  const auto found = bound_sockets(Transport::Tcp);
  EXPECT_TRUE(lists(found, four.address()));
  EXPECT_TRUE(lists(found, six.address()));
}

TEST(SocketTableTest, BoundUdpSocketsOfBothFamiliesAreListed) {
  const DatagramServer four;
  const DatagramServer six("::1");
  const auto found = bound_sockets(Transport::Udp);
  EXPECT_TRUE(lists(found, four.address()));
  EXPECT_TRUE(lists(found, six.address()));
}

TEST(SocketTableTest, AClosedListenerIsNotListed) {
  Listener listener;
  listener.close();
  EXPECT_FALSE(lists(bound_sockets(Transport::Tcp), listener.address()));
}

TEST(SocketTableTest, ConnectionsAreNoListeners) {
  const Listener listener;
  Client client(Transport::Tcp, listener.address());
  client.connect();
  EXPECT_FALSE(lists(bound_sockets(Transport::Tcp), *client->local()));
}

TEST(SocketTableTest, TheFallBackSeesTheSameSockets) {
  const Listener four;
  const Listener six("::1");
  const DatagramServer udp;
  const auto only = [](const std::vector<BoundSocket>& all, const io::Address& address) {
    std::vector<BoundSocket> ours;
    for (const BoundSocket& socket : all) {
      if (socket.local == address) ours.push_back(socket);
    }
    return texts(ours);
  };
  for (const io::Address& address : {four.address(), six.address()}) {
    EXPECT_EQ(only(bound_sockets_in_proc(Transport::Tcp), address),
              only(bound_sockets(Transport::Tcp), address));
  }
  EXPECT_EQ(only(bound_sockets_in_proc(Transport::Udp), udp.address()),
            only(bound_sockets(Transport::Udp), udp.address()));
}

class UnreadBytesTest : public testing::TestWithParam<const char*> {};

TEST_P(UnreadBytesTest, OfATcpConnectionAreWhatTheServerHasNotRead) {
  Listener listener(GetParam());
  Client client(Transport::Tcp, listener.address());
  client.connect();
  Remote remote = listener.accept();
  EXPECT_EQ(unread_bytes(Transport::Tcp, listener.address(), *client->local()), 0U);
  client->write(SharedBytes("hello"));
  EXPECT_TRUE(until(client.loop(), [&] {
    return unread_bytes(Transport::Tcp, listener.address(), *client->local()) == 5U;
  }));
  remote.read();
  EXPECT_EQ(remote.received(), "hello");
  EXPECT_EQ(unread_bytes(Transport::Tcp, listener.address(), *client->local()), 0U);
}

TEST_P(UnreadBytesTest, OfAUdpSocketAreSeenUntilTheyAreRead) {
  DatagramServer server(GetParam());
  Client client(Transport::Udp, server.address());
  client.connect();
  client->write(SharedBytes("hello"));
  EXPECT_TRUE(until(client.loop(), [&] {
    return unread_bytes(Transport::Udp, server.address(), *client->local()).value_or(0) > 0;
  }));
  EXPECT_TRUE(server.read());
  EXPECT_EQ(unread_bytes(Transport::Udp, server.address(), *client->local()), 0U);
}

INSTANTIATE_TEST_SUITE_P(BothFamilies, UnreadBytesTest, testing::Values("127.0.0.1", "::1"),
                         [](const auto& each) { return each.index == 0 ? "IPv4" : "IPv6"; });

TEST(SocketTableTest, OfAConnectionThatIsNotThereNothingIsKnown) {
  const Listener listener;
  const io::Address nobody = *io::Address::numeric("127.0.0.1", 1);
  EXPECT_EQ(unread_bytes(Transport::Tcp, listener.address(), nobody), std::nullopt);
}

TEST(SocketTableTest, TheSideThatClosesFirstIsInTimeWait) {
  Listener listener;
  Client client(Transport::Tcp, listener.address());
  client.connect();
  EXPECT_EQ(time_wait_count(listener.address().port()), 0U);
  Remote remote = listener.accept();
  remote.close();
  EXPECT_TRUE(client.tells("ended"));
  client->close();
  EXPECT_TRUE(
      until(client.loop(), [&] { return time_wait_count(listener.address().port()) == 1; }));
}

TEST(SocketTableTest, AConnectionThatOnlyTheClientHasEndedIsInCloseWait) {
  for (const char* const host : {"127.0.0.1", "::1"}) {
    Listener listener(host);
    const std::uint16_t port = listener.address().port();
    Client first(Transport::Tcp, listener.address());
    Client second(Transport::Tcp, listener.address());
    first.connect();
    second.connect();
    Remote remote = listener.accept();
    const Remote other = listener.accept();
    EXPECT_EQ(close_wait_count(port), 0U);
    first->close();
    second->close();
    EXPECT_TRUE(until(first.loop(), [&] { return close_wait_count(port) == 2U; })) << host;
    remote.close();
    EXPECT_TRUE(until(first.loop(), [&] { return close_wait_count(port) == 1U; })) << host;
  }
}

TEST(SocketTableTest, CloseWaitOnOtherPortsDoesNotCount) {
  Listener listener;
  Listener other;
  Client client(Transport::Tcp, listener.address());
  client.connect();
  const Remote remote = listener.accept();
  client->close();
  EXPECT_TRUE(
      until(client.loop(), [&] { return close_wait_count(listener.address().port()) == 1U; }));
  EXPECT_EQ(close_wait_count(other.address().port()), 0U);
}

TEST(ProcNetTest, DropsAreThoseOfAllSocketsOnThePort) {
  const std::string text =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
      "inode ref pointer drops\n"
      " 10: 0100007F:1F90 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 "
      "4711 2 0000000000000000 7\n"
      " 11: 00000000:1F90 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 "
      "4712 2 0000000000000000 35\n"
      " 12: 0100007F:1F91 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 "
      "4713 2 0000000000000000 99\n";
  EXPECT_EQ(parse_datagram_drops(text, 8080), 42U);
  EXPECT_EQ(parse_datagram_drops(text, 8082), std::nullopt);
  EXPECT_EQ(parse_datagram_drops("", 8080), std::nullopt);
}

}  // namespace
}  // namespace sockspec::supervise
