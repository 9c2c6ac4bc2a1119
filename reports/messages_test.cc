#include "reports/messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "core/grade/grade_names.h"
#include "core/names.h"

namespace sockspec::reports {
namespace {

namespace fs = std::filesystem;

std::set<std::string> ids(std::string_view lang) {
  const auto list = message_ids(lang);
  return {list.begin(), list.end()};
}

bool is_test_code(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with("_test.cc") || name.starts_with("test_") ||
         name.find("_for_test.") != std::string::npos ||
         path.string().find("/fuzz/") != std::string::npos;
}

// All string literals of the product that look like the id of a message.
std::set<std::string> ids_in_sources() {
  std::string topics;
  for (const std::string& id : ids("en")) {
    const std::string topic = id.substr(0, id.find('.'));
    if (("|" + topics).find("|" + topic) == std::string::npos)
      topics += (topics.empty() ? "" : "|") + topic;
  }
  const std::regex literal("\"((" + topics + ")\\.[a-z][a-z-]*)\"");
  std::set<std::string> found;
  for (const char* const folder : {"harness", "reports"}) {
    for (const auto& file :
         fs::recursive_directory_iterator(fs::path(SOCKSPEC_SOURCE_DIR) / folder)) {
      const bool source = file.path().extension() == ".cc" || file.path().extension() == ".h";
      if (!source || is_test_code(file.path())) continue;
      std::ifstream in(file.path());
      const std::string text((std::istreambuf_iterator<char>(in)),
                             std::istreambuf_iterator<char>());
      for (auto at = std::sregex_iterator(text.begin(), text.end(), literal);
           at != std::sregex_iterator(); ++at) {
        found.insert((*at)[1]);
      }
    }
  }
  for (const Named<Outcome>& outcome : names<Outcome>()) {
    found.insert("console." + std::string(outcome.name));
    found.insert("standing." + std::string(outcome.name));
  }
  for (const Named<grade::State>& state : names<grade::State>())
    found.insert("state." + std::string(state.name));
  for (const Named<Resource>& resource : names<Resource>()) {
    found.insert("expect." + std::string(resource.name));
    found.insert("seen." + std::string(resource.name));
  }
  for (const char* const resource : {"descriptors", "memory"})
    found.insert("seen." + std::string(resource) + "-alone");
  for (const Named<Axis>& axis : names<Axis>()) {
    for (const char* const verdict : {"-right", "-wrong"})
      found.insert("axis." + std::string(axis.name) + verdict);
  }
  for (const Named<ServerAct>& act : names<ServerAct>())
    found.insert("line.server-" + std::string(act.name));
  std::erase_if(found, [](const std::string& id) { return id.ends_with('-'); });  // a name follows
  return found;
}

TEST(MessagesTest, BothLanguagesHaveTheSameMessages) {
  EXPECT_EQ(ids("en"), ids("ko"));
  EXPECT_GT(ids("en").size(), 50U);
}

TEST(MessagesTest, BothLanguagesUseTheSameParameters) {
  for (const std::string& id : ids("en")) {
    auto english = placeholders("en", id);
    auto korean = placeholders("ko", id);
    std::sort(english.begin(), english.end());
    std::sort(korean.begin(), korean.end());
    EXPECT_EQ(english, korean) << id;
  }
}

TEST(MessagesTest, EveryMessageThatTheSourcesNameIsThere) {
  const std::set<std::string> known = ids("en");
  for (const std::string& id : ids_in_sources()) EXPECT_TRUE(known.contains(id)) << id;
}

TEST(MessagesTest, NoMessageIsUnused) {
  const std::set<std::string> used = ids_in_sources();
  for (const std::string& id : ids("en")) EXPECT_TRUE(used.contains(id)) << id;
}

TEST(MessagesTest, NoTextIsEmptyOrBreaksItsLine) {
  for (const char* const lang : {"en", "ko"}) {
    for (const std::string& id : ids(lang)) {
      const std::string text = render({id, {}}, lang);
      EXPECT_EQ(text.find('\n'), std::string::npos) << id;
      EXPECT_FALSE(text.empty() && placeholders(lang, id).empty()) << lang << " " << id;
    }
  }
}

TEST(RenderTest, ParametersAreFilledIn) {
  EXPECT_EQ(render({"exit.signal", {{"signal", "9"}, {"name", "Killed"}}}, "en"),
            "the server was killed by signal 9 (Killed)");
  EXPECT_EQ(render({"exit.code", {{"code", "3"}}}, "ko"), "서버가 코드 3(으)로 종료했습니다");
}

TEST(RenderTest, AMessageInsideAMessageIsInTheSameLanguage) {
  const Message message{"start.exited",
                        {{"code", "3"}, {"port", "7"}, {"words", "start.said"}, {"said", "\nno"}}};
  EXPECT_EQ(render(message, "en"),
            "the server exited with code 3 before it listened on port 7; its last words:\nno");
  EXPECT_EQ(render(message, "ko"),
            "서버가 포트 7에서 듣기 전에 코드 3(으)로 종료했습니다. 마지막 출력:\nno");
}

TEST(RenderTest, WhereNoMessageIsInsideTheTextIsShown) {
  EXPECT_EQ(render({"exit.not-restarted", {{"why", "no {luck}"}}}, "en"),
            "the server could not be started again: no {luck}");
  EXPECT_EQ(render({"exit.not-restarted", {{"why", "exit.not-restarted"}}}, "en"),
            "the server could not be started again: the server could not be started again: "
            "the server could not be started again: exit.not-restarted")
      << "no deeper than is needed";
}

TEST(RenderTest, AnUnknownLanguageIsEnglish) {
  EXPECT_EQ(render({"line.connect"}, "fr"), render({"line.connect"}, "en"));
}

TEST(RenderTest, AnUnknownMessageIsShownWithItsParameters) {
  EXPECT_EQ(render({"no.such", {{"a", "1"}, {"b", "x"}}}, "en"), "no.such a=1 b=x");
}

TEST(RenderTest, NoMessageIsNoText) { EXPECT_EQ(render({}, "en"), ""); }

TEST(RenderTest, BracesInAParameterAreLeftAlone) {
  EXPECT_EQ(render({"error.text", {{"text", "{text} [[0]] {"}}}, "en"), "{text} [[0]] {");
}

TEST(RenderTest, OneIsSingularInEnglish) {
  EXPECT_EQ(render({"line.sent", {{"bytes", "1"}}}, "en"), "sent 1 byte");
  EXPECT_EQ(render({"line.sent", {{"bytes", "11"}}}, "en"), "sent 11 bytes");
}

// What the server said is evidence, not grammar.
TEST(RenderTest, AnExcerptIsNeverMadeSingular) {
  const Message message{"line.write", {{"bytes", "7"}, {"excerpt", "\"1 bytes\""}}};
  EXPECT_EQ(render(message, "en"), "send 7 bytes: \"1 bytes\"");
}

TEST(LanguageTest, KoreanLocalesAreKorean) {
  EXPECT_EQ(language_of_locale("ko_KR.UTF-8"), "ko");
  for (const char* const locale : {"", "C", "en_US.UTF-8", "POSIX", "de_DE"})
    EXPECT_EQ(language_of_locale(locale), "en");
}

TEST(LanguageTest, TwoLanguagesAreKnown) {
  EXPECT_TRUE(is_language("en"));
  EXPECT_TRUE(is_language("ko"));
  EXPECT_FALSE(is_language(""));
  EXPECT_FALSE(is_language("EN"));
}

}  // namespace
}  // namespace sockspec::reports
