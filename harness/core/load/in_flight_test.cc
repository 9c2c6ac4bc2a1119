#include "core/load/in_flight.h"

#include <gtest/gtest.h>

#include "core/load/reply_test_language.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

TEST(InFlightTest, TheOldestIsTheFirstThatWasNotAnswered) {
  InFlight requests;
  for (std::uint64_t i = 10; i < 20; ++i) requests.add(i, 1s, 2s);
  std::vector<Judged> out;
  requests.settle(11, ReplyVerdict::Ok, out);
  EXPECT_EQ(requests.oldest_open(), 10U);
  EXPECT_EQ(requests.next_open(11), 12U);
  requests.settle(10, ReplyVerdict::Ok, out);
  EXPECT_EQ(requests.oldest_open(), 12U);
  EXPECT_EQ(requests.open(), 8U);
  EXPECT_EQ(story(out), "Ok 11, Reordered 10");
  EXPECT_EQ(out[0].due, 1s);
  EXPECT_EQ(out[0].sent, 2s);
}

TEST(InFlightTest, AStateIsKnownForEverySequence) {
  InFlight requests;
  for (std::uint64_t i = 0; i < 4; ++i) requests.add(i, 0s, Duration(i));
  std::vector<Judged> out;
  requests.settle(0, ReplyVerdict::Ok, out);
  requests.give_up(Duration(2), out);
  EXPECT_EQ(requests.state(0), InFlight::State::Answered);
  EXPECT_EQ(requests.state(1), InFlight::State::GivenUp);
  EXPECT_EQ(requests.state(2), InFlight::State::Open);
  EXPECT_EQ(requests.state(4), InFlight::State::NotSent);
  requests.settle(1, ReplyVerdict::Corrupt, out);
  EXPECT_EQ(requests.state(1), InFlight::State::Answered);
  EXPECT_EQ(story(out), "Ok 0, Lost 1, Corrupt 1 (was lost)");
}

TEST(InFlightTest, OfThoseGivenUpOnlyTheLatestAreRemembered) {
  InFlight requests;
  std::vector<Judged> out;
  const std::uint64_t many = 10 * InFlight::kMostGivenUp;
  for (std::uint64_t i = 0; i < many; ++i) {
    requests.add(i, 0s, Duration(i));
    requests.give_up(Duration(i + 1), out);
  }
  EXPECT_EQ(out.size(), many);
  EXPECT_EQ(requests.state(0), InFlight::State::Answered);
  EXPECT_EQ(requests.state(many - InFlight::kMostGivenUp), InFlight::State::GivenUp);
  EXPECT_EQ(requests.state(*requests.oldest_given_up()), InFlight::State::GivenUp);
}

TEST(InFlightTest, TheOldestGivenUpIsFoundAfterSomeWereAnswered) {
  InFlight requests;
  std::vector<Judged> out;
  for (std::uint64_t i = 0; i < 5; ++i) requests.add(i, 0s, 0s);
  requests.give_up(1ns, out);
  requests.settle(1, ReplyVerdict::Ok, out);
  EXPECT_EQ(requests.oldest_given_up(), 0U);
  requests.settle(0, ReplyVerdict::Ok, out);
  EXPECT_EQ(requests.oldest_given_up(), 2U);
  for (const std::uint64_t i : {2U, 3U, 4U}) requests.settle(i, ReplyVerdict::Ok, out);
  EXPECT_FALSE(requests.unanswered());
  EXPECT_FALSE(requests.oldest_given_up());
}

TEST(InFlightTest, TheEndOfAllLetsSequencesStartAnew) {
  InFlight requests;
  std::vector<Judged> out;
  for (std::uint64_t i = 100; i < 2000; ++i) requests.add(i, 0s, 0s);
  requests.settle(100, ReplyVerdict::Ok, out);
  out.clear();
  requests.end_all(ReplyVerdict::Reset, out);
  EXPECT_EQ(out.size(), 1899U);
  requests.add(0, 0s, 0s);
  EXPECT_EQ(requests.oldest_open(), 0U);
  EXPECT_FALSE(requests.last_answered());
}

}  // namespace
}  // namespace sockspec::load
