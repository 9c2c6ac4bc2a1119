#include "mpi/ranks.h"

#include <gtest/gtest.h>

#include "mpi/network_for_test.h"

namespace sockspec::mpi {
namespace {

using namespace std::chrono_literals;
using Words = Result<std::vector<std::string>>;

// What rank 0 and rank 1 hear when each of the ranks that are there says its word.
std::pair<Words, Words> agree(int size, const std::map<int, Result<std::string>>& words,
                              Duration limit) {
  std::pair<Words, Words> heard{std::vector<std::string>{}, std::vector<std::string>{}};
  std::map<int, std::function<void()>> ranks;
  for (const auto& [rank, word] : words) {
    ranks[rank] = [&heard, rank = rank, word = word, size, limit] {
      Words all = Ranks(test::network(), rank, size).agree("waiting for its word", word, limit);
      if (rank == 0) heard.first = std::move(all);
      if (rank == 1) heard.second = std::move(all);
    };
  }
  test::run_ranks(ranks);
  return heard;
}

const std::string kWord = "a word";

TEST(Ranks, RankZeroHearsAllInTheirOrder) {
  const auto [first, second] = agree(3, {{0, {"a"}}, {1, {"b"}}, {2, {"c"}}}, 30s);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(*first, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(second.ok());
}

TEST(Ranks, TheOneThatFailedIsNamedAndAllStop) {
  const auto [first, second] =
      agree(3, {{0, kWord}, {1, kWord}, {2, usage_error("it rains")}}, 30s);
  ASSERT_FALSE(first.ok());
  EXPECT_EQ(first.error().text, "rank 2: it rains");
  EXPECT_EQ(first.error().kind, ErrorKind::Usage);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().text, "") << "rank 0 tells it";
}

TEST(Ranks, WhatAllSayIsSaidOnceAndWithoutNames) {
  const Error rain = usage_error("it rains");
  const auto [first, second] = agree(2, {{0, rain}, {1, rain}}, 30s);
  ASSERT_FALSE(first.ok());
  EXPECT_EQ(first.error().text, "it rains");
}

TEST(Ranks, TheOneThatIsMissingIsNamed) {
  const auto [first, second] = agree(3, {{0, kWord}, {1, kWord}}, 20ms);
  ASSERT_FALSE(first.ok());
  EXPECT_EQ(first.error().text,
            "rank 2: nothing came from it while waiting for its word; it is dead, or late");
  EXPECT_EQ(first.error().kind, ErrorKind::Harness);
}

}  // namespace
}  // namespace sockspec::mpi
