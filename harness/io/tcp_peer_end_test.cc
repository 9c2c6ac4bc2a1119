// TcpPeer: how connections end, and that no byte is lost on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/test_world.h"

namespace sockspec::io::test {
namespace {

using testing::EndsWith;

TEST(TcpPeerEndTest, ARefusedConnectionIsToldOfTheConnectCall) {
  Client client(Transport::Tcp, nobody(Transport::Tcp));
  client->connect({});
  EXPECT_TRUE(client.tells("broke"));
  EXPECT_EQ(client.story(), "broke:connect:refused");
}

TEST(TcpPeerEndTest, AFinIsToldAsTheEndAndOnlyOnce) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  Remote remote = server.accept();
  remote.fin();
  EXPECT_TRUE(client.tells("ended"));
  remote.close();
  turn(client.loop());
  EXPECT_EQ(client.story(), "connected ended");
}

TEST(TcpPeerEndTest, AResetIsToldAsBroken) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  server.accept().reset();
  EXPECT_TRUE(client.tells("broke"));
  EXPECT_EQ(client.story(), "connected broke:receive:reset");
}

TEST(TcpPeerEndTest, BytesThatCameBeforeAResetAreStillTold) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  Remote remote = server.accept();
  remote.send("last words");
  remote.reset();
  EXPECT_TRUE(client.tells("broke"));
  EXPECT_EQ(client.story(), "connected received:last words broke:receive:reset");
}

TEST(TcpPeerEndTest, ManyBytesBeforeAResetAreAllTold) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  Remote remote = server.accept();
  remote.send(std::string(30'000, 'a'));
  remote.reset();
  EXPECT_TRUE(client.tells("broke"));
  EXPECT_EQ(client.received(), std::string(30'000, 'a'));
}

TEST(TcpPeerEndTest, AWriteThatFindsTheResetFirstLosesNoByte) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  Remote remote = server.accept();
  remote.send("last words");
  remote.reset();
  client->write(SharedBytes("anybody there?"));
  EXPECT_TRUE(client.tells("broke"));
  EXPECT_EQ(client.received(), "last words");
  EXPECT_THAT(client.story(), EndsWith(":reset"));
}

TEST(TcpPeerEndTest, AnAnswerAndAResetBeforeTheLoopSeesTheConnectionLoseNoByte) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client->connect({});
  Remote remote = server.accept();
  remote.send("hello and goodbye");
  remote.reset();
  EXPECT_TRUE(client.tells("broke"));
  EXPECT_EQ(client.story(), "connected received:hello and goodbye broke:receive:reset");
}

TEST(TcpPeerEndTest, AResetBeforeTheLoopSeesTheConnectionIsAResetAndNoRefusal) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client->connect({});
  server.accept().reset();
  EXPECT_TRUE(client.tells("broke"));
  EXPECT_EQ(client.story(), "broke:connect:reset");
}

TEST(TcpPeerEndTest, BytesBeforeAFinAreToldBeforeIt) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  Remote remote = server.accept();
  remote.send("bye");
  remote.close();
  EXPECT_TRUE(client.tells("ended"));
  EXPECT_EQ(client.story(), "connected received:bye ended");
}

TEST(TcpPeerEndTest, ResetIsSeenByTheServerAsAReset) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  Remote remote = server.accept();
  client->reset();
  EXPECT_TRUE(until(client.loop(), [&] { return remote.read(); }));
  EXPECT_EQ(remote.error(), ECONNRESET);
}

TEST(TcpPeerEndTest, CloseIsSeenByTheServerAsAnEnd) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  Remote remote = server.accept();
  client->close();
  EXPECT_TRUE(until(client.loop(), [&] { return remote.read(); }));
  EXPECT_EQ(remote.error(), 0);
}

TEST(TcpPeerEndTest, AConnectionThatTheServerEndedIsResetWhereThatIsAskedFor) {
  Listener server;
  Client client(Transport::Tcp, server.address(), CloseAfterEnd::Reset);
  client.connect();
  Remote remote = server.accept();
  remote.fin();
  EXPECT_TRUE(client.tells("ended"));
  client.destroy();
  EXPECT_TRUE(until(client.loop(), [&] { return remote.read(); }));
  EXPECT_EQ(remote.error(), ECONNRESET);
}

TEST(TcpPeerEndTest, AConnectionThatTheServerKeepsOpenIsClosedWithFinAlsoThen) {
  Listener server;
  Client client(Transport::Tcp, server.address(), CloseAfterEnd::Reset);
  client.connect();
  Remote remote = server.accept();
  client->close();
  EXPECT_TRUE(until(client.loop(), [&] { return remote.read(); }));
  EXPECT_EQ(remote.error(), 0);
}

TEST(TcpPeerEndTest, AfterCloseNothingIsToldAndNothingIsSent) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  Remote remote = server.accept();
  client->close();
  client->write(SharedBytes("late"));
  client->half_close();
  client->resume();
  remote.send("late");
  EXPECT_TRUE(until(client.loop(), [&] { return remote.read(); }));
  EXPECT_EQ(remote.received(), "");
  EXPECT_EQ(client.story(), "connected");
}

TEST(TcpPeerEndTest, AConnectionThatWasEndedByBothSidesDoesNotKeepTheLoopBusy) {
  Listener server;
  Client client(Transport::Tcp, server.address());
  client.connect();
  server.accept().close();
  EXPECT_TRUE(client.tells("ended"));
  client->half_close();
  turn(client.loop());
  EXPECT_EQ(uv_loop_alive(client.loop().get()), 0);
}

}  // namespace
}  // namespace sockspec::io::test
