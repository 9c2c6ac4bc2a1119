#include "reports/html/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "core/embedded_file.h"

namespace sockspec::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(HtmlPageTest, ItIsADocumentOfItsLanguage) {
  const std::string page = html_page({"ko", "보고서", "<h1>본문</h1>"});
  EXPECT_THAT(page, testing::StartsWith("<!DOCTYPE html>\n<html lang=\"ko\">"));
  EXPECT_THAT(page, HasSubstr("<meta charset=\"utf-8\">"));
  EXPECT_THAT(page, HasSubstr("<title>보고서</title>"));
  EXPECT_THAT(page, HasSubstr("<main id=\"main\">\n<h1>본문</h1></main>"));
  EXPECT_THAT(page, HasSubstr("본문으로 건너뛰기"));
}

TEST(HtmlPageTest, ATitleIsText) {
  EXPECT_THAT(html_page({"en", "</title><script>x", ""}),
              HasSubstr("<title>&lt;/title&gt;&lt;script&gt;x</title>"));
}

// No address of a host stands anywhere but in text and in links that somebody must click.
TEST(HtmlPageTest, NothingIsFetched) {
  for (const bool charts : {false, true}) {
    const std::string page = html_page({"en", "t", "<h1>b</h1>", charts});
    EXPECT_THAT(page, HasSubstr("default-src &#39;none&#39;"));
    EXPECT_THAT(page, HasSubstr("form-action &#39;none&#39;"));
    EXPECT_THAT(page, Not(HasSubstr(" src=")));
    EXPECT_THAT(page, Not(HasSubstr("@import")));
    EXPECT_THAT(page, Not(HasSubstr("url(")));
    EXPECT_THAT(page, HasSubstr("<link rel=\"icon\" href=\"data:,\">"));
  }
}

// Each script that is there is named by its hash, so that no other one can run.
TEST(HtmlPageTest, OnlyOurScriptsMayRun) {
  const auto count = [](const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
      ++found;
    return found;
  };
  for (const bool charts : {false, true}) {
    const std::string page = html_page({"en", "t", "", charts});
    EXPECT_EQ(count(page, "<script>"), count(page, "&#39;sha256-"));
    EXPECT_GE(count(page, "<script>"), charts ? 2U : 1U);
    EXPECT_THAT(page, Not(HasSubstr("script-src &#39;unsafe-inline")));
  }
}

// A script or a style that holds its own end tag would end there.
TEST(HtmlPageTest, WhatIsEmbeddedCannotEndItself) {
  for (const auto files : {embedded_html(), embedded_charts()}) {
    for (const EmbeddedFile& file : files) {
      const std::string text(file.content);
      EXPECT_THAT(text, Not(HasSubstr("</script"))) << file.name;
      EXPECT_THAT(text, Not(HasSubstr("<!--"))) << file.name;
      EXPECT_THAT(text, Not(HasSubstr("</style"))) << file.name;
    }
  }
}

TEST(HtmlTextTest, MarkupIsText) {
  EXPECT_EQ(html_text("<b a=\"1\" c='2'>&amp;</b>\n]]> <!-- -->"),
            "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;\n]]&gt; &lt;!-- --&gt;");
}

TEST(HtmlTextTest, ControlCharactersAndBrokenUtf8AreWrittenOut) {
  EXPECT_EQ(html_text("\x1b[31m"), "\\x1b[31m");
  EXPECT_EQ(html_text("a\xff\xc3z"), "a\\xff\\xc3z");
  EXPECT_EQ(html_text(std::string_view("\0", 1)), "\\0");
  EXPECT_EQ(html_text("안녕"), "안녕");
}

TEST(HtmlAttributeTest, ItCannotBeLeft) {
  EXPECT_EQ(html_attribute("title", "\" onload='x'\n>"),
            " title=\"&quot; onload=&#39;x&#39;&#10;&gt;\"");
}

}  // namespace
}  // namespace sockspec::reports
