#include "reports/messages.h"

#include <map>
#include <nlohmann/json.hpp>

#include "core/embedded_file.h"

namespace sockspec::reports {
namespace {

using Catalogue = std::map<std::string, std::string, std::less<>>;

Catalogue read_catalogue(std::string_view lang) {
  Catalogue catalogue;
  for (const EmbeddedFile& file : embedded_messages()) {
    if (file.name != std::string(lang) + ".json") continue;
    const auto document = nlohmann::json::parse(file.content, nullptr, false);
    for (const auto& [id, text] : document.items())
      catalogue[id] = text.is_string() ? text.get<std::string>() : "";
  }
  return catalogue;
}

const Catalogue& catalogue(std::string_view lang) {
  static const Catalogue english = read_catalogue("en");
  static const Catalogue korean = read_catalogue("ko");
  return lang == "ko" ? korean : english;
}

std::string filled(const std::string& pattern, const Message& message) {
  std::string text;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == std::string::npos ? open : pattern.find('}', open);
    if (close == std::string::npos) return text + pattern.substr(at);
    text += pattern.substr(at, open - at);
    const std::string name = pattern.substr(open + 1, close - open - 1);
    for (const auto& [param, value] : message.params) {
      if (param == name) text += value;
    }
    at = close + 1;
  }
  return text;
}

// English says "1 byte".
std::string singular(std::string text) {
  for (const std::string_view plural : {" bytes", " scenarios", " warnings"}) {
    const std::string one = "1" + std::string(plural);
    for (std::size_t at = text.find(one); at != std::string::npos; at = text.find(one, at + 1)) {
      const bool whole_number = at == 0 || text[at - 1] < '0' || text[at - 1] > '9';
      if (whole_number) text.erase(at + one.size() - 1, 1);
    }
  }
  return text;
}

}  // namespace

bool is_language(std::string_view lang) { return lang == "en" || lang == "ko"; }

std::string language_of_locale(std::string_view locale) {
  return locale.starts_with("ko") ? "ko" : "en";
}

std::string render(const Message& message, std::string_view lang) {
  if (message.empty()) return {};
  const Catalogue& words = catalogue(lang);
  const auto found = words.find(message.id);
  if (found == words.end()) {
    std::string text = message.id;
    for (const auto& [name, value] : message.params) text += " " + name + "=" + value;
    return text;
  }
  return lang == "ko" ? filled(found->second, message) : singular(filled(found->second, message));
}

std::vector<std::string> message_ids(std::string_view lang) {
  std::vector<std::string> ids;
  for (const auto& [id, text] : catalogue(lang)) ids.push_back(id);
  return ids;
}

std::vector<std::string> placeholders(std::string_view lang, const std::string& id) {
  std::vector<std::string> names;
  const auto found = catalogue(lang).find(id);
  if (found == catalogue(lang).end()) return names;
  const std::string& text = found->second;
  for (std::size_t open = text.find('{'); open != std::string::npos;
       open = text.find('{', open + 1)) {
    names.push_back(text.substr(open + 1, text.find('}', open) - open - 1));
  }
  return names;
}

}  // namespace sockspec::reports
