#include "reports/messages.h"

#include <map>
#include <nlohmann/json.hpp>

#include "core/embedded_file.h"

namespace sockspec::reports {
namespace {

using Catalogue = std::map<std::string, std::string, std::less<>>;

constexpr int kDeepest = 2;  // a message in a message in a message; a report may name itself

Catalogue read_catalogue(std::string_view lang) {
  Catalogue catalogue;
  const EmbeddedFile* const file = find_file(embedded_messages(), std::string(lang) + ".json");
  if (!file) return catalogue;
  const auto document = nlohmann::json::parse(file->content, nullptr, false);
  for (const auto& [id, text] : document.items())
    catalogue[id] = text.is_string() ? text.get<std::string>() : "";
  return catalogue;
}

const Catalogue& catalogue(std::string_view lang) {
  static const Catalogue english = read_catalogue("en");
  static const Catalogue korean = read_catalogue("ko");
  return lang == "ko" ? korean : english;
}

// English says "1 byte": the plural that follows a number in a text, without its s.
std::string_view plural_at(std::string_view text) {
  for (const std::string_view plural : {" bytes", " scenarios", " warnings"}) {
    if (text.starts_with(plural)) return plural;
  }
  return {};
}

// A message with the words of its language. `depth`: it is inside so many others.
struct Worded {
  const Message& message;
  const Catalogue& words;
  int depth = 0;
};

std::string worded(std::string_view pattern, const Worded& in);

// {@name}: the parameter is the id of a message with the same parameters, or else text.
std::string value_of(std::string_view name, const Worded& in) {
  if (!name.starts_with('@')) return in.message.param(name);
  std::string value = in.message.param(name.substr(1));
  const auto found = in.words.find(value);
  if (in.depth == kDeepest || found == in.words.end()) return value;
  return worded(found->second, {in.message, in.words, in.depth + 1});
}

// Replaces every {name}. `zero` is set when one of them is 0.
std::string filled(std::string_view pattern, const Worded& in, bool* zero) {
  std::string text;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    text += pattern.substr(at, close == std::string_view::npos ? close : open - at);
    if (close == std::string_view::npos) return text;
    const std::string value = value_of(pattern.substr(open + 1, close - open - 1), in);
    *zero = *zero || value == "0";
    text += value;
    at = close + 1;
    const std::string_view plural =
        value == "1" ? plural_at(pattern.substr(at)) : std::string_view();
    if (plural.empty()) continue;
    text += plural.substr(0, plural.size() - 1);
    at += plural.size();
  }
  return text;
}

// At most one part in [[…]], which is left out when it would tell of nothing.
std::string worded(std::string_view pattern, const Worded& in) {
  bool zero = false;
  const std::size_t open = pattern.find("[[");
  const std::size_t close = pattern.find("]]");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return filled(pattern, in, &zero);
  }
  const std::string before = filled(pattern.substr(0, open), in, &zero);
  const std::string after = filled(pattern.substr(close + 2), in, &zero);
  zero = false;
  const std::string part = filled(pattern.substr(open + 2, close - open - 2), in, &zero);
  return before + (zero ? "" : part) + after;
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
  return worded(found->second, {message, words});
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
