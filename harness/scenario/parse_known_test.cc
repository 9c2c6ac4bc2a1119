// The list of known failures: fields, dates, and what is said about wrong ones.
#include "scenario/parse_known.h"

#include <gtest/gtest.h>

namespace sockspec::scenario {
namespace {

std::string error(const std::string& text) {
  const auto result = parse_known(text, "mine.json");
  return result ? "no error" : result.error().text;
}

// Of a list with one entry.
std::string entry_error(const std::string& fields) {
  return error(R"({"known": [{)" + fields + "}]}");
}

std::string expiry_error(const std::string& date) {
  return entry_error(R"("scenario": "a/b", "reason": "x", "expires": )" + date);
}

TEST(ParseKnownTest, AWholeList) {
  const auto entries = parse_known(R"({"$schema": "known.schema.json", "known": [
      {"scenario": "close/*", "reason": "no half-close yet", "link": "https://bugs/1",
       "expires": "2028-02-29"},
      {"scenario": "stream/basic", "reason": "말없이"}]})",
                                   "mine.json");
  ASSERT_TRUE(entries.ok()) << entries.error().text;
  ASSERT_EQ(entries->size(), 2U);
  const KnownEntry& first = entries->front();
  EXPECT_EQ(first.scenario, "close/*");
  EXPECT_EQ(first.reason, "no half-close yet");
  EXPECT_EQ(first.link, "https://bugs/1");
  EXPECT_EQ(text_of(first.expires.value()), "2028-02-29");
  EXPECT_EQ(entries->back().link, "");
  EXPECT_FALSE(entries->back().expires.has_value());
}

TEST(ParseKnownTest, AListMayBeEmpty) {
  EXPECT_TRUE(parse_known(R"({"known": []})", "mine.json")->empty());
}

TEST(ParseKnownTest, WhatIsNoListIsSaid) {
  EXPECT_EQ(error("[]"), "mine.json: /: this is a list; write an object, { … }");
  EXPECT_EQ(error("{}"), "mine.json: /: the field \"known\" is missing");
  EXPECT_EQ(error(R"({"known": {}})"), "mine.json: /known: this is an object; write a list, [ … ]");
  EXPECT_EQ(error(R"({"known": ["a/b"]})"),
            "mine.json: /known/0: this is a text; write an object, { … }");
  EXPECT_TRUE(error("{\n  known").starts_with("mine.json:2:3: this is not JSON: "));
}

TEST(ParseKnownTest, AnUnknownFieldNamesTheNearest) {
  EXPECT_EQ(error(R"({"knwon": []})"),
            "mine.json: /: the field \"knwon\" is not known here; did you mean \"known\"? (known: "
            "$schema, known)");
  EXPECT_EQ(entry_error(R"("scenario": "a/b", "reason": "x", "expire": "2027-01-31")"),
            "mine.json: /known/0: the field \"expire\" is not known here; did you mean "
            "\"expires\"? (known: scenario, reason, link, expires)");
}

TEST(ParseKnownTest, ScenarioAndReasonAreRequired) {
  EXPECT_EQ(entry_error(R"("reason": "x")"),
            "mine.json: /known/0: the field \"scenario\" is missing");
  EXPECT_EQ(entry_error(R"("scenario": "a/b")"),
            "mine.json: /known/0: the field \"reason\" is missing");
}

TEST(ParseKnownTest, AnEmptyTextSaysWhatBelongsThere) {
  EXPECT_EQ(entry_error(R"("scenario": "", "reason": "x")"),
            "mine.json: /known/0/scenario: is empty; write a scenario or a pattern, such as "
            "\"close/*\"");
  EXPECT_EQ(entry_error(R"("scenario": "a/b", "reason": " ")"),
            "mine.json: /known/0/reason: is empty; write why the scenario is known to fail");
  EXPECT_EQ(entry_error(R"("scenario": "a/b", "reason": "x", "link": "")"),
            "mine.json: /known/0/link: is empty; write where this is worked on, or leave it out");
}

TEST(ParseKnownTest, AReasonOfAnotherKindIsSaid) {
  EXPECT_EQ(entry_error(R"("scenario": "a/b", "reason": 7)"),
            "mine.json: /known/0/reason: this is a number; write a text in quotes");
}

TEST(ParseKnownTest, AReasonIsOneLine) {
  EXPECT_EQ(entry_error(R"("scenario": "a/b", "reason": "two\nlines")"),
            "mine.json: /known/0/reason: holds a line break or another control character; write "
            "one line");
}

TEST(ParseKnownTest, AnImpossibleDayIsRefused) {
  for (const char* const date :
       {"2026-02-30", "2027-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00"}) {
    EXPECT_EQ(expiry_error("\"" + std::string(date) + "\""),
              "mine.json: /known/0/expires: there is no day " + std::string(date) +
                  " in the calendar; write the last day on which the entry counts, such as "
                  "2027-01-31");
  }
}

TEST(ParseKnownTest, WhatIsNoDateIsRefused) {
  for (const char* const date : {"", "tomorrow", "31.01.2027", "2027-1-31", "2027-01-31T00:00:00Z",
                                 "-027-01-31", "2027-01-+1", "20270-1-31"}) {
    EXPECT_EQ(expiry_error("\"" + std::string(date) + "\""),
              "mine.json: /known/0/expires: \"" + std::string(date) +
                  "\" is not a date; write YEAR-MONTH-DAY, such as 2027-01-31");
  }
  EXPECT_EQ(expiry_error("20270131"),
            "mine.json: /known/0/expires: this is a number; write a text in quotes");
}

TEST(ParseKnownTest, APatternStandsOnce) {
  EXPECT_EQ(
      error(R"({"known": [{"scenario": "a/b", "reason": "x"}, {"scenario": "a/c", "reason": "x"},
                                {"scenario": "a/b", "reason": "y"}]})"),
      "mine.json: /known/2/scenario: \"a/b\" stands in /known/0 too; remove one");
}

TEST(ParseKnownTest, AFileThatIsNotThereIsNamed) {
  const auto list = load_known("/no/such/list.json");
  ASSERT_FALSE(list.ok());
  EXPECT_EQ(list.error().kind, ErrorKind::Usage);
  EXPECT_EQ(list.error().text, "/no/such/list.json: cannot be read: No such file or directory");
}

}  // namespace
}  // namespace sockspec::scenario
