#include "reports/xml_escape.h"

#include "reports/printable.h"

namespace sockspec::reports {
namespace {

std::string escaped_with(std::string_view text, const char* quote, const char* newline) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;  // "]]>" is forbidden in text
      case '"': out += quote; break;
      case '\n': out += newline; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace

std::string xml_text(std::string_view text) { return escaped_with(text, "\"", "\n"); }

std::string xml_attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + escaped_with(value, "&quot;", "&#10;") + "\"";
}

}  // namespace sockspec::reports
