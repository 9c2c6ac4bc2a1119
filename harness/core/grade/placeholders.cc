#include "core/grade/placeholders.h"

#include <algorithm>

#include "core/nearest.h"

namespace sockspec::grade {
namespace {

const std::vector<std::string>& known() {
  static const std::vector<std::string> kNames{"port", "host", "file", "class"};
  return kNames;
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

std::string replaced(std::string word, std::string_view name, const std::string& value) {
  const std::string placeholder = "{" + std::string(name) + "}";
  for (std::size_t at = word.find(placeholder); at != std::string::npos;
       at = word.find(placeholder, at + value.size())) {
    word.replace(at, placeholder.size(), value);
  }
  return word;
}

}  // namespace

std::vector<std::string> placeholders_in(std::string_view word) {
  std::vector<std::string> found;
  for (std::size_t open = word.find('{'); open != std::string_view::npos;
       open = word.find('{', open + 1)) {
    const std::size_t close = word.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string name(word.substr(open + 1, close - open - 1));
    if (is_name(name) && !nearest(name, known()).empty()) found.push_back(name);
  }
  return found;
}

bool uses(const Words& words, std::string_view name) {
  const std::string placeholder = "{" + std::string(name) + "}";
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word.find(placeholder) != std::string::npos;
  });
}

Recipe filled_in(const Recipe& recipe, const std::string& file) {
  const std::size_t dot = file.find_last_of('.');
  const std::string stem = file.substr(0, dot == 0 ? std::string::npos : dot);
  Recipe filled = recipe;
  const auto fill = [&](Words& words) {
    for (std::string& word : words) word = replaced(replaced(word, "file", file), "class", stem);
  };
  for (Words& words : filled.build) fill(words);
  fill(filled.run);
  return filled;
}

}  // namespace sockspec::grade
