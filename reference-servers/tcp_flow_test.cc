// Memory, CPU and descriptors, whatever the clients do.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <list>

#include "reference-servers/blocking_client.h"
#include "reference-servers/running_server.h"

namespace sockspec::reference {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMiB = 1024 * 1024;
#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kQuarantine = 256 * kMiB;  // freed memory that AddressSanitizer holds back
#else
constexpr std::size_t kQuarantine = 0;
#endif
constexpr std::size_t kBoundedGrowth = 16 * kMiB + kQuarantine;

TEST(TcpFlowTest, BoundsItsMemoryWhile64MiBAreOfferedAndNotRead) {
  const RunningServer server("tcp-echo");
  TcpClient other(server), greedy(server, {.receive_buffer_bytes = 16 * 1024});
  EXPECT_EQ(other.exchange("warm"), "warm");
  const std::size_t before = server.resident_bytes();
  const std::size_t sent = greedy.send_until_stalled(64 * kMiB, milliseconds(500));
  EXPECT_LT(sent, 64 * kMiB);
  EXPECT_LT(server.resident_bytes(), before + kBoundedGrowth);
  EXPECT_EQ(other.exchange("served"), "served");
}

TEST(TcpFlowTest, BoundsItsMemoryForManySmallUnreadMessages) {
  const RunningServer server("tcp-echo");
  TcpClient client(server, {.receive_buffer_bytes = 4 * 1024});
  EXPECT_EQ(client.exchange("warm"), "warm");
  const std::size_t before = server.resident_bytes();
  client.send_until_stalled(64 * kMiB, milliseconds(300));
  for (int i = 0; i < 1000; ++i) client.send_until_stalled(1, milliseconds(0));
  EXPECT_LT(server.resident_bytes(), before + kBoundedGrowth);
}

TEST(TcpFlowTest, LosesNothingWhenASlowReaderReadsAtLast) {
  const RunningServer server("tcp-echo");
  TcpClient client(server, {.receive_buffer_bytes = 16 * 1024});
  std::size_t sent = 0;
  std::size_t read = 0;
  for (int round = 0; round < 3; ++round) {  // stall, resume, stall again
    sent += client.send_until_stalled(16 * kMiB, milliseconds(200));
    read += client.receive(sent - read - 1000).size();
  }
  client.end();
  const Received rest = client.receive_to_end();
  EXPECT_EQ(read + rest.bytes.size(), sent);
  EXPECT_EQ(rest.ending, Ending::Fin);
}

TEST(TcpFlowTest, ChargenWaitsWithoutMemoryOrCpuForAClientThatDoesNotRead) {
  const RunningServer server("tcp-chargen");
  TcpClient other(server);
  EXPECT_EQ(other.receive(74).size(), 74u);
  const std::size_t before = server.resident_bytes();
  std::list<TcpClient> idle;
  for (int i = 0; i < 20; ++i) EXPECT_NE(idle.emplace_back(server).receive(1), "");
  EXPECT_EQ(other.receive(4 * kMiB).size(), 4 * kMiB);
  EXPECT_LT(server.resident_bytes(), before + kBoundedGrowth);
  idle.front().send_until_stalled(8 * kMiB, milliseconds(200));  // is swallowed all the same
}

TEST(TcpFlowTest, ChargenServesOthersWhileOneReadsAsFastAsItCan) {
  const RunningServer server("tcp-chargen");
  std::list<TcpClient> readers;
  for (int i = 0; i < 4; ++i) readers.emplace_back(server);
  for (TcpClient& reader : readers) EXPECT_EQ(reader.receive(8 * kMiB).size(), 8 * kMiB);
}

TEST(TcpFlowTest, IdleClientsCostNoCpu) {
  const RunningServer server("tcp-echo");
  std::list<TcpClient> clients;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(clients.emplace_back(server).exchange("x"), "x");
  TcpClient ended(server);
  ended.end();
  EXPECT_EQ(ended.receive_to_end().ending, Ending::Fin);
  const auto before = server.cpu_time();
  EXPECT_TRUE(clients.front().quiet_for(milliseconds(500)));
  EXPECT_LE(server.cpu_time() - before, milliseconds(50));
}

void limit_descriptors(rlim_t soft, rlim_t hard) {
  const rlimit limit{soft, hard};
  setrlimit(RLIMIT_NOFILE, &limit);
}

TEST(TcpFlowTest, WithoutDescriptorsItNeitherSpinsNorDiesAndServesTheWaitingLater) {
  const RunningServer server("tcp-echo", {}, [] { limit_descriptors(24, 24); });
  std::list<TcpClient> clients;
  for (int i = 0; i < 40; ++i) {
    EXPECT_TRUE(clients.emplace_back(server).send("hello"));  // the backlog takes them all
  }
  EXPECT_EQ(clients.front().receive(5), "hello");
  const auto before = server.cpu_time();
  EXPECT_TRUE(clients.back().quiet_for(milliseconds(500)));
  EXPECT_LE(server.cpu_time() - before, milliseconds(100));
  for (TcpClient& client : clients) {  // each that leaves makes room for one that waits
    EXPECT_EQ(&client == &clients.front() ? "hello" : client.receive(5), "hello");
    client.close();
  }
}

TEST(TcpFlowTest, Serves2000ClientsAtOnceThoughStartedWithALowSoftLimit) {
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const rlim_t hard = before.rlim_max;
  if (hard < 2200) GTEST_SKIP() << "the hard limit of open files is too low";
  const RunningServer server("tcp-echo", {}, [&] { limit_descriptors(256, hard); });
  limit_descriptors(hard, hard);  // this side needs as many
  std::list<TcpClient> clients;
  for (int i = 0; i < 2000; ++i) ASSERT_EQ(clients.emplace_back(server).exchange("x"), "x") << i;
  for (TcpClient& client : clients) EXPECT_EQ(client.exchange("again"), "again");
  clients.clear();
  limit_descriptors(before.rlim_cur, hard);
}

}  // namespace
}  // namespace sockspec::reference
