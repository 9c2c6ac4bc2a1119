// What each TCP server answers.
#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <random>

#include "reference-servers/blocking_client.h"
#include "reference-servers/running_server.h"

namespace sockspec::reference {
namespace {

std::string every_byte() {
  std::string bytes;
  for (int value = 0; value < 256; ++value) bytes += static_cast<char>(value);
  return bytes;
}

std::string random_bytes(std::size_t count) {
  std::mt19937 random(1);
  std::string bytes(count, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() & 0xFF);
  return bytes;
}

// What a client gets that sends everything at once and half-closes.
Received answer_to(const RunningServer& server, std::string_view request) {
  TcpClient client(server);
  EXPECT_TRUE(client.send(request));
  client.end();
  return client.receive_to_end();
}

TEST(TcpEchoTest, SendsEveryByteBack) {
  const RunningServer server("tcp-echo");
  TcpClient client(server);
  EXPECT_EQ(client.exchange(every_byte()), every_byte());
  const std::string large = random_bytes(131073);
  EXPECT_EQ(client.exchange(large), large);
}

TEST(TcpEchoTest, AnswersEachByteBeforeTheNextIsSent) {
  const RunningServer server("tcp-echo");
  TcpClient client(server);
  for (const char byte : std::string("Hello\r\nworld\n")) {
    ASSERT_EQ(client.exchange({&byte, 1}), std::string(1, byte));
  }
}

TEST(TcpUppercaseTest, ChangesOnlyAsciiLetters) {
  const RunningServer server("tcp-uppercase");
  std::string expected = every_byte();
  for (std::size_t letter = 'a'; letter <= 'z'; ++letter) {
    expected[letter] = static_cast<char>(letter - 32);
  }
  EXPECT_EQ(TcpClient(server).exchange(every_byte()), expected);
  EXPECT_EQ(TcpClient(server).exchange("stra\xC3\x9F"
                                       "e"),
            "STRA\xC3\x9F"
            "E");
}

TEST(TcpEchoLineTest, AnswersALineWhenItIsComplete) {
  const RunningServer server("tcp-echo-line");
  TcpClient client(server);
  EXPECT_TRUE(client.send("hel"));
  EXPECT_TRUE(client.quiet_for(std::chrono::milliseconds(50)));
  EXPECT_TRUE(client.send("lo\r\nsecond\nthi"));
  EXPECT_EQ(client.receive(14), "hello\r\nsecond\n");
  EXPECT_EQ(client.exchange("rd\n").substr(0, 3), "thi");
}

TEST(TcpEchoLineTest, DoesNotAnswerTheIncompleteLineAtTheEnd) {
  const RunningServer server("tcp-echo-line");
  const Received all = answer_to(server, "one\ntwo");
  EXPECT_EQ(all.bytes, "one\n");
  EXPECT_EQ(all.ending, Ending::Fin);
}

TEST(TcpEchoLineTest, EndsTheSessionOfALineWithoutEnd) {
  const RunningServer server("tcp-echo-line");
  TcpClient client(server);
  EXPECT_TRUE(client.send("first\n" + std::string(65537, 'x')));
  const Received all = client.receive_to_end();
  EXPECT_EQ(all.bytes, "first\n");
  EXPECT_EQ(all.ending, Ending::Fin);
}

TEST(TcpUppercaseLineTest, AnswersCompleteLinesInUppercase) {
  const RunningServer server("tcp-uppercase-line");
  const std::string longest = std::string(1023, 'y') + '\n';
  EXPECT_EQ(answer_to(server, "a\r\nb\n" + longest + "c").bytes,
            "A\r\nB\n" + std::string(1023, 'Y') + '\n');
}

TEST(TcpUppercaseOnceTest, AnswersOneRequestAndCloses) {
  const RunningServer server("tcp-uppercase-once");
  TcpClient client(server);
  EXPECT_TRUE(client.send("hello"));
  const Received all = client.receive_to_end();
  EXPECT_EQ(all.bytes, "HELLO");
  EXPECT_EQ(all.ending, Ending::Fin);
}

TEST(TcpUppercaseOnceTest, AnswersUpToTheLimitOfItsRequests) {
  const RunningServer server("tcp-uppercase-once");
  EXPECT_EQ(answer_to(server, std::string(1024, 'x')).bytes, std::string(1024, 'X'));
  EXPECT_EQ(answer_to(server, std::string(1025, 'x')).bytes, std::string(1024, 'X'));
  const RunningServer small("tcp-uppercase-once", {.max_message = 3});
  EXPECT_EQ(answer_to(small, "abcd").bytes, "ABC");
}

TEST(TcpGreetingTest, GreetsAfterTheFirstBytesWhateverTheyAre) {
  const RunningServer server("tcp-greeting");
  EXPECT_EQ(answer_to(server, "\xFF").bytes, "Hello, Client!");
  const RunningServer other("tcp-greeting", {.text = "Hello, TCP Client!"});
  EXPECT_EQ(answer_to(other, "x").bytes, "Hello, TCP Client!");
}

TEST(TcpGreetingTest, IsSilentToAClientThatIsSilent) {
  const RunningServer server("tcp-greeting");
  TcpClient client(server);
  EXPECT_TRUE(client.quiet_for(std::chrono::milliseconds(50)));
  client.end();
  const Received all = client.receive_to_end();
  EXPECT_EQ(all.bytes, "");
  EXPECT_EQ(all.ending, Ending::Fin);
}

TEST(TcpDiscardTest, SwallowsEverythingAndEndsAfterTheClient) {
  const RunningServer server("tcp-discard");
  TcpClient client(server);
  EXPECT_TRUE(client.send(random_bytes(1 << 20)));
  EXPECT_TRUE(client.quiet_for(std::chrono::milliseconds(50)));
  client.end();
  const Received all = client.receive_to_end();
  EXPECT_EQ(all.bytes, "");
  EXPECT_EQ(all.ending, Ending::Fin);
}

TEST(TcpDaytimeTest, SendsTheTimeOfNow) {
  const RunningServer server("tcp-daytime");
  // Not std::time(): it may read a coarser clock than the server's, a tick behind it.
  using std::chrono::system_clock;
  const std::time_t before = system_clock::to_time_t(system_clock::now());
  const Received all = TcpClient(server).receive_to_end();
  std::tm parsed{};
  const char* rest = strptime(all.bytes.c_str(), "%A, %B %d, %Y %H:%M:%S-UTC", &parsed);
  ASSERT_NE(rest, nullptr) << all.bytes;
  EXPECT_STREQ(rest, "\r\n");
  EXPECT_GE(timegm(&parsed), before);
  EXPECT_LE(timegm(&parsed), system_clock::to_time_t(system_clock::now()));
  EXPECT_EQ(all.ending, Ending::Fin);
}

TEST(TcpQotdTest, SendsOneShortQuote) {
  const RunningServer server("tcp-qotd");
  const Received all = TcpClient(server).receive_to_end();
  EXPECT_NE(all.bytes, "");
  EXPECT_LE(all.bytes.size(), 512u);
  EXPECT_EQ(all.ending, Ending::Fin);
  const RunningServer other("tcp-qotd", {.text = std::string(512, 'q')});
  EXPECT_EQ(TcpClient(other).receive_to_end().bytes, std::string(512, 'q'));
}

TEST(TcpChargenTest, RotatesTheLinesOfRfc864) {
  const RunningServer server("tcp-chargen");
  const std::string bytes = TcpClient(server).receive(10000);
  ASSERT_EQ(bytes.size(), 10000u);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t line = i / 74, column = i % 74;
    const char expected = column == 72   ? '\r'
                          : column == 73 ? '\n'
                                         : static_cast<char>(' ' + (line + column) % 95);
    ASSERT_EQ(bytes[i], expected) << "at byte " << i;
  }
}

}  // namespace
}  // namespace sockspec::reference
