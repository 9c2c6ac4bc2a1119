// Starting, stopping and finding servers.
#include "reference-servers/serve.h"

#include <gtest/gtest.h>

#include <csignal>
#include <list>
#include <set>

#include "reference-servers/blocking_client.h"
#include "reference-servers/running_server.h"

namespace sockspec::reference {
namespace {

using std::chrono::milliseconds;

TEST(ServeTest, HasEveryBuiltInProfileOnce) {
  const std::set<std::string_view> expected{
      "tcp-echo",     "tcp-uppercase", "tcp-echo-line", "tcp-uppercase-line", "tcp-uppercase-once",
      "tcp-greeting", "tcp-echo-end",  "tcp-discard",   "tcp-daytime",        "tcp-qotd",
      "tcp-chargen",  "udp-echo",      "udp-uppercase", "udp-greeting",       "udp-discard"};
  std::set<std::string_view> found;
  for (const ReferenceServer& server : reference_servers()) {
    EXPECT_TRUE(found.insert(server.profile).second) << server.profile;
    EXPECT_EQ(find_reference_server(server.profile), &server);
    EXPECT_FALSE(server.summary.empty()) << server.profile;
  }
  EXPECT_EQ(found, expected);
  EXPECT_EQ(find_reference_server("tcp-ech"), nullptr);
}

TEST(ServeTest, EveryServerSaysReadyAndStopsOnBothSignals) {
  for (const ReferenceServer& reference : reference_servers()) {
    for (const int signal : {SIGTERM, SIGINT}) {
      RunningServer server(reference.profile);
      EXPECT_TRUE(server.first_line().starts_with("READY 127.0.0.1:")) << server.first_line();
      EXPECT_GT(server.port(), 0) << reference.profile;
      const auto exit = server.stop(signal);
      EXPECT_EQ(exit.code, 0) << reference.profile << '\n' << exit.output;
      EXPECT_LT(exit.returned, milliseconds(1000)) << reference.profile;
    }
  }
}

TEST(ServeTest, StopsWithinASecondWithIdleAndStalledClients) {
  RunningServer server("tcp-echo");
  std::list<TcpClient> clients;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(clients.emplace_back(server).exchange("hello"), "hello");
  }
  clients.front().send_until_stalled(64 << 20, milliseconds(200));
  const auto exit = server.stop(SIGTERM);
  EXPECT_EQ(exit.code, 0) << exit.output;
  EXPECT_LT(exit.returned, milliseconds(1000));
}

TEST(ServeTest, StopsWithinASecondWhileAClientLingersAfterTheFin) {
  RunningServer server("tcp-daytime");
  TcpClient client(server);
  EXPECT_EQ(client.receive_to_end().ending, Ending::Fin);
  const auto exit = server.stop(SIGTERM);
  EXPECT_EQ(exit.code, 0) << exit.output;
  EXPECT_LT(exit.returned, milliseconds(1000));
}

TEST(ServeTest, StopsWithinASecondWhileItSendsWithoutEnd) {
  RunningServer server("tcp-chargen");
  TcpClient reader(server);
  const TcpClient idler(server);
  EXPECT_EQ(reader.receive(1 << 20).size(), 1u << 20);
  const auto exit = server.stop(SIGTERM);
  EXPECT_EQ(exit.code, 0) << exit.output;
  EXPECT_LT(exit.returned, milliseconds(1000));
}

TEST(ServeTest, StartsAgainOnThePortOfConnectionsInTimeWait) {
  ServeOptions options;
  {
    RunningServer first("tcp-echo");
    options.port = first.port();
    TcpClient client(first);
    EXPECT_EQ(client.exchange("x"), "x");
    EXPECT_EQ(first.stop(SIGTERM).code, 0);  // ends the connection first
    EXPECT_EQ(client.receive_to_end().ending, Ending::Fin);
  }
  const RunningServer second("tcp-echo", options);
  EXPECT_EQ(second.first_line(), "READY 127.0.0.1:" + std::to_string(options.port));
}

TEST(ServeTest, SaysThatThePortIsTaken) {
  for (const std::string_view profile : {"tcp-echo", "udp-echo"}) {
    const RunningServer first(profile);
    ServeOptions options;
    options.port = first.port();
    RunningServer second(profile, options);
    EXPECT_EQ(second.first_line(),
              "sockspec serve: cannot listen on 127.0.0.1:" + std::to_string(first.port()) +
                  ": address already in use; another server has this port, use --port 0 for a "
                  "free one");
    EXPECT_EQ(second.stop(0).code, 1);
  }
}

TEST(ServeTest, ServersThatShareAPortAreBothReached) {
  ServeOptions options{.reuse_port = true};
  RunningServer first("tcp-echo", options);
  options.port = first.port();
  RunningServer second("tcp-echo", options);
  EXPECT_EQ(second.first_line(), "READY 127.0.0.1:" + std::to_string(options.port));
  // The kernel chooses by the client's address and port: of 64 clients none has all, but for one in
  // 2^63 runs.
  const std::size_t of_first = first.open_descriptors();
  const std::size_t of_second = second.open_descriptors();
  std::list<TcpClient> clients;
  for (int i = 0; i < 64; ++i) EXPECT_EQ(clients.emplace_back(first).exchange("hello"), "hello");
  EXPECT_GT(first.open_descriptors(), of_first);
  EXPECT_GT(second.open_descriptors(), of_second);
}

TEST(ServeTest, SaysThatTheHostIsNotOfThisMachine) {
  RunningServer server("tcp-echo", {.host = "203.0.113.1"});  // for documentation, RFC 5737
  EXPECT_EQ(server.first_line(),
            "sockspec serve: cannot listen on 203.0.113.1:0: address not available; this machine "
            "has no such address, use 127.0.0.1 or 0.0.0.0");
  EXPECT_EQ(server.stop(0).code, 1);
}

TEST(ServeTest, SaysThatAQuoteIsTooLong) {
  RunningServer server("tcp-qotd", {.text = std::string(513, 'q')});
  EXPECT_EQ(server.first_line(),
            "sockspec serve: the quote has 513 bytes; tcp-qotd allows at most 512");
  EXPECT_EQ(server.stop(0).code, 1);
}

TEST(ServeTest, ServesOnIpv6AndNamesItInBrackets) {
  const RunningServer server("tcp-echo", {.host = "::1"});
  EXPECT_TRUE(server.first_line().starts_with("READY [::1]:")) << server.first_line();
  EXPECT_EQ(TcpClient(server).exchange("six"), "six");
}

TEST(ServeTest, ServesBothFamiliesOnTheIpv6Wildcard) {
  const RunningServer server("tcp-echo", {.host = "::"});
  EXPECT_EQ(TcpClient(server, {.host = "::1"}).exchange("six"), "six");
  EXPECT_EQ(TcpClient(server, {.host = "127.0.0.1"}).exchange("four"), "four");
}

TEST(ServeTest, ResolvesNames) {
  const RunningServer server("tcp-echo", {.host = "localhost"});
  EXPECT_EQ(TcpClient(server).exchange("named"), "named");
}

}  // namespace
}  // namespace sockspec::reference
