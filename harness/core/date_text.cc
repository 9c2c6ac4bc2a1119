#include "core/date_text.h"

#include <cctype>
#include <cstdint>
#include <string>
#include <vector>

namespace sockspec {
namespace {

struct Token {
  std::string text;
  bool number = false;
  int value = 0;
  char after = '\0';  // the character behind it
};

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size();) {
    const bool number = is_digit(text[i]);
    if (!number && !is_letter(text[i])) {
      ++i;
      continue;
    }
    Token token;
    token.number = number;
    while (i < text.size() && (number ? is_digit(text[i]) : is_letter(text[i]))) {
      token.text += static_cast<char>(std::tolower(static_cast<unsigned char>(text[i++])));
    }
    if (number && token.text.size() <= 4) token.value = std::stoi(token.text);
    if (number && token.text.size() > 4) token.value = -1;
    if (i < text.size()) token.after = text[i];
    tokens.push_back(std::move(token));
  }
  return tokens;
}

bool is_month_name(const Token& token) {
  constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                          "jul", "aug", "sep", "oct", "nov", "dec"};
  if (token.number || token.text.size() < 3) return false;
  for (const std::string_view month : kMonths) {
    if (token.text.starts_with(month)) return true;
  }
  return false;
}

bool in_range(const Token& token, int low, int high) {
  return token.number && token.value >= low && token.value <= high;
}

bool is_plain(std::string_view text) {
  for (const char c : text) {
    if ((c < 0x20 && c != '\r' && c != '\n' && c != '\t') || c == 0x7F || (c & 0x80) != 0)
      return false;
  }
  const std::size_t begin = text.find_first_not_of("\r\n ");
  const std::size_t end = text.find_last_not_of("\r\n ");
  return end != std::string_view::npos &&
         text.substr(begin, end - begin).find('\n') == std::string_view::npos;
}

}  // namespace

bool is_date_text(std::string_view text) {
  if (!is_plain(text)) return false;
  bool time = false;
  bool month_name = false;
  std::vector<Token> rest;  // numbers that are not part of the time
  const std::vector<Token> tokens = tokens_of(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    month_name = month_name || is_month_name(tokens[i]);
    const bool hours = tokens[i].after == ':' && i + 1 < tokens.size();
    if (hours && in_range(tokens[i], 0, 23) && in_range(tokens[i + 1], 0, 59)) {
      time = true;
      i += tokens[i + 1].after == ':' ? 2 : 1;
    } else if (tokens[i].number) {
      rest.push_back(tokens[i]);
    }
  }
  bool day = false;
  bool year = false;
  for (const Token& token : rest) {
    year = year || in_range(token, 1900, 9999) || (token.text.size() == 2 && token.value >= 0);
    day = day || in_range(token, 1, 31);
  }
  const std::size_t needed = month_name ? 2 : 3;
  return time && day && year && rest.size() >= needed;
}

}  // namespace sockspec
