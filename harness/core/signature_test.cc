#include "core/signature.h"

#include <gtest/gtest.h>

namespace sockspec {
namespace {

std::string sign_of_partial(const char* received, const char* missing, const char* next) {
  Check check;
  check.id = "reply";
  check.outcome = Outcome::Fail;
  check.observed = {
      "seen.partial",
      {{"within", "2000"}, {"received", received}, {"missing", missing}, {"next", next}}};
  ScenarioResult result;
  result.scenario = "stream/basic";
  result.outcome = Outcome::Fail;
  result.checks = {check};
  CheckReport report;
  report.results = {result};
  return *signature_of(report).wrong.at("stream/basic").begin();
}

TEST(SignatureTest, AReplyWithoutItsNewlineIsNotAnyPartOfAReply) {
  EXPECT_EQ(sign_of_partial("5", "1", R"("\n")"), "reply=partial:all-but-newline");
  EXPECT_EQ(sign_of_partial("5", "2", R"("\r\n")"), "reply=partial:all-but-newline");
}

TEST(SignatureTest, OneByteOfAReplyIsASignOfItsOwn) {
  EXPECT_EQ(sign_of_partial("1", "5", R"("ello\n")"), "reply=partial:one-byte");
}

TEST(SignatureTest, AnyOtherPartIsJustAPart) {
  EXPECT_EQ(sign_of_partial("1024", "3076", R"("abc")"), "reply=partial");
  EXPECT_EQ(sign_of_partial("5", "12", R"("\n")"), "reply=partial");  // a newline in the middle
}

}  // namespace
}  // namespace sockspec
