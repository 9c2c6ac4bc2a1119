#include "reports/html/page.h"

#include <sha2.h>

#include <array>
#include <vector>

#include "core/embedded_file.h"
#include "reports/base64.h"
#include "reports/messages.h"
#include "reports/printable.h"

namespace sockspec::reports {
namespace {

std::string escaped_with(std::string_view text, const char* newline) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\n': out += newline; break;
      default: out += c;
    }
  }
  return out;
}

struct Assets {
  std::string styles;
  std::vector<std::string_view> scripts;
};

void add(Assets& assets, std::span<const EmbeddedFile> files) {
  for (const EmbeddedFile& file : files) {
    if (file.name.ends_with(".css")) assets.styles += file.content;
    if (file.name.ends_with(".js")) assets.scripts.push_back(file.content);
  }
}

// As a Content-Security-Policy names a script that may run (CSP Level 3, 2.3.1).
std::string source_hash(std::string_view script) {
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA2_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(script.data()), script.size());
  SHA256Final(digest.data(), &context);
  return "'sha256-" + to_base64({reinterpret_cast<const char*>(digest.data()), digest.size()}) +
         "'";
}

// Nothing is fetched, whatever a server managed to smuggle in. The icon is an empty data: address,
// because browsers ask the host for one otherwise.
std::string policy(const Assets& assets) {
  std::string scripts;
  for (const std::string_view script : assets.scripts) scripts += " " + source_hash(script);
  return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src" + scripts +
         "; base-uri 'none'; form-action 'none'";
}

// What the scripts say, since they have no words of their own.
std::string words(const std::string& lang) {
  const auto word = [&](const char* name, const char* id) {
    return html_attribute(name, render({id}, lang));
  };
  return word("data-copy", "html.copy") + word("data-copied", "html.copied") +
         word("data-not-copied", "html.not-copied");
}

}  // namespace

std::string html_text(std::string_view text) { return escaped_with(text, "\n"); }

std::string html_attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + escaped_with(value, "&#10;") + "\"";
}

std::string html_page(const HtmlPage& page) {
  Assets assets;
  add(assets, embedded_html());
  if (page.charts) add(assets, embedded_charts());
  std::string out = "<!DOCTYPE html>\n<html" + html_attribute("lang", page.lang) +
                    ">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\"" +
                    html_attribute("content", policy(assets)) +
                    ">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n"
                    "<meta name=\"generator\" content=\"sockspec\">\n"
                    "<link rel=\"icon\" href=\"data:,\">\n<title>" +
                    html_text(page.title) + "</title>\n<style>\n" + assets.styles +
                    "</style>\n</head>\n<body" + words(page.lang) +
                    ">\n<a class=\"skip\" href=\"#main\">" +
                    html_text(render({"html.skip"}, page.lang)) + "</a>\n<main id=\"main\">\n" +
                    page.body + "</main>\n";
  for (const std::string_view script : assets.scripts)
    out += "<script>" + std::string(script) + "</script>\n";
  return out + "</body>\n</html>\n";
}

}  // namespace sockspec::reports
