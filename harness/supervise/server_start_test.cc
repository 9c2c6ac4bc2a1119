// ServerUnderTest: how a server becomes ready, and what is said when it does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/test_world.h"
#include "supervise/run_for_test.h"
#include "supervise/socket_table.h"

namespace sockspec::supervise::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

std::uint16_t byte_swapped(std::uint16_t port) {
  return static_cast<std::uint16_t>((port << 8U) | (port >> 8U));
}

bool is_free(std::uint16_t port) {
  const io::Descriptor fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const io::Address address = *io::Address::numeric("127.0.0.1", port);
  return ::bind(fd.get(), address.get(), address.size()) == 0;
}

TEST(ServerStartTest, AServerIsReadyOnceItListens) {
  ServerRun run(listening());
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_EQ(run.told->value().text(), "127.0.0.1:" + std::to_string(run.command.port));
  EXPECT_TRUE(run.server->running());
}

// A probe would use up a server that serves one client.
TEST(ServerStartTest, NoConnectionIsMadeToFindOut) {
  ServerRun run(
      listening("s.setblocking(False)\ntime.sleep(0.1)\n"
                "try: s.accept(); print('probed')\nexcept BlockingIOError: print('unprobed')\n"
                "time.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  ASSERT_TRUE(run.prints("probed\n"));
  EXPECT_EQ(run.output(), "unprobed\n");
}

TEST(ServerStartTest, AServerOnAllAddressesIsReachedOverLoopback) {
  ServerRun run(python("s = socket.create_server(('', port))\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_EQ(run.told->value().host(), "127.0.0.1");
}

TEST(ServerStartTest, AnIPv6ServerIsReachedAtItsAddress) {
  ServerRun run(
      python("s = socket.create_server(('::1', port), family=socket.AF_INET6)\ntime.sleep(1000)"));
  run.command.host = "::1";
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_EQ(run.told->value().host(), "::1");
}

TEST(ServerStartTest, AUdpServerIsReadyOnceItsSocketIsBound) {
  ServerRun run(
      python("s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
             "s.bind(('127.0.0.1', port))\ntime.sleep(1000)"));
  run.command.transport = Transport::Udp;
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_EQ(run.told->value().port(), run.command.port);
}

TEST(ServerStartTest, AServerMayListenInAChildOfItsOwn) {
  ServerRun run(listening("if os.fork() == 0: time.sleep(1000)\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  ServerRun wrapped(
      shell("python3 -c \"import socket,time; s = socket.create_server(('127.0.0.1', $PORT)); "
            "time.sleep(1000)\"; true"));
  ASSERT_TRUE(wrapped.starts()) << wrapped.error();
}

TEST(ServerStartTest, AReadyLineNamesAnotherPort) {
  ServerRun run(
      python("s = socket.create_server(('127.0.0.1', 0))\n"
             "print('READY 127.0.0.1:%d' % s.getsockname()[1])\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_NE(run.told->value().port(), run.command.port);
  EXPECT_EQ(run.output(), "READY " + run.told->value().text() + "\n");
}

TEST(ServerStartTest, AReadyLineAloneMakesNoServerReady) {
  ServerRun run(python("print('READY 127.0.0.1:%d' % port)\ntime.sleep(1000)"));
  run.command.start_limit = 1s;
  EXPECT_FALSE(run.starts());
  EXPECT_THAT(run.error(), StartsWith("start.no-listener "));
}

TEST(ServerStartTest, AServerThatExitsAtOnceIsQuotedWithItsLastWords) {
  ServerRun run(shell("echo starting; echo 'no configuration' >&2; exit 3"));
  EXPECT_FALSE(run.starts());
  EXPECT_THAT(run.error(),
              StartsWith("start.exited code=3 port=" + std::to_string(run.command.port) +
                         " words=start.said said=\n"));
  EXPECT_THAT(run.error(), HasSubstr("no configuration"));
  EXPECT_EQ(run.told->error().kind, ErrorKind::Unreachable);
  EXPECT_FALSE(run.server->port_was_taken());
}

TEST(ServerStartTest, AServerThatExitsWithoutAWordIsSaidToBeSilent) {
  ServerRun run({"true"});
  EXPECT_FALSE(run.starts());
  EXPECT_EQ(run.error(),
            "start.exited code=0 port=" + std::to_string(run.command.port) + " words=start.silent");
}

TEST(ServerStartTest, AServerThatIsKilledWhileStartingIsSaidToBe) {
  ServerRun run(shell("kill -SEGV $$"));
  EXPECT_FALSE(run.starts());
  EXPECT_THAT(run.error(), StartsWith("start.killed signal=11 "));
}

TEST(ServerStartTest, AServerThatNeverListensIsToldAfterTheLimit) {
  ServerRun run(shell("echo thinking; sleep 1000"));
  run.command.start_limit = 1s;
  EXPECT_FALSE(run.starts());
  EXPECT_EQ(run.error(), "start.no-listener port=" + std::to_string(run.command.port) +
                             " seconds=1 word={port} words=start.said said=\nthinking");
}

TEST(ServerStartTest, AUdpServerThatNeverBindsIsToldAsSuch) {
  ServerRun run(listening());
  run.command.transport = Transport::Udp;
  run.command.start_limit = 1s;
  EXPECT_FALSE(run.starts());
  EXPECT_THAT(run.error(), StartsWith("start.no-socket "));
}

TEST(ServerStartTest, AServerOnItsOwnFixedPortIsToldWhichOne) {
  const std::string other = std::to_string(free_port());
  ServerRun run(python("s = socket.create_server(('127.0.0.1', " + other + "))\ntime.sleep(1000)"));
  EXPECT_FALSE(run.starts());
  EXPECT_EQ(run.error(),
            "start.other-port found=" + other + " port=" + std::to_string(run.command.port));
}

TEST(ServerStartTest, AByteSwappedPortIsExplained) {
  ServerRun run(
      python("s = socket.create_server(('127.0.0.1', (port >> 8) | ((port & 255) << "
             "8)))\ntime.sleep(1000)"));
  while (!is_free(byte_swapped(run.command.port))) run.command.port = free_port();
  EXPECT_FALSE(run.starts());
  EXPECT_THAT(run.error(), StartsWith("start.swapped-port "));
}

TEST(ServerStartTest, AServerMayOpenAnotherPortFirst) {
  ServerRun run(
      python("a = socket.create_server(('127.0.0.1', 0))\ntime.sleep(0.4)\n"
             "s = socket.create_server(('127.0.0.1', port))\ntime.sleep(1000)"));
  ASSERT_TRUE(run.starts()) << run.error();
  EXPECT_EQ(run.told->value().port(), run.command.port);
}

TEST(ServerStartTest, APortThatSomebodyElseHasIsRecognized) {
  const io::test::Listener other;
  ServerRun run(listening());
  run.command.port = other.address().port();
  EXPECT_FALSE(run.starts());
  EXPECT_TRUE(run.server->port_was_taken());
}

TEST(ServerStartTest, AMissingProgramIsSaidByName) {
  ServerRun run({"/no/such/server", "{port}"});
  EXPECT_FALSE(run.starts());
  EXPECT_EQ(run.error(), "start.no-program program=/no/such/server");
  EXPECT_EQ(run.server->pid(), 0);
  EXPECT_TRUE(run.stops());
}

TEST(ServerStartTest, AFileThatCannotBeExecutedIsSaidByName) {
  ServerRun run({"/etc/passwd"});
  EXPECT_FALSE(run.starts());
  EXPECT_EQ(run.error(), "start.refused program=/etc/passwd reason=permission denied");
}

TEST(ServerStartTest, ReadyIsToldOnce) {
  ServerRun run(listening());
  ASSERT_TRUE(run.starts()) << run.error();
  io::test::turn(run.loop);
  EXPECT_TRUE(run.stops());
  EXPECT_EQ(run.ready_calls, 1);
}

}  // namespace
}  // namespace sockspec::supervise::test
