// The shell of every HTML report: one file that needs nothing else.
//
// It opens from disk and from a CI artifact. Without JavaScript everything is there to be read;
// with it there are search, filters and buttons to copy. Jenkins' policy forbids the style sheet as
// well, so a body must be readable as plain HTML: headings, lists, tables, <details>, and SVG that
// carries its colours as attributes. A Content-Security-Policy in the page forbids every request,
// every form and every script but our own, which are named by their hash; a style may stand in an
// attribute.
//
// Pure functions, for any thread.
#pragma once

#include <string>
#include <string_view>

namespace sockspec::reports {

struct HtmlPage {
  std::string lang;     // "en" or "ko"
  std::string title;    // plain text
  std::string body;     // HTML: what stands inside <main>; it begins with an <h1>
  bool charts = false;  // embeds the chart library
};

std::string html_page(const HtmlPage& page);

// Any bytes as text between tags: printable (reports/printable.h), then escaped. Lines stay lines.
std::string html_text(std::string_view text);

// The attribute with the space before it: ` name="value"`.
std::string html_attribute(std::string_view name, std::string_view value);

}  // namespace sockspec::reports
