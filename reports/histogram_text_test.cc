#include "reports/histogram_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "core/random.h"
#include "reports/test_histogram_text.h"

namespace sockspec::reports {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using load::Histogram;
using test::around_counts;
using test::around_inner;
using test::around_stream;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::StartsWith;
using Bucket = Histogram::Bucket;

// Written by hdr-histogram-js 3.0.1 from the values of several_latencies().
constexpr std::string_view kFromJavaScript =
    "HISTFAAAAD94nJNpmSzMwMAgzcDAwMjAwMDMAAEgNu8P9wgGGJ+"
    "JhYHpqzwTS7cG28a0A7N4VnMskP9c9oGxv44JAAS0DD8=";
constexpr std::string_view kEmptyFromJavaScript =
    "HISTFAAAAB14nJNpmSzMwMDACMXMDBAAYvP+cI9ggPMBR4gC8g==";
constexpr std::string_view kFiveBillionFromJavaScript =
    "HISTFAAAACp4nJNpmSzMwMDAzsDAwMjAwMDMAAEgNu8P9wgGGP88f8OJ9QtUAWk5BpI=";
constexpr std::string_view kTwoDigitsFromJavaScript =
    "HISTFAAAACF4nJNpmSzMwMDAxMDAwAilGaBshmuTlzDA+JxMAE9jA2Y=";

Histogram several_latencies() {
  Histogram histogram;
  histogram.record_n(0ns, 1);
  histogram.record_n(1ns, 2);
  histogram.record_n(3ns, 1);  // one empty bucket before it
  histogram.record_n(2047ns, 1);
  histogram.record_n(2048ns, 1);
  histogram.record_n(2049ns, 1);
  histogram.record_n(12'345ns, 3);
  histogram.record_n(1ms, 100'000);
  histogram.record_n(1500us, 2000);
  histogram.record_n(250ms, 120);
  histogram.record_n(60s, 1);
  return histogram;
}

Histogram any_histogram(std::uint64_t seed) {
  Random random(seed);
  Histogram histogram;
  for (std::uint64_t i = 0; i < 50 * seed; ++i) {
    const std::uint64_t below = std::uint64_t{1} << (1 + random.below(36));
    histogram.record_n(Duration(static_cast<Duration::rep>(random.below(below))),
                       random.next() >> (24 + random.below(40)));
  }
  return histogram;
}

std::string error_of(std::string_view text) {
  const Result<Histogram> histogram = decode(text);
  if (histogram) return "none";
  EXPECT_EQ(histogram.error().kind, ErrorKind::Usage);
  constexpr std::string_view kPrefix = "not a histogram of sockspec: ";
  EXPECT_THAT(histogram.error().text, StartsWith(kPrefix));
  return histogram.error().text.substr(kPrefix.size());
}

// LEB128 in nine bytes, whose last carries eight bits.
std::string nine_bytes(std::uint64_t zigzag) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>((zigzag >> (7 * i) & 0x7FU) | 0x80U);
  return bytes + static_cast<char>(zigzag >> 56U);
}

std::string counts_inside(std::string_view text) {
  std::string inner(test::inner({}, {}).size() + 100, '\0');
  const std::string stream = from_base64(text).value().substr(8);
  uLongf size = inner.size();
  EXPECT_EQ(uncompress(reinterpret_cast<Bytef*>(inner.data()), &size,
                       reinterpret_cast<const Bytef*>(stream.data()), stream.size()),
            Z_OK);
  return inner.substr(40, size - 40);
}

TEST(HistogramTextTest, ReadsWhatAnotherImplementationWrote) {
  const Histogram read = decode(kFromJavaScript).value();
  EXPECT_EQ(read.buckets(), several_latencies().buckets());
  // As hdr-histogram-js prints them.
  EXPECT_EQ(read.count(), 102'131U);
  EXPECT_EQ(read.at_percentile(50), 1'000'447ns);
  EXPECT_EQ(read.at_percentile(99), 1'500'159ns);
  EXPECT_EQ(read.at_percentile(99.9), 250'085'375ns);
  EXPECT_EQ(read.at_percentile(100), 60s);
}

TEST(HistogramTextTest, ReadsCountsOfMoreThan32Bits) {
  EXPECT_THAT(decode(kFiveBillionFromJavaScript).value().buckets(),
              ElementsAre(Bucket{1000ns, 1000ns, 5'000'000'000}));
}

TEST(HistogramTextTest, WritesTheSameCountsAsAnotherImplementation) {
  EXPECT_EQ(counts_inside(encode(several_latencies())), counts_inside(kFromJavaScript));
  EXPECT_EQ(counts_inside(encode(Histogram())), counts_inside(kEmptyFromJavaScript));
}

TEST(HistogramTextTest, BeginsWithTheLettersThatToolsLookFor) {
  EXPECT_THAT(encode(several_latencies()), StartsWith("HISTFAAAA"));
}

TEST(HistogramTextTest, ARoundTripKeepsEveryBucket) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Histogram before = any_histogram(seed);
    const Histogram after = decode(encode(before)).value();
    EXPECT_THAT(after.counts(), ElementsAreArray(before.counts())) << "seed " << seed;
    EXPECT_EQ(after.count(), before.count());
  }
}

TEST(HistogramTextTest, AnEmptyHistogramStaysEmpty) {
  EXPECT_EQ(decode(encode(Histogram())).value().count(), 0U);
  EXPECT_EQ(decode(kEmptyFromJavaScript).value().count(), 0U);
  EXPECT_EQ(decode(around_counts("")).value().count(), 0U);
}

TEST(HistogramTextTest, EveryPrefixIsRefused) {
  const std::string text = encode(several_latencies());
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_NE(error_of(text.substr(0, size)), "none") << size;
  }
}

TEST(HistogramTextTest, ADamagedCharacterNeverChangesACount) {
  const Histogram right = several_latencies();
  for (std::size_t at = 0; at < kFromJavaScript.size(); ++at) {
    for (int other = 0; other < 256; ++other) {
      std::string text(kFromJavaScript);
      text[at] = static_cast<char>(other);
      const Result<Histogram> read = decode(text);
      if (!read) continue;
      EXPECT_EQ(read->buckets(), right.buckets()) << at << " " << other;
    }
  }
}

TEST(HistogramTextTest, WhatIsNotBase64SaysWhere) {
  EXPECT_EQ(error_of("HIST FAA"),
            "character 5 is not Base64 (A-Z, a-z, 0-9, + and /, with = at the end only)");
}

TEST(HistogramTextTest, AnotherCookieIsNamed) {
  EXPECT_EQ(error_of(""), "it has 0 bytes; its header alone has 8");
  EXPECT_EQ(error_of(to_base64(test::inner({}, "\x02"))),  // not compressed
            "it begins with the cookie 0x1c849313; the V2 compressed form has 0x1c849314");
  EXPECT_EQ(error_of(around_inner(test::inner({.cookie = 0x1c849301}, "\x02"))),
            "it inflates to the cookie 0x1c849301; the V2 form has 0x1c849313");
}

TEST(HistogramTextTest, AWrongLengthIsRefused) {
  const std::string bytes = from_base64(kFromJavaScript).value();
  EXPECT_EQ(error_of(to_base64(bytes.substr(0, bytes.size() - 3))),
            "its header announces 63 compressed bytes; 60 follow");
  EXPECT_EQ(error_of(to_base64(bytes + "more")),
            "its header announces 63 compressed bytes; 67 follow");
  EXPECT_EQ(error_of(around_inner(test::inner({.length = 0xFFFFFFFF}, "\x02"))),
            "its header announces 4294967295 bytes of counts; 1 follow");
  EXPECT_EQ(error_of(around_inner(test::inner({}, "").substr(0, 39))),
            "it inflates to 39 bytes; its header alone has 40");
}

TEST(HistogramTextTest, ADamagedStreamIsRefused) {
  const std::string whole = test::deflated(test::inner({}, "\x02"));
  EXPECT_EQ(error_of(around_stream("")), "its zlib stream ends too early; is the text cut?");
  EXPECT_EQ(error_of(around_stream(whole.substr(0, whole.size() - 1))),
            "its zlib stream ends too early; is the text cut?");
  EXPECT_EQ(error_of(around_stream("plain text")),
            "its zlib stream is damaged (incorrect header check)");
  EXPECT_EQ(error_of(around_stream("\x78\xBB\x01\x02\x03\x04")),
            "its zlib stream is damaged (need dictionary)");
  EXPECT_EQ(error_of(around_stream(whole + "abc")), "3 bytes follow its zlib stream; none should");
}

TEST(HistogramTextTest, ADecompressionBombIsRefused) {
  EXPECT_EQ(error_of(around_inner(std::string(8'000'000, '\0'))),
            "it inflates to more than 246541 bytes, the most that 27389 buckets can take");
}

TEST(HistogramTextTest, AnotherConfigurationIsNamedWithOurs) {
  EXPECT_EQ(error_of(kTwoDigitsFromJavaScript), "it has 2 significant digits; ours have 3");
  EXPECT_EQ(error_of(around_inner(test::inner({.lowest = 1000}, "\x02"))),
            "its range is 1000 to 60000000000; ours is 1 to 60000000000 (nanoseconds)");
  EXPECT_EQ(error_of(around_inner(test::inner({.highest = 3'600'000'000}, "\x02"))),
            "its range is 1 to 3600000000; ours is 1 to 60000000000 (nanoseconds)");
  EXPECT_EQ(error_of(around_inner(test::inner({.ratio = 0x4000000000000000}, "\x02"))),
            "its values are scaled; ours are whole nanoseconds, with a ratio of 1");
}

TEST(HistogramTextTest, TheOffsetOfTheWritersMemoryIsNoMatter) {
  EXPECT_THAT(decode(around_inner(test::inner({.offset = 1}, "\x02"))).value().buckets(),
              ElementsAre(Bucket{0ns, 0ns, 1}));
}

TEST(HistogramTextTest, ACountThatIsCutIsRefused) {
  EXPECT_EQ(error_of(around_counts("\x02\x80")),
            "its last count is cut; a count ends with a byte below 0x80");
}

TEST(HistogramTextTest, ACountBeyondTheRangeIsRefused) {
  constexpr const char* kBeyond =
      "it has counts beyond 60 s, the end of the range; there are 27389 buckets up to there";
  const std::string all_but_one_empty = nine_bytes(2 * 27'388 - 1);
  EXPECT_EQ(error_of(around_counts(all_but_one_empty + "\x02")), "none");
  EXPECT_EQ(error_of(around_counts(all_but_one_empty + "\x02\x02")), kBeyond);
  EXPECT_EQ(error_of(around_counts(all_but_one_empty + "\x03")), kBeyond);
  EXPECT_EQ(error_of(around_counts(nine_bytes(~std::uint64_t{0}))), kBeyond);
}

TEST(HistogramTextTest, CountsThatAddUpToMoreThanEveryReaderHoldsAreRefused) {
  constexpr const char* kTooMany =
      "its counts add up to more than 9007199254740991, the most allowed";
  const std::string most = nine_bytes(2 * 9'007'199'254'740'991);
  EXPECT_EQ(decode(around_counts(most)).value().count(), 9'007'199'254'740'991U);
  EXPECT_EQ(error_of(around_counts(most + "\x02")), kTooMany);
  EXPECT_EQ(error_of(around_counts(nine_bytes(~std::uint64_t{1}))), kTooMany);
  EXPECT_EQ(error_of(around_counts(nine_bytes((std::uint64_t{1} << 63U) + 2))), kTooMany);
}

}  // namespace
}  // namespace sockspec::reports
