#include "io/breakage.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace sockspec::io {
namespace {

TEST(BreakageTest, TheServersFaultsAreNotThisMachines) {
  for (const int error : {ECONNREFUSED, ECONNRESET, EPIPE, ECONNABORTED, ETIMEDOUT, EHOSTUNREACH}) {
    EXPECT_FALSE(is_harness_fault(breakage_of(error))) << error;
  }
}

TEST(BreakageTest, ThisMachinesFaultsAreNotTheServers) {
  for (const int error : {EMFILE, ENFILE, EADDRNOTAVAIL, ENOBUFS, ENOMEM, EMSGSIZE}) {
    EXPECT_TRUE(is_harness_fault(breakage_of(error))) << error;
  }
}

TEST(BreakageTest, ABrokenPipeIsAReset) {
  EXPECT_EQ(breakage_of(EPIPE), Breakage::Reset);
  EXPECT_EQ(breakage_of(ECONNRESET), Breakage::Reset);
}

TEST(BreakageTest, WhatNobodyThoughtOfIsNobodysFault) {
  EXPECT_EQ(breakage_of(ELOOP), Breakage::Other);
}

TEST(BreakageTest, TheSystemsWordsAreKept) {
  const event::Broke told = broke(Call::Connect, ECONNREFUSED);
  EXPECT_EQ(told.text, "Connection refused");
  EXPECT_EQ(told.call, Call::Connect);
}

}  // namespace
}  // namespace sockspec::io
