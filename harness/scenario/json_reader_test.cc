#include "scenario/json_reader.h"

#include <gtest/gtest.h>

#include <string>

namespace sockspec::scenario {
namespace {

std::string parsed(std::string_view text, std::string_view leave_out = {}) {
  const Result<Json> document = parse_json(text, "f.json", leave_out);
  return document ? document->dump() : document.error().text;
}

std::string object_of(int members) {
  std::string text = "{";
  for (int i = 0; i < members; ++i)
    text += "\"k" + std::to_string(i) + "\": " + std::to_string(i) + ", ";
  return text;
}

TEST(JsonReaderTest, ADocumentIsReadAsItStands) {
  constexpr std::string_view kText =
      R"({"z":[1,-2,2.5,[],{}],"":null,"a":{"b":true,"c":"x\ny"},"d":18446744073709551615})";
  EXPECT_EQ(parsed(kText), kText);
  EXPECT_EQ(parsed(" 7 "), "7");
  EXPECT_EQ(parsed("[]"), "[]");
}

TEST(JsonReaderTest, WhatIsLeftOutIsReadOverWhateverItHolds) {
  constexpr std::string_view kText =
      R"({"a": 1, "t": [{"t": 1, "x": [[], {}]}, 2], "b": {"t": "x", "c": 3}, "l": [{"t": null}, 4]})";
  EXPECT_EQ(parsed(kText, "t"), R"({"a":1,"b":{"c":3},"l":[{},4]})");
}

TEST(JsonReaderTest, WhatIsLeftOutMustBeJsonAllTheSame) {
  EXPECT_EQ(parsed(R"({"t": [1, }, "a": 2})", "t").substr(0, 27), "f.json:1:11: this is not JS");
}

TEST(JsonReaderTest, AKeyThatStandsTwiceIsFoundInSmallObjectsAndInLargeOnes) {
  EXPECT_EQ(parsed(R"([0, {"a": {"b": 1, "b": 2}}])"),
            "f.json: /1/a/b: stands twice in one object; remove one");
  EXPECT_EQ(parsed(object_of(1000) + R"("k999": 0})"),
            "f.json: /k999: stands twice in one object; remove one");
  EXPECT_EQ(parsed(object_of(1000) + R"("k3": 0})"),
            "f.json: /k3: stands twice in one object; remove one");
  EXPECT_EQ(parsed(object_of(1000) + R"("k": 0})").front(), '{');
}

}  // namespace
}  // namespace sockspec::scenario
