#include "reports/html/sequence_diagram.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "reports/report_for_test.h"

namespace sockspec::reports::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

TranscriptEntry of_peer(std::size_t peer, Instant at, Entry kind, std::uint64_t size = 0) {
  TranscriptEntry made = entry(at, kind, size);
  made.peer = peer;
  return made;
}

TEST(SequenceDiagramTest, WhatWasNotDoneHasNoPicture) {
  EXPECT_EQ(sequence_diagram(result("a/b", Outcome::Skipped), "en"), "");
}

TEST(SequenceDiagramTest, ItHasATitleForThoseWhoDoNotSeeIt) {
  const std::string svg = sequence_diagram(failed_echo(), "en");
  EXPECT_THAT(svg, HasSubstr("role=\"img\""));
  EXPECT_THAT(svg, testing::ContainsRegex(">\n<title>Sequence diagram of [a-z/-]+:"));
}

// Where style sheets are forbidden the attributes are all there is.
TEST(SequenceDiagramTest, ItCarriesItsColours) {
  const std::string svg = sequence_diagram(failed_echo(), "en");
  EXPECT_EQ(count(svg, "<text "), count(svg, "fill=\"currentColor\">"));
  EXPECT_THAT(svg, Not(HasSubstr("style=")));
}

TEST(SequenceDiagramTest, TheFailingPointComesAfterWhatLedToIt) {
  ScenarioResult result = failed_echo();
  result.transcript = {entry(1ms, Entry::Connect), entry(2ms, Entry::Write, 5),
                       entry(3ms + 700ns, Entry::Received, 5, "heLlo"), entry(9ms, Entry::Close)};
  result.checks.front().at = 3ms;  // as a JSON report keeps it
  const std::string svg = sequence_diagram(result, "en");
  const std::size_t came = svg.find("heLlo");
  const std::size_t verdict = svg.find("class=\"row verdict\"");
  const std::size_t closed = svg.find("<title>close</title>");
  EXPECT_LT(came, verdict);
  EXPECT_LT(verdict, closed);
  EXPECT_LT(closed, svg.size());
  EXPECT_EQ(count(svg, "class=\"cross\""), 1U);
}

TEST(SequenceDiagramTest, EachPeerHasItsColumn) {
  ScenarioResult result = test::result("a/b", Outcome::Pass);
  result.peers = {"first", "second", "idle"};
  result.transcript = {of_peer(0, 1ms, Entry::Connect), of_peer(1, 2ms, Entry::Connect)};
  const std::string svg = sequence_diagram(result, "en");
  EXPECT_THAT(svg, HasSubstr(">first</text>"));
  EXPECT_THAT(svg, HasSubstr(">second</text>"));
  EXPECT_THAT(svg, HasSubstr(">server</text>"));
  EXPECT_THAT(svg, Not(HasSubstr(">idle</text>")));
}

TEST(SequenceDiagramTest, AThousandPeersShareAColumn) {
  ScenarioResult result = test::result("a/b", Outcome::Pass);
  for (std::size_t i = 0; i < 1000; ++i) {
    result.peers.push_back("p" + std::to_string(i));
    result.transcript.push_back(of_peer(i, 1ms * i, Entry::Connect));
  }
  const std::string svg = sequence_diagram(result, "en");
  EXPECT_LE(count(svg, "class=\"life\""), 6U);
  EXPECT_THAT(svg, HasSubstr("more …"));
}

TEST(SequenceDiagramTest, WhereACheckFailedThereIsAColumn) {
  ScenarioResult result = failed_echo();
  result.transcript.clear();
  result.peers.clear();
  for (std::size_t i = 0; i < 20; ++i) {
    result.peers.push_back("p" + std::to_string(i));
    result.transcript.push_back(of_peer(i, 1ms * i, Entry::Connect));
  }
  result.checks.front().peer = "p17";
  const std::string svg = sequence_diagram(result, "en");
  EXPECT_THAT(
      svg,
      HasSubstr(
          "class=\"name\" x=\"410\" y=\"17\" text-anchor=\"middle\" fill=\"currentColor\">p17<"));
  EXPECT_THAT(svg, HasSubstr(">p18: connect<")) << "it shares a column, so its name is said";
  EXPECT_THAT(svg, Not(HasSubstr(">p17: connect<")));
}

TEST(SequenceDiagramTest, ALongConversationIsFoldedInItsMiddle) {
  ScenarioResult result = failed_echo();
  result.transcript.clear();
  for (int i = 0; i < 5000; ++i) {
    result.transcript.push_back(entry(1ms * (2 * i), Entry::Write, 5));
    result.transcript.push_back(entry(1ms * (2 * i + 1), Entry::Received, 5));
  }
  result.checks.front().at = 10s;
  const std::string svg = sequence_diagram(result, "en");
  EXPECT_LE(count(svg, "class=\"row"), 31U);
  EXPECT_THAT(svg, HasSubstr("… 9971 more …"));
  EXPECT_THAT(svg, HasSubstr(">9999.0 ms<"));
  EXPECT_THAT(svg, HasSubstr("class=\"row verdict\""));
  EXPECT_LT(svg.size(), 20'000U);
}

TEST(SequenceDiagramTest, AnEndOfTheServerStandsAtTheServer) {
  ScenarioResult result = failed_echo();
  TranscriptEntry gone = entry(4ms, Entry::ServerGone);
  gone.how = {"exit.code", {{"code", "3"}}};
  result.transcript.push_back(gone);
  EXPECT_THAT(sequence_diagram(result, "en"),
              HasSubstr("text-anchor=\"end\" fill=\"currentColor\">the server exited with code 3"));
}

TEST(SequenceDiagramTest, HostileNamesAreText) {
  ScenarioResult result = failed_echo();
  result.peers = {"</svg><script>alert(1)</script>"};
  const std::string svg = sequence_diagram(result, "en");
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
  EXPECT_EQ(count(svg, "</svg>"), 1U);
}

}  // namespace
}  // namespace sockspec::reports::test
