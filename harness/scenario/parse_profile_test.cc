// Profiles: fields, contradictions, overrides.
#include "scenario/parse_profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockspec::scenario {
namespace {

Profile parsed(const std::string& text) { return parse_profile(text, "mine.json").value(); }

std::string error(const std::string& text) {
  const Result<Profile> result = parse_profile(text, "mine.json");
  return result ? "no error" : result.error().text;
}

// An echo profile with other or more fields.
std::string with(const std::string& fields, const std::string& transport = "tcp",
                 const std::string& framing = "stream",
                 const std::string& reply = R"({"transform": "identity"})") {
  return R"({"profile": "mine", "transport": ")" + transport + R"(", "reply": )" + reply +
         R"(, "framing": ")" + framing + "\"" + (fields.empty() ? "" : ", " + fields) + "}";
}

std::string set_error(const std::string& name, const std::vector<std::string>& overrides) {
  const Result<Profile> result = load_profile(name, overrides);
  return result ? "no error" : result.error().text;
}

TEST(ParseProfileTest, AWholeProfile) {
  const Profile profile = parsed(R"({"profile": "tcp-uppercase-once",
    "title": {"en": "Uppercase", "ko": "대문자"}, "source": "Kurose & Ross",
    "transport": "tcp", "port": 12000, "reply": {"transform": "uppercase", "case": "either"},
    "framing": "first-read", "ends": "after-reply", "speaks_first": false, "encoding": "utf-8",
    "max_message": 1024, "concurrency": "sequential", "levels": {"close/no-leak#fds": "must"},
    "exclude": {"flow/window-reopens": "not covered"}})");
  EXPECT_EQ(profile.reply.letter_case, LetterCase::Either);
  EXPECT_EQ(profile.ending, Ending::AfterReply);
  EXPECT_EQ(profile.port, 12000);
  EXPECT_EQ(profile.max_message, 1024U);
  EXPECT_EQ(profile.levels.at("close/no-leak#fds"), Level::Must);
  EXPECT_EQ(profile.exclude.at("flow/window-reopens"), "not covered");
}

TEST(ParseProfileTest, AnEndMessageIsAnObject) {
  EXPECT_EQ(parsed(with(R"("ends": {"message": "/end"})")).end_message, "/end");
  EXPECT_EQ(error(with(R"("ends": "message")")),
            "mine.json: /ends: write the message: { \"message\": \"/end\" }");
  EXPECT_EQ(error(with(R"("ends": {"message": ""})")),
            "mine.json: /ends/message: is empty; write the text that ends the session");
}

TEST(ParseProfileTest, AnUnknownFieldNamesTheNearest) {
  EXPECT_EQ(
      error(R"({"profil": "x"})"),
      "mine.json: /: the field \"profil\" is not known here; did you mean \"profile\"? (known: "
      "$schema, profile, title, source, transport, port, reply, framing, ends, speaks_first, "
      "encoding, max_message, concurrency, levels, exclude)");
}

TEST(ParseProfileTest, AnUnknownTransformNamesTheNearest) {
  EXPECT_EQ(
      error(with("", "tcp", "stream", R"({"transform": "uppper"})")),
      "mine.json: /reply/transform: \"uppper\" is not known here (one of: identity, uppercase, "
      "text, none, date, any-text, chargen)");
}

TEST(ParseProfileTest, APortIsInRange) {
  EXPECT_EQ(error(with(R"("port": 65536)")),
            "mine.json: /port: 65536 is out of range; write 1 to 65535");
}

TEST(ParseProfileTest, ALevelOfItsOwnHasAKnownName) {
  EXPECT_EQ(error(with(R"("levels": {"close/no-leak": "shall"})")),
            "mine.json: /levels/close~1no-leak: \"shall\" is not known here (one of: must, should, "
            "may)");
}

TEST(ParseProfileTest, AnExclusionHasAReason) {
  EXPECT_EQ(error(with(R"("exclude": {"close/no-leak": ""})")),
            "mine.json: /exclude/close~1no-leak: needs a reason; write why it is left out");
}

// Fields that do not go together.

TEST(ParseProfileTest, ATextNeedsItsText) {
  EXPECT_EQ(error(with("", "tcp", "stream", R"({"transform": "text"})")),
            "mine.json: /reply: \"transform\": \"text\" needs the field \"text\"");
  EXPECT_EQ(error(with("", "tcp", "stream", R"({"transform": "text", "text": ""})")),
            "mine.json: /reply/text: is empty; write the text that the server sends");
  EXPECT_EQ(error(with("", "tcp", "stream", R"({"transform": "identity", "text": "x"})")),
            "mine.json: /reply/text: goes only with \"transform\": \"text\"");
}

TEST(ParseProfileTest, ACaseGoesWithUppercase) {
  EXPECT_EQ(error(with("", "tcp", "stream", R"({"transform": "identity", "case": "ascii"})")),
            "mine.json: /reply/case: goes only with \"transform\": \"uppercase\"");
}

TEST(ParseProfileTest, ALimitGoesWithAnyText) {
  EXPECT_EQ(error(with("", "tcp", "stream", R"({"transform": "identity", "at_most": 5})")),
            "mine.json: /reply/at_most: goes only with \"transform\": \"any-text\"");
}

TEST(ParseProfileTest, UdpIsDatagrams) {
  EXPECT_EQ(error(with("", "udp", "stream")),
            "mine.json: /: \"transport\": \"udp\" needs \"framing\": \"datagram\"");
  EXPECT_EQ(error(with("", "tcp", "datagram")),
            "mine.json: /: \"framing\": \"datagram\" needs \"transport\": \"udp\"");
}

TEST(ParseProfileTest, UdpHasNoSessions) {
  EXPECT_EQ(error(with(R"("ends": {"message": "x"})", "udp", "datagram")),
            "mine.json: /: a udp profile has no sessions: leave out \"speaks_first\" and \"ends\"");
}

TEST(ParseProfileTest, AServerThatSpeaksFirstHasWordsOfItsOwn) {
  EXPECT_EQ(error(with(R"("speaks_first": true)")),
            "mine.json: /: \"speaks_first\": true needs a reply that does not depend on what the "
            "client sends: transform text, date, any-text or chargen");
}

TEST(ParseProfileTest, ADateIsSpokenFirst) {
  EXPECT_EQ(error(with("", "tcp", "stream", R"({"transform": "date"})")),
            "mine.json: /: transform date needs \"speaks_first\": true");
}

TEST(ParseProfileTest, ADateIsCompleteWhenTheServerCloses) {
  EXPECT_EQ(error(with(R"("speaks_first": true)", "tcp", "stream", R"({"transform": "date"})")),
            "mine.json: /: transform date needs \"ends\": \"after-reply\": it is complete when the "
            "server closes");
}

TEST(ParseProfileTest, OneReplyToTheFirstReadEndsTheSession) {
  EXPECT_EQ(error(with("", "tcp", "first-read")),
            "mine.json: /: \"framing\": \"first-read\" needs \"ends\": \"after-reply\"");
  EXPECT_EQ(error(with(R"("ends": "after-reply")")),
            "mine.json: /: \"ends\": \"after-reply\" needs \"framing\": \"first-read\"");
}

// By name, with overrides.

TEST(ParseProfileTest, ABuiltInProfileHasAName) {
  EXPECT_EQ(load_profile("tcp-echo", {})->id, "tcp-echo");
}

TEST(ParseProfileTest, AnUnknownNameNamesTheNearest) {
  EXPECT_EQ(set_error("tcp-ecko", {}),
            "there is no profile \"tcp-ecko\"; did you mean \"tcp-echo\"? (sockspec list profiles "
            "shows all; a file is named with its path or .json)");
}

TEST(ParseProfileTest, AFileThatIsNotThereIsToldBySystem) {
  EXPECT_EQ(set_error("./missing.json", {}),
            "./missing.json: cannot be read: No such file or directory");
}

TEST(ParseProfileTest, AnOverrideChangesOneField) {
  const std::vector<std::string> overrides = {"reply.text=Hello, TCP Client!"};
  EXPECT_EQ(load_profile("tcp-greeting", overrides)->reply.text, "Hello, TCP Client!");
}

TEST(ParseProfileTest, AnOverrideOfATextStaysAText) {
  EXPECT_EQ(load_profile("tcp-greeting", {"reply.text=42"})->reply.text, "42");
  EXPECT_EQ(load_profile("tcp-greeting", {"reply.text=\"42\""})->reply.text, "42");
}

TEST(ParseProfileTest, AnOverrideMayBeANumberOrAnObject) {
  EXPECT_EQ(load_profile("tcp-echo", {"max_message=512"})->max_message, 512U);
  EXPECT_EQ(load_profile("tcp-echo", {"ends.message=/end"})->end_message, "/end");
  EXPECT_EQ(load_profile("tcp-echo", {"ends={\"message\": \"/end\"}"})->end_message, "/end");
}

TEST(ParseProfileTest, AnOverrideIsCheckedLikeTheFile) {
  EXPECT_THAT(set_error("tcp-echo", {"max_mesage=512"}),
              ::testing::StartsWith("tcp-echo with --set: /: the field \"max_mesage\" is not known "
                                    "here; did you mean \"max_message\"? (known: "));
  EXPECT_EQ(set_error("tcp-echo", {"transport=udp"}),
            "tcp-echo with --set: /: \"transport\": \"udp\" needs \"framing\": \"datagram\"");
}

TEST(ParseProfileTest, AnOverrideIsANameAndAValue) {
  EXPECT_EQ(set_error("tcp-echo", {"port"}),
            "--set \"port\": write NAME=VALUE, such as reply.text=\"Hello!\"");
  EXPECT_EQ(set_error("tcp-echo", {"=5"}),
            "--set \"=5\": write NAME=VALUE, such as reply.text=\"Hello!\"");
  EXPECT_EQ(set_error("tcp-echo", {"source=\xFF"}), "--set \"source\": the value is not UTF-8");
}

TEST(ParseProfileTest, AnOverrideThatIsNestedWithoutEndDoesNoHarm) {
  EXPECT_EQ(set_error("tcp-echo", {"port=" + std::string(100'000, '[')}),
            "tcp-echo with --set: /port: this is a text; write a whole number, 1 to 65535");
}

TEST(ParseProfileTest, TheProfileKeepsItsTextForTheReport) {
  EXPECT_EQ(parsed(with("")).json,
            R"({"profile":"mine","transport":"tcp","reply":{"transform":"identity"},)"
            R"("framing":"stream"})");
}

TEST(ParseProfileTest, AllBuiltInProfilesAreRight) { EXPECT_TRUE(builtin_profiles().ok()); }

}  // namespace
}  // namespace sockspec::scenario
