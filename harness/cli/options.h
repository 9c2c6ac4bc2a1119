// Options: the one place that knows cxxopts.
//
// A command declares what it takes, in the order in which --help shows it, and asks for values by
// name. Everything after "--" is the command of the server under test and is not looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace sockspec::cli {

struct OptionSpec {
  std::string name;   // "json"; one letter is a short option, "o" for -o
  std::string value;  // "FILE"; "" = takes none
  std::string help;
  bool repeatable = false;
};

struct CommandSpec {
  std::string usage;  // the lines under "Usage:"
  std::string about;  // what the command does, and examples
  std::vector<OptionSpec> options;
  std::size_t least_operands = 0;
  std::size_t most_operands = 0;
  std::string operands;  // their names, for messages: "PROFILE"
};

class ParsedOptions {
 public:
  const std::vector<std::string>& operands() const { return operands_; }
  const std::vector<std::string>& server_command() const { return server_command_; }
  bool has_server_command() const { return has_server_command_; }
  bool help() const { return help_; }

  bool has(const std::string& name) const { return !all(name).empty(); }
  std::string text(const std::string& name, const std::string& otherwise = "") const;
  const std::vector<std::string>& all(const std::string& name) const;

  // Error, "--NAME" with `why` after it: the first of `names` that was given.
  Result<Nothing> refuse(const std::vector<std::string>& names, const std::string& why) const;

  // What `others` say goes before what stands here.
  void prefer(const ParsedOptions& others);
  void forget(const std::vector<std::string>& names, bool server_command);

  // Errors name the option, the value and what would be right.
  Result<std::uint64_t> number(const std::string& name, std::uint64_t otherwise,
                               std::uint64_t least, std::uint64_t most) const;
  Result<double> decimal(const std::string& name, double otherwise, double least,
                         double most) const;
  Result<Duration> duration(const std::string& name, Duration otherwise) const;

 private:
  friend Result<ParsedOptions> parse_options(const CommandSpec&, const std::vector<std::string>&);

  std::vector<std::string> operands_;
  std::vector<std::string> server_command_;
  bool has_server_command_ = false;
  bool help_ = false;
  std::vector<std::pair<std::string, std::vector<std::string>>> values_;
};

// Errors: an unknown option (the nearest is named), a missing value, a FILE or FOLDER without a
// name, too many or too few operands.
Result<ParsedOptions> parse_options(const CommandSpec& spec, const std::vector<std::string>& words);

std::string help_text(const CommandSpec& spec);

}  // namespace sockspec::cli
