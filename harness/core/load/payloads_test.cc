#include "core/load/payloads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/load/reply_test_language.h"

namespace sockspec::load {
namespace {

std::string error_of(const Profile& profile, SizeRange size, std::uint64_t shard = 0) {
  const Result<Payloads> made = Payloads::make(profile, size, 1, shard);
  return made ? "" : made.error().text;
}

TEST(TagTest, EveryIdComesBackFromItsTag) {
  Random random(1);
  for (int i = 0; i < 10'000; ++i) {
    const RequestId id{static_cast<std::uint32_t>(random.below(kMostShards)),
                       static_cast<std::uint32_t>(random.below(kMostConnections)),
                       random.below(kMostRequests)};
    const Tag tag = make_tag(id, 77);
    EXPECT_EQ(parse_tag({tag.data(), kTagSize}, 77), id);
  }
}

TEST(TagTest, AConnectionGoesOnBeyondThirtyBitsOfRequests) {
  const ConnectionTags tags(1000, 30'000'000, 77);
  for (const std::uint64_t sequence :
       {std::uint64_t{0}, (std::uint64_t{1} << 30U) - 1, std::uint64_t{1} << 30U,
        (std::uint64_t{1} << 30U) + 1, kMostRequests - 1}) {
    const Tag tag = tags.tag(sequence);
    EXPECT_EQ(parse_tag({tag.data(), kTagSize}, 77), tags.id(sequence)) << sequence;
    EXPECT_EQ(tags.id(sequence), (RequestId{1000, 30'000'000, sequence}));
  }
}

TEST(TagTest, ConsistsOfLettersThatUppercaseLeavesAlone) {
  const Tag tag = make_tag({0, 27, kMostRequests - 1}, 5);
  const std::string text(tag.data(), kTagSize);
  EXPECT_EQ(text.substr(0, 14), "AAAAAA37777777");
  EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos);
}

TEST(TagTest, NoChangeOfOneCharacterNorSwapOfTwoNeighboursIsATag) {
  const Tag tag = make_tag({3, 1234, 567'890}, 9);
  const std::string right(tag.data(), kTagSize);
  for (std::size_t i = 0; i < kTagSize; ++i) {
    for (unsigned c = 0; c < 256; ++c) {
      std::string wrong = right;
      wrong[i] = static_cast<char>(c);
      EXPECT_EQ(parse_tag(wrong, 9).has_value(), wrong == right);
    }
    std::string swapped = right;
    if (i > 0) std::swap(swapped[i], swapped[i - 1]);
    EXPECT_EQ(parse_tag(swapped, 9).has_value(), swapped == right);
  }
}

TEST(TagTest, ATagOfAnotherRunOrACutOneIsNone) {
  const Tag tag = make_tag({3, 1234, 567'890}, 9);
  EXPECT_FALSE(parse_tag({tag.data(), kTagSize}, 10));
  EXPECT_FALSE(parse_tag({tag.data(), kTagSize - 1}, 9));
}

TEST(PayloadsTest, AnEchoIsWhatWasSentAndUppercaseIsItInCapitals) {
  const Payloads echo = payloads_of(tcp(Transform::Identity), {100, 100});
  const Payloads upper = payloads_of(tcp(Transform::Uppercase), {100, 100});
  const RequestId id = echo.id(5, 17);
  const std::string request = request_text(echo, id);
  EXPECT_EQ(request.size(), 100U);
  EXPECT_EQ(reply_text(echo, id), request);
  EXPECT_EQ(request_text(upper, id), request);
  std::string capitals = request;
  for (char& c : capitals) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  EXPECT_NE(capitals, request);
  EXPECT_EQ(reply_text(upper, id), capitals);
  EXPECT_EQ(upper.parse_tag(capitals), id);
}

TEST(PayloadsTest, TheSameSeedSaysTheSameAndAnotherSomethingElse) {
  const Payloads a = Payloads::make(tcp(), {64, 64}, 7).value();
  const Payloads b = Payloads::make(tcp(), {64, 64}, 7, 3).value();
  const Payloads c = Payloads::make(tcp(), {64, 64}, 8).value();
  EXPECT_EQ(request_text(a, a.id(1, 2)), request_text(b, a.id(1, 2)));
  EXPECT_NE(request_text(a, a.id(1, 2)), request_text(b, b.id(1, 2)));
  EXPECT_NE(request_text(a, a.id(1, 2)), request_text(c, c.id(1, 2)));
}

TEST(PayloadsTest, SizesAreDrawnEvenlyFromTheWholeRange) {
  const Payloads payloads = payloads_of(tcp(), {60, 69});
  std::array<int, 10> seen{};
  for (std::uint64_t i = 0; i < 100'000; ++i) ++seen[payloads.request_size(payloads.id(2, i)) - 60];
  for (const int count : seen) EXPECT_NEAR(count, 10'000, 400);
}

TEST(PayloadsTest, ALineEndsInItsOnlyNewline) {
  const Payloads payloads = payloads_of(line(Transform::Uppercase), {1, 200});
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const std::string text = request_text(payloads, payloads.id(1, i));
    EXPECT_EQ(text.find('\n'), text.size() - 1);
    EXPECT_EQ(reply_text(payloads, payloads.id(1, i)).size(), text.size());
  }
}

TEST(PayloadsTest, NoPartOfATextLooksLikeATag) {
  const Payloads payloads = payloads_of(tcp(Transform::Uppercase), {kTagSize, 90'000});
  for (std::uint64_t i = 0; i < 50; ++i) {
    const std::string text = reply_text(payloads, payloads.id(1, i));
    for (std::size_t at = 1; at + kTagSize <= text.size(); ++at)
      ASSERT_FALSE(payloads.parse_tag(std::string_view(text).substr(at)));
  }
}

TEST(PayloadsTest, TheMessageThatEndsASessionNeitherIsNorArises) {
  Profile profile = tcp();
  profile.ending = Ending::Message;
  profile.end_message = "e\n";
  const Payloads payloads = payloads_of(profile, {1, 15});
  std::string all;
  for (std::uint64_t i = 0; i < 50'000; ++i) all += request_text(payloads, payloads.id(1, i));
  EXPECT_EQ(all.find_first_of("eE"), std::string::npos);
}

TEST(PayloadsTest, MatchingIsTheCommonBeginningFromAnyOffset) {
  const Payloads payloads = payloads_of(line(), {3, 60});
  Random random(3);
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const RequestId id = payloads.id(1, i);
    const std::string reply = reply_text(payloads, id);
    const std::size_t offset = random.below(reply.size() + 1);
    std::string bytes = reply.substr(offset, random.below(70)) + std::string(random.below(3), '#');
    if (!bytes.empty() && random.below(2) == 0) bytes[random.below(bytes.size())] ^= 1;
    const std::string rest = reply.substr(offset);
    const auto common = static_cast<std::size_t>(
        std::mismatch(rest.begin(), rest.end(), bytes.begin(), bytes.end()).first - rest.begin());
    ASSERT_EQ(payloads.matching(id, offset, bytes), common);
    if (offset == 0) {
      ASSERT_EQ(payloads.reply(id).begins(bytes), bytes.starts_with(reply));
    }
  }
}

TEST(PayloadsTest, NoBodyIsThatOfARequestNearby) {
  const Payloads payloads = payloads_of(tcp(Transform::Identity), {64, 64});
  std::set<std::string> bodies;
  for (std::uint64_t sequence = 0; sequence < 8192; ++sequence)
    bodies.insert(std::string(payloads.request(payloads.id(5, sequence)).body));
  EXPECT_EQ(bodies.size(), 8192U);
  bodies.clear();
  for (std::uint64_t connection = 0; connection < 64; ++connection)
    bodies.insert(std::string(payloads.request(payloads.id(connection, 7)).body));
  EXPECT_EQ(bodies.size(), 64U);
}

TEST(PayloadsTest, WrittenInPiecesARequestIsTheSame) {
  const Payloads payloads = payloads_of(line(), {1, 60});
  for (std::uint64_t sequence = 0; sequence < 200; ++sequence) {
    const Pieces request = payloads.request(payloads.id(3, sequence));
    const std::string whole = request_text(payloads, payloads.id(3, sequence));
    for (std::size_t room = 1; room <= whole.size() + 1; ++room) {
      std::string pieces;
      while (pieces.size() < whole.size()) {
        std::string piece(room, '\0');
        const std::size_t size = request.write_from(pieces.size(), piece);
        ASSERT_EQ(size, std::min(room, whole.size() - pieces.size()));
        pieces += piece.substr(0, size);
      }
      ASSERT_EQ(pieces, whole) << "room for " << room;
    }
  }
}

TEST(PayloadsTest, WhatAConnectionSaysIsWhatTheRunSaysOfIt) {
  for (const SizeRange& size : {SizeRange{64, 64}, SizeRange{1, 90}}) {
    const Payloads payloads = payloads_of(tcp(Transform::Uppercase), size);
    const ConnectionPayloads connection(payloads, 9);
    for (std::uint64_t sequence = 0; sequence < 100; ++sequence) {
      const RequestId id = payloads.id(9, sequence);
      EXPECT_EQ(connection.id(sequence), id);
      EXPECT_EQ(connection.request(sequence).excerpt(0, 100), request_text(payloads, id));
      EXPECT_EQ(connection.reply(sequence).excerpt(0, 100), reply_text(payloads, id));
      EXPECT_EQ(connection.request_size(sequence), request_text(payloads, id).size());
    }
  }
}

TEST(PayloadsTest, AFixedTextIsTheReplyToWhateverWasSent) {
  Profile profile = tcp(Transform::Text);
  profile.reply.text = "Hello";
  const Payloads payloads = payloads_of(profile, {64, 64});
  EXPECT_EQ(reply_text(payloads, payloads.id(1, 2)), "Hello");
  EXPECT_EQ(payloads.reply_size(payloads.id(1, 2)), 5U);
  EXPECT_EQ(payloads.request_size(payloads.id(1, 2)), 64U);
  EXPECT_FALSE(payloads.replies_tagged());
}

TEST(PayloadsTest, ADateHasNoExpectedBytes) {
  Profile profile = tcp(Transform::Date);
  profile.speaks_first = true;
  EXPECT_FALSE(payloads_of(profile, {64, 64}).has_expected_bytes());
  EXPECT_TRUE(payloads_of(tcp(), {64, 64}).has_expected_bytes());
}

TEST(PayloadsTest, AnErrorSaysWhatAndWhatWouldBeRight) {
  Profile lines = line();
  lines.id = "tcp-echo-line";
  lines.max_message = 1024;
  EXPECT_EQ(error_of(lines, {2000, 2000}),
            "--size 2000: profile tcp-echo-line takes at most 1024 bytes");
  EXPECT_EQ(error_of(lines, {64, 2000}),
            "--size 64..2000: profile tcp-echo-line takes at most 1024 bytes");
  EXPECT_EQ(error_of(lines, {0, 9}),
            "--size 0..9: profile tcp-echo-line needs at least 1 byte, which ends the line");
  EXPECT_EQ(error_of(tcp(), {9, 8}), "--size 9..8: the first size is above the second");
  EXPECT_EQ(error_of(tcp(), {0, 0}),
            "--size 0: nothing is no request over TCP; give at least 1 byte");
  EXPECT_EQ(error_of(udp(), {70'000, 70'000}),
            "--size 70000: a UDP datagram holds at most 65507 bytes");
  EXPECT_EQ(error_of(tcp(), {1, 100'000'000}),
            "--size 1..100000000: a request has at most 67108864 bytes");
  EXPECT_EQ(error_of(tcp(), {64, 64}, 1024),
            "--shard: 1024 is too high; a run has at most 1024 shards");
  Profile discard = tcp(Transform::None);
  discard.id = "tcp-discard";
  EXPECT_EQ(error_of(discard, {64, 64}),
            "profile tcp-discard sends no replies; load needs a profile that answers each request "
            "(sockspec list profiles)");
  lines.ending = Ending::Message;
  lines.end_message = "\r\n";
  EXPECT_EQ(error_of(lines, {1, 9}),
            "--size 1..9: an empty line ends the session of profile tcp-echo-line; give at least "
            "2 bytes");
}

}  // namespace
}  // namespace sockspec::load
