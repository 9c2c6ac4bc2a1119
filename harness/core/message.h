// Message: a text for people, as an id and parameters.
//
// The core never writes prose: it names what it saw, and reports/messages/*.json hold the words in
// each language. Parameters are already text (numbers, names, excerpts of bytes).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sockspec {

struct Message {
  std::string id;
  std::vector<std::pair<std::string, std::string>> params = {};

  bool empty() const { return id.empty(); }
  // The value of the parameter with this name; "" where there is none.
  std::string param(std::string_view name) const {
    for (const auto& [key, value] : params) {
      if (key == name) return value;
    }
    return {};
  }
  bool operator==(const Message&) const = default;
};

// A text that a scenario or profile file brings along in both languages. `ko` may be empty: the
// English text is shown then.
struct LocalizedText {
  std::string en;
  std::string ko;

  const std::string& in(std::string_view lang) const {
    return lang == "ko" && !ko.empty() ? ko : en;
  }
  bool operator==(const LocalizedText&) const = default;
};

}  // namespace sockspec
