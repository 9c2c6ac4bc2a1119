// The small pieces that pages are made of. All text is escaped here, once. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace sockspec::reports {

// <p class="lead">text</p>; no class where there is none.
std::string html_element(std::string_view tag, std::string_view text,
                         std::string_view css_class = "");

// The same around what is HTML already.
std::string html_wrap(std::string_view tag, std::string_view html, std::string_view css_class = "");

// One <p> for each line of a text.
std::string html_paragraphs(std::string_view text, std::string_view css_class = "");

// A <pre> with a button to copy it, for those who have JavaScript. `label` says what it is.
enum class Lines { Scroll, Wrap };  // what becomes of long ones
std::string html_code(std::string_view text, std::string_view label, Lines lines = Lines::Scroll);

// What a page says in its own words, by message id; plain text, not yet escaped.
std::string html_word(const char* id, std::string_view lang);

// An anchor: letters, digits, '.', '_' and '-' of a name; what is another name may share it.
std::string html_anchor(std::string_view name);

}  // namespace sockspec::reports
