#include "reference-servers/datagram_batch.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <string>
#include <vector>

#include "reference-servers/file_descriptor.h"

namespace sockspec::reference {
namespace {

// Unlike UDP on the loopback, a local datagram pair says EAGAIN when nobody reads.
struct Pair {
  Pair() {
    int ends[2] = {-1, -1};
    socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends);
    client = FileDescriptor(ends[0]);
    server = FileDescriptor(ends[1]);
  }
  FileDescriptor client, server;
};

std::vector<std::string> read_all(int socket) {
  std::vector<std::string> all;
  char bytes[64];
  for (ssize_t got = 0; (got = recv(socket, bytes, sizeof bytes, 0)) >= 0;) {
    all.emplace_back(bytes, static_cast<std::size_t>(got));
  }
  return all;
}

TEST(DatagramBatchTest, ReceivesNothingFromAnIdleSocket) {
  const Pair pair;
  DatagramBatch batch;
  EXPECT_EQ(batch.receive(pair.server.get()), 0u);
  EXPECT_EQ(batch.flush(pair.server.get()), DatagramBatch::Flushed::All);
}

TEST(DatagramBatchTest, SendsTheRestLaterWhenTheSocketIsFull) {
  const Pair pair;
  DatagramBatch batch;
  std::vector<std::string> asked, answered;
  while (answered.empty() &&
         asked.size() < 10000) {  // round after round, until the client's queue of answers is full
    const std::string question = std::to_string(asked.size());
    ASSERT_GE(send(pair.client.get(), question.data(), question.size(), 0), 0);
    asked.push_back(question);
    ASSERT_EQ(batch.receive(pair.server.get()), 1u);
    const auto bytes = batch.datagram(0);
    batch.answer(0, {bytes.data(), bytes.size()});
    if (batch.flush(pair.server.get()) == DatagramBatch::Flushed::All) continue;
    answered = read_all(pair.client.get());
    EXPECT_EQ(answered.size(), asked.size() - 1);
  }
  EXPECT_EQ(batch.flush(pair.server.get()), DatagramBatch::Flushed::All);
  for (std::string& late : read_all(pair.client.get())) answered.push_back(std::move(late));
  EXPECT_EQ(answered, asked);
}

TEST(DatagramBatchTest, DropsOnlyTheAnswerThatTheKernelRefuses) {
  const Pair pair;
  DatagramBatch batch;
  for (const char* question : {"a", "b", "c"}) send(pair.client.get(), question, 1, 0);
  ASSERT_EQ(batch.receive(pair.server.get()), 3u);
  const std::string too_long(16 * 1024 * 1024, 'x');  // EMSGSIZE
  batch.answer(0, "A");
  batch.answer(1, too_long);
  batch.answer(2, "C");
  EXPECT_EQ(batch.flush(pair.server.get()), DatagramBatch::Flushed::All);
  EXPECT_EQ(read_all(pair.client.get()), (std::vector<std::string>{"A", "C"}));
}

}  // namespace
}  // namespace sockspec::reference
