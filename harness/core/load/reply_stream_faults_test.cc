// ReplyStream against servers with faults, on fixed seeds: every count is exact.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "core/load/reply_stream.h"
#include "core/load/reply_test_language.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kRequests = 100'000;
constexpr Faults kFew{};
constexpr Faults kMany{0.1, 0.1, 0.1, 0.1};

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += text;
  return all;
}

struct Simulated {
  std::vector<Judged> judged;
  VerdictCounts truth;
};

// Rounds of `depth` requests: all are sent, the answers come in pieces of at most `piece` bytes (0:
// in one), and what is open then is given up.
Simulated simulate(const Profile& profile, SizeRange size, std::uint64_t depth, std::size_t piece,
                   Faults faults = kFew, std::uint64_t seed = 5,
                   std::uint64_t requests = kRequests) {
  const Payloads payloads = payloads_of(profile, size);
  ReplyStream replies(payloads, 3);
  FaultyServer server(payloads, 3, faults, seed);
  Random random(seed + 1);
  Simulated result;
  Duration now{};
  for (std::uint64_t first = 0; first < requests; first += depth, now += 1s) {
    const std::uint64_t end = std::min(first + depth, requests);
    for (std::uint64_t i = first; i < end; ++i) replies.sent(i, now, now);
    const std::string all = joined(server.answer(first, end));
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t n = piece == 0 ? all.size() : 1 + random.below(piece);
      replies.received(std::string_view(all).substr(at, n), now, result.judged);
      at += n;
    }
    replies.give_up(now + 1ns, result.judged);
  }
  result.truth = server.truth();
  return result;
}

std::string difference(const VerdictCounts& found, const VerdictCounts& truth) {
  std::string text;
  for (std::size_t i = 0; i < kReplyVerdicts; ++i) {
    const auto verdict = static_cast<ReplyVerdict>(i);
    if (found[verdict] == truth[verdict]) continue;
    Judged one;
    one.verdict = verdict;
    std::vector<Judged> only;
    only.push_back(std::move(one));
    text += story(only) + ": " + std::to_string(found[verdict]) + " for " +
            std::to_string(truth[verdict]) + "; ";
  }
  return text;
}

TEST(ReplyStreamFaultsTest, EveryFaultIsCountedExactlyAtAnyDepth) {
  for (const std::uint64_t depth : {1U, 2U, 32U, 1000U}) {
    for (const Transform transform : {Transform::Identity, Transform::Uppercase}) {
      const Simulated result = simulate(tcp(transform), {64, 64}, depth, 0);
      EXPECT_GT(result.truth[ReplyVerdict::Lost], 800U);
      EXPECT_GT(result.truth[ReplyVerdict::Corrupt], 60U);
      EXPECT_EQ(difference(counts(result.judged), result.truth), "") << depth;
    }
  }
}

TEST(ReplyStreamFaultsTest, EveryFaultIsCountedExactlyOfLines) {
  for (const std::uint64_t depth : {1U, 32U}) {
    const Simulated result = simulate(line(), {40, 120}, depth, 0);
    EXPECT_EQ(difference(counts(result.judged), result.truth), "") << depth;
  }
}

TEST(ReplyStreamFaultsTest, EveryFaultIsCountedExactlyOfSizesThatVary) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const Simulated result = simulate(tcp(), {17, 200}, 32, 0, kFew, seed);
    EXPECT_EQ(difference(counts(result.judged), result.truth), "") << seed;
  }
}

TEST(ReplyStreamFaultsTest, NoRequestGetsTwoVerdictsWhateverTheFaults) {
  const Simulated result = simulate(tcp(), {1, 100}, 32, 0, kMany);
  std::vector<int> verdicts(kRequests);
  for (const Judged& one : result.judged) {
    if (one.answers || one.verdict == ReplyVerdict::Lost) ++verdicts[one.sequence];
  }
  EXPECT_EQ(std::count(verdicts.begin(), verdicts.end(), 1), kRequests);
}

TEST(ReplyStreamFaultsTest, TheVerdictsDoNotDependOnHowTheStreamWasCut) {
  for (const auto& [profile, size] :
       {std::pair{tcp(), SizeRange{64, 64}},
        std::pair{tcp(Transform::Uppercase), SizeRange{1, 300}},
        std::pair{line(), SizeRange{1, 90}}, std::pair{tcp(), SizeRange{16, 16}}}) {
    const Simulated whole = simulate(profile, size, 32, 0, kMany, 5, 10'000);
    for (const std::size_t piece : {1U, 7U, 100U, 5000U}) {
      const Simulated cut = simulate(profile, size, 32, piece, kMany, 5, 10'000);
      ASSERT_EQ(story(whole.judged), story(cut.judged));
      for (std::size_t i = 0; i < whole.judged.size(); ++i) {
        ASSERT_EQ(whole.judged[i].offset, cut.judged[i].offset);
        ASSERT_EQ(whole.judged[i].answers, cut.judged[i].answers);
        // Of bytes that answer nothing, the excerpt shows what came with the first.
        if (whole.judged[i].excerpt && whole.judged[i].answers) {
          ASSERT_EQ(*whole.judged[i].excerpt, *cut.judged[i].excerpt);
        }
      }
    }
  }
}

TEST(ReplyStreamFaultsTest, SwappedConnectionsAreCrossTalkOnBoth) {
  const Payloads payloads = payloads_of(tcp(), {40, 90});
  std::array<ReplyStream, 2> replies = {ReplyStream(payloads, 0), ReplyStream(payloads, 1)};
  std::array<std::vector<Judged>, 2> judged;
  Random random(8);
  std::uint64_t swaps = 0;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const bool swap = random.below(10) == 0;
    swaps += swap;
    for (std::size_t c = 0; c < 2; ++c) {
      const Duration now{static_cast<std::int64_t>(i)};
      replies[c].sent(i, now, now);
      replies[c].received(reply_text(payloads, payloads.id(swap ? 1 - c : c, i)), now, judged[c]);
      replies[c].give_up(now + 1ns, judged[c]);
    }
  }
  for (const std::vector<Judged>& one : judged) {
    EXPECT_EQ(counts(one)[ReplyVerdict::CrossTalk], swaps);
    EXPECT_EQ(counts(one)[ReplyVerdict::Lost], swaps);
    EXPECT_EQ(counts(one)[ReplyVerdict::Ok], 20'000 - swaps);
  }
}

// What no server does on purpose: bytes changed, put in, taken out, or another connection's.
std::string mess(const Payloads& payloads, std::string text, Random& random) {
  for (std::uint64_t faults = random.below(6); faults > 0 && !text.empty(); --faults) {
    const std::size_t at = random.below(text.size());
    const std::size_t n = random.below(80);
    switch (random.below(6)) {
      case 0: text[at] = static_cast<char>(random.below(256)); break;
      case 1: text.erase(at, n); break;
      case 2: text.insert(at, std::string(n, '\0')); break;
      case 3: text.insert(at, text.substr(random.below(text.size()), n)); break;
      case 4: text.insert(at, reply_text(payloads, payloads.id(8, n))); break;
      case 5: text[at] = '\n'; break;
    }
  }
  return text;
}

TEST(ReplyStreamFaultsTest, AnyMessGivesEachRequestOneVerdictHoweverItIsCut) {
  Random random(17);
  for (int round = 0; round < 3000; ++round) {
    const Profile profile = round % 2 == 0 ? tcp(Transform::Uppercase) : line();
    const Payloads payloads = payloads_of(profile, {1 + random.below(40), 40 + random.below(100)});
    const std::uint64_t requests = 1 + random.below(12);
    std::string text;
    for (std::uint64_t i = 0; i < requests; ++i) text += reply_text(payloads, payloads.id(3, i));
    text = mess(payloads, text, random);
    std::array<std::vector<Judged>, 3> judged;
    for (std::size_t way = 0; way < judged.size(); ++way) {
      ReplyStream replies(payloads, 3);
      for (std::uint64_t i = 0; i < requests; ++i) replies.sent(i, Duration(1), Duration(i));
      replies.give_up(Duration(round % 3), judged[way]);
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t n = way == 0 ? text.size() : way == 1 ? 1 : 1 + random.below(50);
        replies.received(std::string_view(text).substr(at, n), 1s, judged[way]);
        at += n;
      }
      replies.closed(round % 5 == 0, judged[way]);
      std::vector<int> verdicts(requests);
      for (const Judged& one : judged[way]) {
        if (one.due > 0s && !one.replaces_lost) ++verdicts.at(one.sequence);
      }
      ASSERT_EQ(std::count(verdicts.begin(), verdicts.end(), 1), requests) << story(judged[way]);
      ASSERT_EQ(story(judged[way]), story(judged[0]));
    }
  }
}

// Whatever comes, there is no more to say than there were requests and runs of bytes.
TEST(ReplyStreamFaultsTest, AMegabyteOfGarbageIsFewVerdicts) {
  for (const std::size_t piece : {std::size_t{1}, std::size_t{65'536}}) {
    for (const std::uint64_t in_flight : {0U, 1U, 32U}) {
      for (const bool letters : {false, true}) {
        const Payloads payloads = payloads_of(tcp(), {64, 64});
        ReplyStream replies(payloads, 3);
        for (std::uint64_t i = 0; i < in_flight; ++i) replies.sent(i, 0s, 0s);
        Random random(9);
        std::string garbage(1U << 20U, 'A');
        if (!letters) {
          for (char& c : garbage) c = static_cast<char>(random.below(256));
        }
        std::vector<Judged> judged;
        for (std::size_t at = 0; at < garbage.size(); at += piece)
          replies.received(std::string_view(garbage).substr(at, piece), 1s, judged);
        replies.closed(false, judged);
        EXPECT_GE(judged.size(), std::max<std::size_t>(1, in_flight));
        EXPECT_LE(judged.size(), in_flight + 1);
      }
    }
  }
}

TEST(ReplyStreamFaultsTest, EndlessDuplicatesAreAllCounted) {
  const Payloads payloads = payloads_of(tcp(), {64, 64});
  ReplyStream replies(payloads, 3);
  replies.sent(0, 0s, 0s);
  std::vector<Judged> judged;
  const std::string reply = reply_text(payloads, payloads.id(3, 0));
  for (int i = 0; i < 100'000; ++i) replies.received(reply, 1s, judged);
  EXPECT_EQ(counts(judged)[ReplyVerdict::Ok], 1U);
  EXPECT_EQ(counts(judged)[ReplyVerdict::Duplicate], 99'999U);
}

TEST(ReplyStreamFaultsTest, AReplyToWhatWasNeverAskedIsUnsolicited) {
  const Payloads payloads = payloads_of(tcp(), {64, 64});
  ReplyStream replies(payloads, 3);
  replies.sent(0, 0s, 0s);
  std::vector<Judged> judged;
  replies.received(reply_text(payloads, payloads.id(3, 7)), 1s, judged);
  replies.received(reply_text(payloads, payloads.id(3, 0)), 1s, judged);
  EXPECT_EQ(story(judged), "Unsolicited 0, Ok 0");
}

}  // namespace
}  // namespace sockspec::load
