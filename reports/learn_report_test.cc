#include "reports/learn_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

LearnReport learnt() {
  LearnReport report;
  report.tool_version = "1.2.3";
  report.target.command = {"./my server", "{port}"};
  report.lesson.findings = {
      {"transport", "tcp", {"learn.transport-tcp"}},
      {"max_message",
       "1024",
       {"learn.limit", {{"bytes", "1024"}, {"more", "2000"}, {"received", "1024"}}}}};
  report.nearest = "tcp-uppercase-once";
  report.verification = Verification{5, 5, {}, {}};
  return report;
}

TEST(LearnReportTest, EveryFieldStandsNextToWhatWasSeen) {
  EXPECT_EQ(learn_text(learnt(), {}),
            "sockspec 1.2.3: what './my server' {port} does\n\n"
            "  transport    tcp   it listens on TCP\n"
            "  max_message  1024  1024 bytes came back whole; of 2000 bytes 1024 came\n\n"
            "This is the built-in profile tcp-uppercase-once.\n"
            "The server holds the proposal: 5 of 5 scenarios passed.\n");
}

TEST(LearnReportTest, WhereTheServerFailsItsOwnProposalIsNamed) {
  LearnReport report = learnt();
  report.verification = Verification{1, 5, {"a/one", "a/two", "b/three", "b/four"}, {}};
  report.exit_code = 1;
  EXPECT_THAT(learn_text(report, {}),
              EndsWith("The server does not hold the proposal: 4 of 5 scenarios failed (a/one, "
                       "a/two, b/three, …).\n"));
}

TEST(LearnReportTest, ABuiltInProfileThatIsAlikeIsNamedWithTheDifference) {
  LearnReport report = learnt();
  report.differs = {"encoding"};
  EXPECT_THAT(learn_text(report, {}),
              HasSubstr("It differs from the built-in profile tcp-uppercase-once in: encoding.\n"));
  report.differs = {"transport", "framing", "ends", "encoding"};
  EXPECT_THAT(learn_text(report, {}), testing::Not(HasSubstr("built-in")));
}

TEST(LearnReportTest, AProblemIsToldWithTheServersLastLines) {
  LearnReport report = learnt();
  report.verification.reset();
  report.nearest.clear();
  report.lesson.problems = {{"learn.problem-exited", {{"code", "1"}}}};
  report.server_output = "Traceback\n\x1b[31mred";
  report.exit_code = 1;
  const std::string text = learn_text(report, {});
  EXPECT_THAT(text, HasSubstr("No profile can be proposed: the server exited with code 1"));
  EXPECT_THAT(text, HasSubstr("    | Traceback\n"));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(LearnReportTest, TheJsonHoldsProfileObservationsAndVerdict) {
  const auto json =
      scenario::parse_json(learn_report_to_json(learnt(), R"({"profile": "x"})"), "j");
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["schema"], "sockspec/learn/1");
  EXPECT_EQ((*json)["profile"]["profile"], "x");
  EXPECT_EQ((*json)["findings"][1]["field"], "max_message");
  EXPECT_EQ((*json)["findings"][1]["seen"]["params"]["more"], "2000");
  EXPECT_EQ((*json)["verification"]["holds"], true);
  EXPECT_EQ((*json)["problems"].size(), 0U);
}

}  // namespace
}  // namespace sockspec::reports
