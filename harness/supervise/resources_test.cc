// What real processes use, measured from outside. They change when they get SIGUSR1, so that each
// test knows the moment before and the moment after.
#include "supervise/resources.h"

#include <gtest/gtest.h>

#include <csignal>

#include "io/test_world.h"
#include "supervise/run_for_test.h"

namespace sockspec::supervise::test {
namespace {

using io::test::Client;

constexpr std::uint64_t kMiB = 1024 * 1024;
constexpr std::uint64_t kMillisecond = 1'000'000;

// A listening server that does `then` on SIGUSR1, prints "done" and goes on waiting.
std::vector<std::string> changing(const std::string& then) {
  return python("kept = []\ndef change(*_):\n  " + then +
                "\n  print('done')\nsignal.signal(signal.SIGUSR1, change)\n"
                "s = socket.create_server(('127.0.0.1', port))\nwhile True: time.sleep(1000)");
}

class Changing {
 public:
  explicit Changing(const std::string& then) : run_(changing(then)) {}

  bool starts() { return run_.starts(); }
  bool changes() { return kill(run_.server->pid(), SIGUSR1) == 0 && run_.prints("done\n"); }
  std::uint64_t now(Resource resource) { return *run_.server->sample(resource, **run_.told); }
  bool comes_to(Resource resource, std::uint64_t value) {
    return io::test::until(run_.loop, [&] { return now(resource) == value; });
  }
  const io::Address& address() const { return **run_.told; }
  io::Loop& loop() { return run_.loop; }

 private:
  ServerRun run_;
};

TEST(ResourcesTest, OpenDescriptorsAreCounted) {
  Changing server("kept.extend(os.open('/dev/null', 0) for _ in range(50))");
  ASSERT_TRUE(server.starts());
  const std::uint64_t before = server.now(Resource::Descriptors);
  EXPECT_GE(before, 4U);  // standard ones, and the listening socket
  ASSERT_TRUE(server.changes());
  EXPECT_EQ(server.now(Resource::Descriptors), before + 50);
}

TEST(ResourcesTest, TheDescriptorsOfAllProcessesAreAddedUp) {
  Changing server("if os.fork() == 0: time.sleep(1000)");
  ASSERT_TRUE(server.starts());
  const std::uint64_t before = server.now(Resource::Descriptors);
  ASSERT_TRUE(server.changes());
  EXPECT_EQ(server.now(Resource::Descriptors), 2 * before);
}

TEST(ResourcesTest, ConnectionsThatOnlyTheClientHasEndedAreCounted) {
  Changing server("kept.append(s.accept()[0])");
  ASSERT_TRUE(server.starts());
  Client client(Transport::Tcp, server.address());
  client.connect();
  ASSERT_TRUE(server.changes());
  EXPECT_EQ(server.now(Resource::CloseWait), 0U);
  client->close();
  EXPECT_TRUE(server.comes_to(Resource::CloseWait, 1));
}

TEST(ResourcesTest, ProcessorTimeGrowsWithWork) {
  Changing server("end = time.process_time() + 0.2\n  while time.process_time() < end: pass");
  ASSERT_TRUE(server.starts());
  const std::uint64_t before = server.now(Resource::Cpu);
  ASSERT_TRUE(server.changes());
  const std::uint64_t used = server.now(Resource::Cpu) - before;
  EXPECT_GE(used, 180 * kMillisecond);  // the clock of /proc ticks every 10 ms
  EXPECT_LT(used, 5000 * kMillisecond);
}

TEST(ResourcesTest, WhatAllServersHaveUsedDoesNotShrinkWhenOneEnds) {
  const std::uint64_t before = cpu_of_descendants_ns();
  std::uint64_t while_it_lived = 0;
  {
    Changing server("end = time.process_time() + 0.2\n  while time.process_time() < end: pass");
    ASSERT_TRUE(server.starts());
    ASSERT_TRUE(server.changes());
    while_it_lived = cpu_of_descendants_ns();
    EXPECT_GE(while_it_lived - before, 180 * kMillisecond);
  }
  EXPECT_GE(cpu_of_descendants_ns() + 10 * kMillisecond, while_it_lived);
}

TEST(ResourcesTest, ProcessorTimeOfChildrenThatHaveEndedIsNotLost) {
  Changing server(
      "child = os.fork()\n  if child == 0:\n    while time.process_time() < 0.2: pass\n"
      "    os._exit(0)\n  os.waitpid(child, 0)");
  ASSERT_TRUE(server.starts());
  const std::uint64_t before = server.now(Resource::Cpu);
  ASSERT_TRUE(server.changes());
  EXPECT_GE(server.now(Resource::Cpu) - before, 150 * kMillisecond);
}

TEST(ResourcesTest, MemoryGrowsWithWhatIsKept) {
  Changing server("kept.append(b'x' * (32 << 20))");
  ASSERT_TRUE(server.starts());
  const std::uint64_t before = server.now(Resource::Memory);
  EXPECT_GT(before, 0U);
  ASSERT_TRUE(server.changes());
  EXPECT_GE(server.now(Resource::Memory), before + 32 * kMiB);
  EXPECT_LT(server.now(Resource::Memory), before + 48 * kMiB);
}

TEST(ResourcesTest, MemoryThatIsSharedWithAChildIsCountedOnce) {
  Changing server("kept.append(b'x' * (32 << 20))\n  if os.fork() == 0: time.sleep(1000)");
  ASSERT_TRUE(server.starts());
  const std::uint64_t before = server.now(Resource::Memory);
  ASSERT_TRUE(server.changes());
  EXPECT_LT(server.now(Resource::Memory), before + 48 * kMiB);
}

TEST(ResourcesTest, ChildrenThatNobodyWaitedForAreZombies) {
  Changing server("for _ in range(3):\n    if os.fork() == 0: os._exit(0)");
  ASSERT_TRUE(server.starts());
  EXPECT_EQ(server.now(Resource::Zombies), 0U);
  ASSERT_TRUE(server.changes());
  EXPECT_TRUE(server.comes_to(Resource::Zombies, 3));
}

TEST(ResourcesTest, AZombieWhoseParentHasEndedIsNotTheServers) {
  const io::Address address = *io::Address::numeric("127.0.0.1", 1);
  const ProcessInfo server{100, getpid(), 100, 100, 'S'};
  const ProcessInfo left_behind{101, 100, 100, 100, 'Z'};
  const ProcessInfo ours_to_reap{102, getpid(), 100, 100, 'Z'};
  const ProcessInfo of_init{103, 1, 100, 100, 'Z'};
  EXPECT_EQ(measure(Resource::Zombies, {server, ours_to_reap, of_init}, address), 0U);
  EXPECT_EQ(measure(Resource::Zombies, {server, left_behind, ours_to_reap}, address), 1U);
}

TEST(ResourcesTest, ZombiesHaveNoDescriptorsOfTheirOwn) {
  Changing server("if os.fork() == 0: os._exit(0)");
  ASSERT_TRUE(server.starts());
  const std::uint64_t before = server.now(Resource::Descriptors);
  ASSERT_TRUE(server.changes());
  ASSERT_TRUE(server.comes_to(Resource::Zombies, 1));
  EXPECT_EQ(server.now(Resource::Descriptors), before);
}

TEST(ResourcesTest, OfNoProcessNothingIsKnown) {
  const io::Address address = *io::Address::numeric("127.0.0.1", 1);
  EXPECT_EQ(measure(Resource::Descriptors, {}, address), std::nullopt);
  EXPECT_EQ(measure(Resource::Cpu, {}, address), std::nullopt);
  EXPECT_EQ(measure(Resource::Memory, {}, address), std::nullopt);
  EXPECT_EQ(measure(Resource::Zombies, {}, address), 0U);
}

TEST(ResourcesTest, AProcessThatHasJustEndedIsLeftOut) {
  const io::Address address = *io::Address::numeric("127.0.0.1", 1);
  const ProcessInfo self{getpid(), getppid(), getpgrp(), getsid(0), 'R'};
  const ProcessInfo gone{INT32_MAX, 1, 1, 1, 'S'};
  EXPECT_EQ(measure(Resource::Descriptors, {gone}, address), std::nullopt);
  EXPECT_GT(*measure(Resource::Memory, {self, gone}, address), 0U);
}

}  // namespace
}  // namespace sockspec::supervise::test
