#include "reports/bytes_json.h"

#include <gtest/gtest.h>

namespace sockspec::reports {
namespace {

using scenario::ErrorLatch;
using scenario::Json;
using scenario::Reader;

std::string there_and_back(const std::string& bytes) {
  const Json json = bytes_to_json(bytes, kUncut);
  const Json read = Json::parse(json.dump());
  ErrorLatch errors("test");
  const std::string back = bytes_from_json(Reader(read, "", errors));
  return errors.error() ? errors.error()->text : back;
}

std::string error_of(const std::string& text) {
  const Json json = Json::parse(text);
  ErrorLatch errors("report.json");
  bytes_from_json(Reader(json, "/output", errors));
  return errors.error() ? errors.error()->text : "no error";
}

TEST(BytesJsonTest, TextStaysReadable) {
  EXPECT_EQ(bytes_to_json("hello\r\n\t").dump(), R"({"text":"hello\r\n\t"})");
  EXPECT_EQ(bytes_to_json("안녕").dump(), R"({"text":"안녕"})");
  EXPECT_EQ(bytes_to_json("").dump(), R"({"text":""})");
}

TEST(BytesJsonTest, WhatIsNotPrintableIsHex) {
  EXPECT_EQ(bytes_to_json("\xFF").dump(), R"({"hex":"ff"})");
  EXPECT_EQ(bytes_to_json(std::string("a\0b", 3)).dump(), R"({"hex":"610062"})");
  EXPECT_EQ(bytes_to_json("\x1b[2J").dump(), R"({"hex":"1b5b324a"})");
  EXPECT_EQ(bytes_to_json("\x7F").dump(), R"({"hex":"7f"})");
}

TEST(BytesJsonTest, HostileUtf8IsHex) {
  for (const char* const bytes :
       {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80"}) {
    EXPECT_TRUE(bytes_to_json(bytes).contains("hex")) << bytes;
  }
}

TEST(BytesJsonTest, AllBytesGoThereAndBack) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_EQ(there_and_back(all), all);
  for (const char c : all) EXPECT_EQ(there_and_back({c}), std::string(1, c));
  EXPECT_EQ(there_and_back("안녕\n\"\\"), "안녕\n\"\\");
}

TEST(BytesJsonTest, LongBytesAreCutAndTheirSizeAndHashKept) {
  const Json json = bytes_to_json(std::string(5000, 'x'));
  EXPECT_EQ(json.at("text"), std::string(4096, 'x'));
  EXPECT_EQ(json.at("length"), 5000);
  EXPECT_EQ(json.at("sha256"), sha256_hex(std::string(5000, 'x')));
  EXPECT_FALSE(bytes_to_json(std::string(4096, 'x')).contains("length"));
}

TEST(BytesJsonTest, ALetterIsNotCutInTwo) {
  EXPECT_EQ(bytes_to_json("aa안녕", 4).at("text"), "aa");
  EXPECT_EQ(bytes_to_json("aa안녕", 5).at("text"), "aa안");
  EXPECT_EQ(bytes_to_json("\x80\x80\x80", 2).at("hex"), "8080");
}

TEST(BytesJsonTest, TheHashIsSha256) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(BytesJsonTest, WhatIsNoBytesIsAnError) {
  EXPECT_EQ(error_of(R"({"hex": "zz"})"),
            "report.json: /output/hex: is not hex; a report is not meant to be edited");
  EXPECT_EQ(error_of(R"({"hex": "abc"})"),
            "report.json: /output/hex: is not hex; a report is not meant to be edited");
  EXPECT_EQ(error_of("{}"), "report.json: /output: the field \"hex\" is missing");
  EXPECT_EQ(error_of("7"), "report.json: /output: this is a number; write an object, { … }");
  EXPECT_EQ(error_of(R"({"txt": "a"})"),
            "report.json: /output: the field \"txt\" is not known here; did you mean \"text\"? "
            "(known: text, hex, "
            "length, sha256)");
}

}  // namespace
}  // namespace sockspec::reports
