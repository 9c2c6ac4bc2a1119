// Ends and aborts: what libuv servers are known to get wrong (F11).
#include <gtest/gtest.h>

#include "reference-servers/blocking_client.h"
#include "reference-servers/running_server.h"

namespace sockspec::reference {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMiB = 1024 * 1024;
constexpr std::size_t kSpare = 1;  // libuv opens one descriptor of its own with the first stream

bool alive(const RunningServer& server) {
  return TcpClient(server).exchange("alive\n") == "alive\n";
}

// "cat file | nc | md5" differed (joyent/libuv#1500).
TEST(TcpCloseTest, LosesNoTailAtAHalfCloseWith8MiBInFlight) {
  const RunningServer server("tcp-echo");
  TcpClient client(server, {.receive_buffer_bytes = 16 * 1024});
  const std::size_t sent = client.send_until_stalled(8 * kMiB, milliseconds(300));
  client.end();
  EXPECT_GT(sent, kMiB);
  const Received all = client.receive_to_end();
  EXPECT_EQ(all.bytes.size(), sent);
  EXPECT_EQ(all.ending, Ending::Fin) << to_string(all.ending);
}

TEST(TcpCloseTest, AnswersAHalfCloseWithoutDataByAFin) {
  for (const std::string_view profile : {"tcp-echo", "tcp-discard", "tcp-echo-line",
                                         "tcp-uppercase-once", "tcp-greeting", "tcp-echo-end"}) {
    const RunningServer server(profile);
    TcpClient client(server);
    client.end();
    EXPECT_EQ(client.receive_to_end().ending, Ending::Fin) << profile;
  }
}

TEST(TcpCloseTest, SurvivesResetsOfIdleClients) {
  const RunningServer server("tcp-echo");
  for (int i = 0; i < 100; ++i) {
    TcpClient client(server);
    if (i % 2 == 0) client.exchange("x");
    client.reset();
  }
  EXPECT_TRUE(alive(server));
}

// SIGPIPE ended libuv's own echo server (joyent/libuv#1244). It comes only to a server that still
// writes when an RST follows the client's FIN, so of all servers chargen is sure to meet it.
TEST(TcpCloseTest, SurvivesAnRstAfterTheFinWhileItStillWrites) {
  const RunningServer server("tcp-chargen");
  for (int i = 0; i < 30; ++i) {
    TcpClient client(server);
    EXPECT_EQ(client.receive(1), " ");
    client.end();
    client.close();  // with unread bytes: RST
  }
  EXPECT_EQ(TcpClient(server).receive(1), " ");
}

TEST(TcpCloseTest, SurvivesAbortsInTheMiddleOfAnEcho) {
  const RunningServer server("tcp-echo");
  const std::string much(400 * 1000, 'x');
  for (int i = 0; i < 30; ++i) {
    TcpClient resets(server), ends(server), leaves(server);
    resets.send_until_stalled(64 * 1024, milliseconds(100));
    resets.reset();
    ends.send(much);
    ends.end();
    ends.close();  // with its echo unread: RST after FIN (libuv#3449)
    leaves.send(much);
    leaves.close();
  }
  EXPECT_TRUE(alive(server));
}

TEST(TcpCloseTest, SurvivesAnAbortWhileBlockedAndFreesItsDescriptor) {
  const RunningServer server("tcp-echo");
  const std::size_t idle = server.open_descriptors() + kSpare;
  for (int i = 0; i < 3; ++i) {
    TcpClient client(server, {.receive_buffer_bytes = 16 * 1024});
    client.send_until_stalled(16 * kMiB, milliseconds(200));
    if (i == 1) client.end();
    client.close();
    EXPECT_TRUE(alive(server));
  }
  EXPECT_TRUE(eventually([&] { return server.open_descriptors() <= idle; }));
}

// A close with unread input is an RST, and the RST may overtake the reply.
TEST(TcpCloseTest, EndsOneReplySessionsByFinThoughMuchInputIsUnread) {
  for (const std::string_view profile :
       {"tcp-uppercase-once", "tcp-greeting", "tcp-daytime", "tcp-qotd"}) {
    const RunningServer server(profile);
    TcpClient client(server);
    EXPECT_TRUE(client.send(std::string(4 * kMiB, 'x'))) << profile;
    client.end();
    const Received all = client.receive_to_end();
    EXPECT_NE(all.bytes, "") << profile;
    EXPECT_EQ(all.ending, Ending::Fin) << profile << ": " << to_string(all.ending);
  }
}

TEST(TcpCloseTest, ClosesAfterItsFinWhenTheClientStaysSilent) {
  const RunningServer server("tcp-daytime");
  const std::size_t idle = server.open_descriptors() + kSpare;
  TcpClient client(server);
  EXPECT_EQ(client.receive_to_end().ending, Ending::Fin);
  EXPECT_EQ(server.open_descriptors(), idle + 1);
  EXPECT_TRUE(eventually([&] { return server.open_descriptors() <= idle; }));
}

TEST(TcpCloseTest, EndsChargenByFinSoonAfterTheClients) {
  const RunningServer server("tcp-chargen");
  TcpClient client(server);
  EXPECT_EQ(client.receive(100000).size(), 100000u);
  client.end();
  const Received all = client.receive_to_end();
  EXPECT_EQ(all.ending, Ending::Fin) << to_string(all.ending);
}

TEST(TcpCloseTest, LeaksNoDescriptorOver200Connections) {
  const RunningServer server("tcp-echo");
  const std::size_t idle = server.open_descriptors() + kSpare;
  for (int i = 0; i < 200; ++i) {
    TcpClient client(server);
    EXPECT_EQ(client.exchange("x"), "x");
    client.end();
    EXPECT_EQ(client.receive_to_end().ending, Ending::Fin);
  }
  EXPECT_TRUE(eventually([&] { return server.open_descriptors() <= idle; }));
}

}  // namespace
}  // namespace sockspec::reference
