#include "mpi/common_start.h"

#include <gtest/gtest.h>

#include "load/clock.h"
#include "mpi/network_for_test.h"

namespace sockspec::mpi {
namespace {

using namespace std::chrono_literals;
using load::Clock;

const Error kNothing{ErrorKind::Usage, "nothing came back"};

// As rank `rank` of `size`.
std::function<void()> starting(Result<CommonStart>& start, int rank, int size, Duration limit) {
  return [&start, rank, size, limit] {
    Ranks ranks(test::network(), rank, size);
    start = common_start(ranks, limit);
  };
}

TEST(CommonStart, AllBeginAtOneMomentThatIsStillToCome) {
  std::vector<Result<CommonStart>> starts(3, kNothing);
  const Duration before = Clock::monotonic();
  test::run_ranks({{0, starting(starts[0], 0, 3, 30s)},
                   {1, starting(starts[1], 1, 3, 30s)},
                   {2, starting(starts[2], 2, 3, 30s)}});
  ASSERT_TRUE(starts[0].ok()) << starts[0].error().text;
  EXPECT_EQ(starts[0]->clock_error, Duration::zero()) << "it is its clock";
  EXPECT_GE(starts[0]->at - before, 200ms);
  for (const auto& start : starts) {
    ASSERT_TRUE(start.ok()) << start.error().text;
    // Here all ranks have one clock, so what is wrong about it is the error that was told.
    EXPECT_LE(std::chrono::abs(start->at - starts[0]->at), start->clock_error);
  }
}

TEST(CommonStart, ARankThatIsNotThereIsNamed) {
  Result<CommonStart> first = kNothing;
  Result<CommonStart> second = kNothing;
  test::run_ranks({{0, starting(first, 0, 3, 20ms)}, {1, starting(second, 1, 3, 20ms)}});
  ASSERT_FALSE(first.ok());
  EXPECT_EQ(first.error().kind, ErrorKind::Harness);
  EXPECT_EQ(first.error().text,
            "rank 2: nothing came from it while waiting for its connections; it is dead, or late");
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().text, "") << "rank 0 tells it";
}

TEST(CommonStart, ARankThatHearsOfAMomentThatIsOverSaysSo) {
  Result<CommonStart> late = kNothing;
  Result<std::string> complaint = kNothing;
  test::run_ranks({{0,
                    [&] {
                      Ranks ranks(test::network(), 0, 2);
                      static_cast<void>(ranks.agree("", std::string(), 30s));
                      ranks.post(1, Tag::Start,
                                 std::to_string((Clock::monotonic() - 3s).count()) + " 1000");
                      complaint = ranks.receive(1, Tag::Answer, 30s);
                      static_cast<void>(ranks.decide(Error{ErrorKind::Harness, "it is late"}, 1s));
                    }},
                   {1, starting(late, 1, 2, 30s)}});
  ASSERT_TRUE(complaint.ok());
  EXPECT_NE(complaint->find("it would have begun "), std::string::npos) << *complaint;
  EXPECT_TRUE(complaint->ends_with(" ms late, and late is not together")) << *complaint;
  EXPECT_FALSE(late.ok());
}

}  // namespace
}  // namespace sockspec::mpi
