#include "cli/options.h"

// A comma in --set reply.text="Hello, Client!" separates nothing.
#define CXXOPTS_VECTOR_DELIMITER '\0'
#include <algorithm>
#include <charconv>
#include <cxxopts.hpp>
#include <sstream>

#include "core/nearest.h"
#include "scenario/units.h"

namespace sockspec::cli {
namespace {

constexpr const char* kOperands = "sockspec-operands";

std::string flag_of(const OptionSpec& option) {
  return (option.name.size() == 1 ? "-" : "--") + option.name;
}

std::vector<std::string> flags_of(const CommandSpec& spec) {
  std::vector<std::string> flags = {"--help"};
  for (const OptionSpec& option : spec.options) flags.push_back(flag_of(option));
  return flags;
}

// cxxopts says only that an option is wrong; this says what is, and what was meant.
std::optional<Error> find_misuse(const CommandSpec& spec, const std::vector<std::string>& words) {
  const std::vector<std::string> flags = flags_of(spec);
  const auto is_flag = [&](const std::string& word) {
    return std::find(flags.begin(), flags.end(), word) != flags.end();
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word.size() < 2 || word[0] != '-' || word == "-h") continue;
    const std::size_t equals = word.find('=');
    const std::string flag = word.substr(0, equals);
    if (!is_flag(flag)) {
      return usage_error("there is no option \"" + flag + "\"" + did_you_mean(flag, flags) +
                         " (--help shows all)");
    }
    const auto option =
        std::find_if(spec.options.begin(), spec.options.end(),
                     [&](const OptionSpec& known) { return flag_of(known) == flag; });
    const bool takes_value = option != spec.options.end() && !option->value.empty();
    if (equals != std::string::npos) {
      if (!takes_value) return usage_error(flag + " takes no value (--help shows how)");
    } else if (takes_value) {
      const bool missing = i + 1 == words.size() || is_flag(words[i + 1]);
      if (missing)
        return usage_error(flag + " needs a value: " + flag + " " + option->value +
                           " (--help shows how)");
      ++i;
    }
  }
  return std::nullopt;
}

cxxopts::Options declare(const CommandSpec& spec) {
  cxxopts::Options options("sockspec");
  options.add_options()("h,help", "");
  options.add_options()(kOperands, "", cxxopts::value<std::vector<std::string>>());
  for (const OptionSpec& option : spec.options) {
    if (option.value.empty()) {
      options.add_options()(option.name, "");
    } else {
      options.add_options()(option.name, "", cxxopts::value<std::vector<std::string>>());
    }
  }
  options.parse_positional({kOperands});
  return options;
}

std::optional<Error> check_counts(const CommandSpec& spec, const ParsedOptions& parsed) {
  for (const OptionSpec& option : spec.options) {
    const std::size_t times = parsed.all(option.name).size();
    if (times > 1 && !option.repeatable && !option.value.empty()) {
      return usage_error(flag_of(option) + " stands " + std::to_string(times) +
                         " times; give it once");
    }
  }
  const std::size_t operands = parsed.operands().size();
  if (operands < spec.least_operands)
    return usage_error(spec.operands + " is missing (--help shows how)");
  if (operands > spec.most_operands) {
    return usage_error("\"" + parsed.operands()[spec.most_operands] + "\" is one word too many" +
                       (spec.most_operands == 0 ? "" : " after " + spec.operands) +
                       "; the command of a server comes after \"--\" (--help shows how)");
  }
  return std::nullopt;
}

std::optional<Error> check_names(const CommandSpec& spec, const ParsedOptions& parsed) {
  for (const OptionSpec& option : spec.options) {
    const bool folder = option.value == "FOLDER";
    if (!folder && option.value != "FILE") continue;
    for (const std::string& name : parsed.all(option.name)) {
      if (name.empty())
        return usage_error(flag_of(option) + " \"\": name a " + (folder ? "folder" : "file"));
    }
  }
  return std::nullopt;
}

}  // namespace

Result<ParsedOptions> parse_options(const CommandSpec& spec,
                                    const std::vector<std::string>& words) {
  ParsedOptions parsed;
  const auto dashes = std::find(words.begin(), words.end(), "--");
  const std::vector<std::string> own(words.begin(), dashes);
  parsed.has_server_command_ = dashes != words.end();
  if (parsed.has_server_command_) parsed.server_command_.assign(dashes + 1, words.end());
  if (const auto error = find_misuse(spec, own)) return *error;

  std::vector<const char*> argv = {"sockspec"};
  for (const std::string& word : own) argv.push_back(word.c_str());
  try {
    cxxopts::Options options = declare(spec);
    const cxxopts::ParseResult result = options.parse(static_cast<int>(argv.size()), argv.data());
    parsed.help_ = result.count("help") > 0;
    if (result.count(kOperands) > 0)
      parsed.operands_ = result[kOperands].as<std::vector<std::string>>();
    for (const OptionSpec& option : spec.options) {
      if (result.count(option.name) == 0) continue;
      parsed.values_.emplace_back(
          option.name, option.value.empty() ? std::vector<std::string>{"yes"}
                                            : result[option.name].as<std::vector<std::string>>());
    }
  } catch (const cxxopts::exceptions::exception& error) {
    return usage_error(std::string(error.what()) + " (--help shows how)");
  }
  if (parsed.help_) return parsed;
  if (const auto error = check_counts(spec, parsed)) return *error;
  if (const auto error = check_names(spec, parsed)) return *error;
  return parsed;
}

const std::vector<std::string>& ParsedOptions::all(const std::string& name) const {
  static const std::vector<std::string> kNone;
  for (const auto& [option, values] : values_) {
    if (option == name) return values;
  }
  return kNone;
}

Result<Nothing> ParsedOptions::refuse(const std::vector<std::string>& names,
                                      const std::string& why) const {
  for (const std::string& name : names) {
    if (has(name)) return usage_error("--" + name + why);
  }
  return Nothing{};
}

void ParsedOptions::prefer(const ParsedOptions& others) {
  for (const auto& [option, values] : others.values_) {
    forget({option}, false);
    values_.emplace_back(option, values);
  }
  if (!others.operands_.empty()) operands_ = others.operands_;
  if (!others.has_server_command_) return;
  has_server_command_ = true;
  server_command_ = others.server_command_;
}

void ParsedOptions::forget(const std::vector<std::string>& names, bool server_command) {
  std::erase_if(values_, [&](const auto& value) {
    return std::find(names.begin(), names.end(), value.first) != names.end();
  });
  if (!server_command) return;
  has_server_command_ = false;
  server_command_.clear();
}

std::string ParsedOptions::text(const std::string& name, const std::string& otherwise) const {
  return has(name) ? all(name).front() : otherwise;
}

Result<std::uint64_t> ParsedOptions::number(const std::string& name, std::uint64_t otherwise,
                                            std::uint64_t least, std::uint64_t most) const {
  if (!has(name)) return otherwise;
  const std::string value = text(name);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || number < least ||
      number > most) {
    return usage_error("--" + name + " \"" + value + "\": write a whole number from " +
                       std::to_string(least) + " to " + std::to_string(most));
  }
  return number;
}

Result<double> ParsedOptions::decimal(const std::string& name, double otherwise, double least,
                                      double most) const {
  if (!has(name)) return otherwise;
  const std::string value = text(name);
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() ||
      !(number >= least && number <= most)) {
    std::ostringstream range;
    range << least << " to " << most;
    return usage_error("--" + name + " \"" + value + "\": write a number from " + range.str());
  }
  return number;
}

Result<Duration> ParsedOptions::duration(const std::string& name, Duration otherwise) const {
  if (!has(name)) return otherwise;
  const Result<Duration> duration = scenario::parse_duration(text(name));
  if (!duration) return usage_error("--" + name + ": " + duration.error().text);
  return *duration;
}

std::string help_text(const CommandSpec& spec) {
  std::string text = "Usage:\n" + spec.usage + "\n" + spec.about;
  if (spec.options.empty()) return text;
  text += "\nOptions:\n";
  for (const OptionSpec& option : spec.options) {
    std::string left = "  " + flag_of(option) + (option.value.empty() ? "" : " " + option.value);
    left.resize(std::max<std::size_t>(left.size() + 2, 26), ' ');
    std::istringstream lines(option.help);
    for (std::string line; std::getline(lines, line);) {
      text += left + line + "\n";
      left = std::string(26, ' ');
    }
  }
  return text;
}

}  // namespace sockspec::cli
