#include "reports/reproduce.h"

#include <algorithm>

namespace sockspec::reports {
namespace {

// Options that select, say where a report goes, or excuse: the repetition has its own selection and
// shows what fails.
constexpr std::string_view kReplaced[] = {
    "--only",   "--skip",  "--level",    "--seed",        "--json",     "--junit",
    "--tap",    "--html",  "--markdown", "--gradescope",  "--text",     "--ndjson",
    "--repeat", "--shard", "--known",    "--write-known", "--snippets", "--wrapper"};
constexpr std::string_view kDropped[] = {"--github"};  // those without a value

bool is_replaced(const std::string& word, bool* value_follows) {
  *value_follows = false;
  for (const std::string_view option : kDropped) {
    if (word == option) return true;
  }
  for (const std::string_view option : kReplaced) {
    *value_follows = word == option;
    if (*value_follows || word.starts_with(std::string(option) + "=")) return true;
  }
  return false;
}

}  // namespace

std::string server_text(const Target& target) {
  if (target.builtin) return "sockspec serve";
  if (target.command.empty()) return target.address;
  std::string text;
  for (const std::string& word : target.command)
    text += (text.empty() ? "" : " ") + shell_quoted(word);
  return text;
}

std::string shell_quoted(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,@%+{}";
  const bool plain = !word.empty() && word.find_first_not_of(kPlain) == std::string::npos;
  if (plain) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string reproduce_command(const CheckReport& report, const std::string& scenario) {
  const std::string selection =
      " --only " + shell_quoted(scenario) + " --seed " + std::to_string(report.seed);
  std::string command;
  bool selected = false;
  for (std::size_t i = 0; i < report.command.size(); ++i) {
    const std::string& word = report.command[i];
    bool value_follows = false;
    if (!selected && is_replaced(word, &value_follows)) {
      i += value_follows ? 1 : 0;
      continue;
    }
    if (!selected && word == "--") {
      command += selection;
      selected = true;
    }
    command += (command.empty() ? "" : " ") + shell_quoted(word);
  }
  return selected ? command : command + selection;
}

}  // namespace sockspec::reports
