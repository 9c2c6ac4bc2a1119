// What a comparison of check reports looks like, word for word: reports/golden/compare.
// SOCKSPEC_UPDATE_GOLDEN=1 writes them anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "reports/check_compare_json.h"
#include "reports/check_compare_markdown.h"
#include "reports/check_compare_text.h"
#include "reports/comparison_for_test.h"
#include "reports/html/check_compare_page.h"

namespace sockspec::reports::test {
namespace {

void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(SOCKSPEC_SOURCE_DIR) + "/reports/golden/compare/" + name;
  if (std::getenv("SOCKSPEC_UPDATE_GOLDEN")) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(text, golden.str()) << path;
}

// Without the style sheet and the script, which other tests are about.
std::string main_part(const std::string& page) {
  const std::size_t begin = page.find("<main"), end = page.find("</main>");
  return begin < end ? page.substr(begin, end - begin) + "</main>\n" : "no <main>";
}

class ComparisonGoldenTest : public testing::TestWithParam<std::string> {
 protected:
  static Pair pair() {
    if (GetParam() == "everything") return everything();
    if (GetParam() == "swapped") return swapped(everything());
    if (GetParam() == "nothing") return nothing();
    return GetParam() == "in-doubt" ? in_doubt() : incomplete();
  }
};

TEST_P(ComparisonGoldenTest, TextInEnglishAndKorean) {
  expect_golden(GetParam() + ".en.txt", check_compare_text(story(pair()), {}));
  expect_golden(GetParam() + ".ko.txt", check_compare_text(story(in_korean(pair())), {}));
}

TEST_P(ComparisonGoldenTest, MarkdownInEnglishAndKorean) {
  expect_golden(GetParam() + ".en.md", check_compare_markdown(story(pair()), "en"));
  expect_golden(GetParam() + ".ko.md", check_compare_markdown(story(in_korean(pair())), "ko"));
}

TEST_P(ComparisonGoldenTest, PageInEnglishAndKorean) {
  expect_golden(GetParam() + ".en.html", main_part(check_compare_html(story(pair()), "en")));
  expect_golden(GetParam() + ".ko.html",
                main_part(check_compare_html(story(in_korean(pair())), "ko")));
}

TEST_P(ComparisonGoldenTest, Json) {
  const Pair pair = ComparisonGoldenTest::pair();
  expect_golden(GetParam() + ".en.json",
                check_comparison_to_json(compared(pair), {"old.json", "new.json"}, "1.3.0"));
}

TEST(ComparisonGoldenJsonTest, InKorean) {
  const Pair pair = in_korean(everything());
  expect_golden("everything.ko.json",
                check_comparison_to_json(compared(pair), {"old.json", "new.json"}, "1.3.0"));
}

INSTANTIATE_TEST_SUITE_P(All, ComparisonGoldenTest,
                         testing::Values("everything", "swapped", "nothing", "in-doubt",
                                         "incomplete"),
                         [](const auto& named) {
                           std::string name;
                           for (const char c : named.param) name += c == '-' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace sockspec::reports::test
