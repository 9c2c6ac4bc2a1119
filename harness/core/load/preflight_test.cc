#include "core/load/preflight.h"

#include <gtest/gtest.h>

#include "core/load/preflight_test_language.h"

namespace sockspec::load::test {
namespace {

TEST(PreflightTest, NothingIsSaidOfTheUsualTcpRun) {
  EXPECT_EQ(on_loopback(tcp()), "");
  EXPECT_EQ(to_afar(tcp()), "");
}

TEST(PreflightTest, NothingIsSaidOfTheUsualUdpRun) {
  EXPECT_EQ(on_loopback(udp()), "");
  EXPECT_EQ(to_afar(udp()), "");
}

TEST(PreflightTest, NothingIsSaidOfTheUsualOpenLoopOfTcp) {
  EXPECT_EQ(on_loopback(at_rate(10'000, tcp())), "");
  EXPECT_EQ(to_afar(at_rate(10'000, tcp())), "");
}

TEST(PreflightTest, NothingIsSaidOfTheUsualOpenLoopOfUdp) {
  EXPECT_EQ(on_loopback(at_rate(10'000, udp())), "");
  EXPECT_EQ(to_afar(at_rate(10'000, udp())), "");
}

TEST(PreflightTest, NothingIsSaidOfUsualChurn) {
  for (const Shape shape : {Shape::Churn, Shape::ChurnReset}) {
    LoadPlan plan;
    plan.shape = shape;
    EXPECT_EQ(on_loopback(plan), "");
    EXPECT_EQ(on_loopback(at_rate(10'000, plan)), "");
    EXPECT_EQ(to_afar(plan), "");
    EXPECT_EQ(to_afar(at_rate(1000, plan)), "");
  }
}

TEST(PreflightTest, WhatIsNotKnownIsNotJudged) {
  MachineLimits limits = debian();
  limits.backlog.reset();
  limits.receive_buffer.reset();
  LoadPlan plan = with_connections(10'000);
  plan.shape = Shape::Churn;
  EXPECT_EQ(ids(preflight(plan, limits, kLoopback)), "");
  EXPECT_EQ(ids(preflight(with_connections(1, at_rate(1e6, udp())), limits, kLoopback)), "");
}

TEST(PreflightTest, AllThatIsWrongIsSaidAtOnce) {
  LoadPlan plan = churn_at_rate(30'000);
  plan.connections = 5000;
  plan.threads = 3;
  MachineLimits limits = debian();
  limits.most_time_waits.reset();
  EXPECT_EQ(ids(preflight(plan, limits, kLoopback)),
            "load.time-wait load.backlog load.many-threads");
}

TEST(PreflightTest, OfARunThatIsRefusedNothingElseIsSaid) {
  LoadPlan plan = with_connections(28'233);
  plan.threads = 3;
  const Preflight found = preflight(plan, debian_to_afar(), kRemote);
  EXPECT_TRUE(found.refused);
  EXPECT_EQ(ids(found), "");
}

TEST(PreflightDescriptorsTest, TooFewAreRefusedWithTheFix) {
  MachineLimits limits = debian();
  limits.most_descriptors = 4096;
  const Preflight found = preflight(with_connections(5000), limits, kLoopback);
  EXPECT_EQ(refusal(found),
            "5000 connections need 5064 open files, and the limit is 4096; raise it: ulimit -n "
            "5064");
  EXPECT_EQ(found.refused->kind, ErrorKind::Harness);
}

TEST(PreflightDescriptorsTest, TheLastOneMayBeUsed) {
  MachineLimits limits = debian();
  limits.most_descriptors = 5064;
  EXPECT_EQ(refusal(preflight(with_connections(5000), limits, kLoopback)), "not refused");
  limits.most_descriptors = 5063;
  EXPECT_NE(refusal(preflight(with_connections(5000), limits, kLoopback)), "not refused");
}

TEST(PreflightDescriptorsTest, ALimitThatWeMayRaiseIsNoReasonToRefuse) {
  const Preflight found = preflight(with_connections(5000), debian(), kLoopback);
  EXPECT_EQ(complaint(found), "");
  EXPECT_EQ(found.descriptors_needed, 5064U);
}

// Seen in /proc: 19 and 5 for each further thread, besides the connections.
TEST(PreflightDescriptorsTest, EachThreadNeedsSomeOfItsOwn) {
  LoadPlan plan = with_connections(1000);
  plan.threads = 256;
  EXPECT_GE(preflight(plan, debian(), kLoopback).descriptors_needed, 1000U + 19 + 255 * 5);
  plan.connections = 1;  // so many threads are used
  EXPECT_EQ(preflight(plan, debian(), kLoopback).descriptors_needed, 65U);
}

TEST(PreflightPortsTest, FewerPortsThanConnectionsIsSaidBeforeTheRun) {
  EXPECT_EQ(to_afar(with_connections(28'232)), "");
  const Preflight found = preflight(with_connections(28'233), debian_to_afar(), kRemote);
  EXPECT_EQ(refusal(found),
            "28233 connections to one server need as many local ports, and there are 28232 "
            "(net.ipv4.ip_local_port_range); widen the range: sysctl -w "
            "net.ipv4.ip_local_port_range=\"1024 65535\", or use at most --connections 28232, or "
            "several machines (--shard)");
  EXPECT_EQ(found.refused->kind, ErrorKind::Harness);
}

TEST(PreflightPortsTest, AFixThatWouldNotDoIsNotNamed) {
  EXPECT_NE(to_afar(with_connections(64'512)).find("widen the range"), std::string::npos);
  EXPECT_EQ(to_afar(with_connections(64'513)),
            "64513 connections to one server need as many local ports, and there are 28232 "
            "(net.ipv4.ip_local_port_range); use at most --connections 28232, or several machines "
            "(--shard)");
}

TEST(PreflightPortsTest, TheLoopbackOfIpv6HasOneAddressAndThatOfIpv4Many) {
  MachineLimits limits = debian();
  limits.source_addresses = 1;
  const std::string text = refusal(preflight(with_connections(30'000), limits, kLoopback));
  EXPECT_NE(text.find("; load 127.0.0.1, which is reached from more than one address, or widen "),
            std::string::npos)
      << text;
}

TEST(PreflightPortsTest, UdpSocketsNeedPortsToo) {
  EXPECT_NE(to_afar(with_connections(28'233, udp())), "");
}

TEST(PreflightPortsTest, SourceAddressesAreRotatedWhenHalfThePortsAreTaken) {
  const auto addresses = [](std::size_t connections) {
    return preflight(with_connections(connections), debian(), kLoopback).source_addresses;
  };
  EXPECT_EQ(addresses(1), 1U);
  EXPECT_EQ(addresses(14'116), 1U);
  EXPECT_EQ(addresses(14'117), 2U);
  EXPECT_EQ(addresses(28'233), 3U);
  EXPECT_EQ(addresses(1'000'000), 71U);
}

TEST(PreflightPortsTest, WhereTheAddressesAreFewAllTheirPortsAreUsed) {
  MachineLimits limits = debian();
  limits.ports = 100;
  limits.source_addresses = 3;
  const Preflight found = preflight(with_connections(300), limits, kLoopback);
  EXPECT_EQ(complaint(found), "");
  EXPECT_EQ(found.source_addresses, 3U);
  EXPECT_EQ(refusal(preflight(with_connections(301), limits, kLoopback)),
            "301 connections to one server need as many local ports, and there are 300 "
            "(net.ipv4.ip_local_port_range); widen the range: sysctl -w "
            "net.ipv4.ip_local_port_range=\"1024 65535\", or use at most --connections 300, or "
            "several machines (--shard)");
}

TEST(PreflightPortsTest, FromAfarNothingIsRotated) {
  EXPECT_EQ(preflight(with_connections(28'232), debian_to_afar(), kRemote).source_addresses, 1U);
}

}  // namespace
}  // namespace sockspec::load::test
