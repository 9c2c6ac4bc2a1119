// tcp-echo-end: who ends the session, and when.
#include <gtest/gtest.h>

#include "reference-servers/blocking_client.h"
#include "reference-servers/running_server.h"

namespace sockspec::reference {
namespace {

TEST(TcpEchoEndTest, EchoesTheEndMessageAndThenEnds) {
  const RunningServer server("tcp-echo-end");
  TcpClient client(server);
  EXPECT_EQ(client.exchange("one"), "one");
  EXPECT_EQ(client.exchange("two"), "two");
  EXPECT_TRUE(client.send("/end"));
  const Received all = client.receive_to_end();
  EXPECT_EQ(all.bytes, "/end");
  EXPECT_EQ(all.ending, Ending::Fin);
}

TEST(TcpEchoEndTest, GoesOnAfterWhatIsNotExactlyTheEndMessage) {
  const RunningServer server("tcp-echo-end");
  TcpClient client(server);
  for (const std::string_view other : {"/ending", "say /end", "/END", "/end\n", "/en"}) {
    EXPECT_EQ(client.exchange(other), other);
  }
  EXPECT_EQ(client.exchange("on"), "on");
}

TEST(TcpEchoEndTest, GoesOnAfterAnEndMessageInTwoReads) {
  const RunningServer server("tcp-echo-end");
  TcpClient client(server);
  EXPECT_EQ(client.exchange("/e"), "/e");
  EXPECT_EQ(client.exchange("nd"), "nd");
  EXPECT_EQ(client.exchange("on"), "on");
}

TEST(TcpEchoEndTest, EndsNobodyElse) {
  const RunningServer server("tcp-echo-end");
  TcpClient ends(server), stays(server);
  EXPECT_EQ(stays.exchange("before"), "before");
  EXPECT_TRUE(ends.send("/end"));
  EXPECT_EQ(ends.receive_to_end().ending, Ending::Fin);
  EXPECT_EQ(stays.exchange("after"), "after");
}

TEST(TcpEchoEndTest, TakesAnEndMessageOfTheUsersOwn) {
  const RunningServer server("tcp-echo-end", {.end_message = "bye"});
  TcpClient client(server);
  EXPECT_EQ(client.exchange("/end"), "/end");
  EXPECT_TRUE(client.send("bye"));
  EXPECT_EQ(client.receive_to_end().bytes, "bye");
}

}  // namespace
}  // namespace sockspec::reference
