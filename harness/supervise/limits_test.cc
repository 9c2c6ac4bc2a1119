#include "supervise/limits.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace sockspec::supervise {
namespace {

namespace fs = std::filesystem;

io::Address at(const std::string& host) { return *io::Address::numeric(host, 0); }

// A /proc/sys of the test's own, empty at first, which goes with it.
class LimitsTest : public testing::Test {
 protected:
  LimitsTest() {
    std::string pattern = (fs::temp_directory_path() / "sockspec-limits-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    fs::create_directories(folder_ / "net/core");
    fs::create_directories(folder_ / "net/ipv4");
  }
  ~LimitsTest() override { fs::remove_all(folder_); }

  void set(const std::string& name, const std::string& value) const {
    std::ofstream(folder_ / "net" / name) << value << "\n";
  }
  load::MachineLimits towards(const std::string& host) const {
    return limits_towards(at(host), folder_.string());
  }

  fs::path folder_;
};

TEST_F(LimitsTest, EachIsReadFromItsFile) {
  set("ipv4/ip_local_port_range", "1024\t65535");
  set("ipv4/tcp_max_tw_buckets", "8192");
  set("core/somaxconn", "128");
  set("core/rmem_max", "4194304");
  set("core/wmem_max", "212992");
  const load::MachineLimits limits = towards("127.0.0.1");
  EXPECT_EQ(limits.ports, 64'512U);
  EXPECT_EQ(limits.most_time_waits, 8192U);
  EXPECT_EQ(limits.backlog, 128U);
  EXPECT_EQ(limits.receive_buffer, 4'194'304U);
  EXPECT_EQ(limits.send_buffer, 212'992U);
}

TEST_F(LimitsTest, AMissingFileIsALimitNotKnownOrTheOneThatLinuxHas) {
  const load::MachineLimits limits = towards("127.0.0.1");
  EXPECT_EQ(limits.ports, 28'232U);
  EXPECT_TRUE(limits.time_wait_reused);
  EXPECT_FALSE(limits.most_time_waits);
  EXPECT_FALSE(limits.backlog);
  EXPECT_FALSE(limits.receive_buffer);
  EXPECT_FALSE(limits.send_buffer);
}

TEST_F(LimitsTest, AFileThatSaysSomethingElseIsAsGoodAsMissing) {
  for (const char* const text : {"", "many", "-1", "12x", "99999999999999999999999"}) {
    set("core/somaxconn", text);
    set("core/rmem_max", text);
    EXPECT_FALSE(towards("127.0.0.1").backlog) << text;
    EXPECT_FALSE(towards("127.0.0.1").receive_buffer) << text;
  }
  for (const char* const text : {"", "32768", "60999 32768", "1 70000", "a b"}) {
    set("ipv4/ip_local_port_range", text);
    EXPECT_EQ(towards("127.0.0.1").ports, 28'232U) << text;
  }
}

TEST_F(LimitsTest, TimeWaitIsReusedAsTheSettingSays) {
  struct Case {
    const char* reuse;
    bool loopback, afar;
  };
  for (const Case& c : {Case{"0", false, false}, {"1", true, true}, {"2", true, false}}) {
    set("ipv4/tcp_tw_reuse", c.reuse);
    EXPECT_EQ(towards("127.0.0.1").time_wait_reused, c.loopback) << c.reuse;
    EXPECT_EQ(towards("::1").time_wait_reused, c.loopback) << c.reuse;
    EXPECT_EQ(towards("192.0.2.1").time_wait_reused, c.afar) << c.reuse;
  }
}

TEST_F(LimitsTest, WithoutTimestampsNoTimeWaitIsReused) {
  set("ipv4/tcp_tw_reuse", "1");
  set("ipv4/tcp_timestamps", "0");
  EXPECT_FALSE(towards("127.0.0.1").time_wait_reused);
}

TEST_F(LimitsTest, OnlyTheLoopbackOfIpv4IsReachedFromManyAddresses) {
  EXPECT_EQ(towards("127.0.0.1").source_addresses, 254U);
  EXPECT_EQ(towards("::1").source_addresses, 1U);
  EXPECT_EQ(towards("192.0.2.1").source_addresses, 1U);
}

TEST(RealLimitsTest, ThisMachineHasLimits) {
  const load::MachineLimits limits = limits_towards(at("127.0.0.1"));
  EXPECT_GT(limits.descriptors, 0U);
  EXPECT_GE(limits.most_descriptors, limits.descriptors);
  EXPECT_GT(limits.ports, 0U);
  EXPECT_GE(limits.cores, 1U);
}

TEST(RealLimitsTest, OnlyTheProcessorsThatThisProcessMayUseCount) {
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  int first = 0;
  while (!CPU_ISSET(first, &before)) ++first;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(first, &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  EXPECT_EQ(limits_towards(at("127.0.0.1")).cores, 1U);
  sched_setaffinity(0, sizeof before, &before);
}

// Lowers what this process may open, and gives it back.
class RaiseDescriptorsTest : public testing::Test {
 protected:
  RaiseDescriptorsTest() {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit lower = before_;
    lower.rlim_cur = kLow;
    setrlimit(RLIMIT_NOFILE, &lower);
  }
  ~RaiseDescriptorsTest() override { setrlimit(RLIMIT_NOFILE, &before_); }

  static rlim_t now() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
  }

  static constexpr rlim_t kLow = 200;
  rlimit before_{};
};

TEST_F(RaiseDescriptorsTest, TheLimitRisesToWhatIsNeeded) {
  EXPECT_TRUE(raise_descriptors(kLow + 1).ok());
  EXPECT_EQ(now(), kLow + 1);
}

TEST_F(RaiseDescriptorsTest, ItNeverFalls) {
  EXPECT_TRUE(raise_descriptors(10).ok());
  EXPECT_EQ(now(), kLow);
}

TEST_F(RaiseDescriptorsTest, WhatTheSystemRefusesIsSaidWithTheFix) {
  if (before_.rlim_max == RLIM_INFINITY) GTEST_SKIP() << "there is no limit";
  const std::string needed = std::to_string(before_.rlim_max + 1);
  const Result<Nothing> raised = raise_descriptors(before_.rlim_max + 1);
  ASSERT_FALSE(raised.ok());
  EXPECT_EQ(raised.error().kind, ErrorKind::Harness);
  EXPECT_EQ(raised.error().text, "this process may not open " + needed +
                                     " files (Operation not permitted); raise the limit: ulimit "
                                     "-n " +
                                     needed);
  EXPECT_EQ(now(), kLow);
}

}  // namespace
}  // namespace sockspec::supervise
