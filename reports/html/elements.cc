#include "reports/html/elements.h"

#include "reports/html/page.h"
#include "reports/messages.h"

namespace sockspec::reports {

std::string html_wrap(std::string_view tag, std::string_view html, std::string_view css_class) {
  const std::string name(tag);
  const std::string attribute = css_class.empty() ? "" : html_attribute("class", css_class);
  return "<" + name + attribute + ">" + std::string(html) + "</" + name + ">";
}

std::string html_element(std::string_view tag, std::string_view text, std::string_view css_class) {
  return html_wrap(tag, html_text(text), css_class);
}

std::string html_paragraphs(std::string_view text, std::string_view css_class) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (!line.empty()) out += html_element("p", line, css_class) + "\n";
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
  }
  return out;
}

std::string html_code(std::string_view text, std::string_view label, Lines lines) {
  const char* const css_class = lines == Lines::Wrap ? "code wraps" : "code";
  return html_wrap("div",
                   "<pre data-copy" + html_attribute("aria-label", label) + ">" + html_text(text) +
                       "</pre>",
                   css_class) +
         "\n";
}

std::string html_word(const char* id, std::string_view lang) { return render({id}, lang); }

std::string html_anchor(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    out += plain || c == '.' || c == '_' ? c : '-';
  }
  return out;
}

}  // namespace sockspec::reports
