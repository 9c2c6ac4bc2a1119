#include "core/signature.h"

#include <algorithm>
#include <string_view>

#include "core/difference_kind.h"

namespace sockspec {
namespace {

// A connection that breaks because the process ends does so in one way or another, by chance.
std::string kind_of_observation(const Message& observed) {
  static constexpr std::string_view kBroken[] = {"seen.reset", "seen.reset-at-connect",
                                                 "seen.refused", "seen.broke", "seen.server-gone"};
  for (const std::string_view broken : kBroken) {
    if (observed.id == broken) return "broken";
  }
  const std::size_t dot = observed.id.find('.');
  return dot == std::string::npos ? observed.id : observed.id.substr(dot + 1);
}

// Which part of a reply came is as telling as what came instead of it.
std::string_view kind_of_part(const Message& partial) {
  const std::string next = partial.param("next");
  const bool only_newline = next == "\"\\n\"" || next == "\"\\r\\n\"";
  if (only_newline && partial.param("missing").size() == 1) return ":all-but-newline";
  return partial.param("received") == "1" ? ":one-byte" : "";
}

std::string sign_of(const Check& check) {
  std::string sign = check.id + "=" + kind_of_observation(check.observed);
  if (check.difference) {
    sign += ":";
    sign += kind_of(*check.difference, check.observed.id == "seen.unasked");
  }
  if (check.observed.id == "seen.partial") sign += kind_of_part(check.observed);
  if (check.level == Level::May) sign += kMaySuffix;
  return sign;
}

struct Phrase {
  std::string_view words;
  std::string_view sign;
};

// What servers print when they die, in the words of several languages.
void note_words(const std::string& output, std::set<std::string>& signs) {
  static constexpr Phrase kPhrases[] = {
      {"UnicodeDecodeError", "says.decoding-error"},
      {"MalformedInput", "says.decoding-error"},
      {"ConnectionResetError", "says.connection-reset"},
      {"ECONNRESET", "says.connection-reset"},
      {"Connection reset", "says.connection-reset"},
      {"BrokenPipeError", "says.broken-pipe"},
      {"EPIPE", "says.broken-pipe"},
      {"Broken pipe", "says.broken-pipe"},
      {"ConnectionRefused", "says.connection-refused"},
      {"Connection refused", "says.connection-refused"},
      {"ECONNREFUSED", "says.connection-refused"},
      {"Resource temporarily unavailable", "says.would-block"},
      {"EAGAIN", "says.would-block"},
      {"NullPointerException", "says.null-pointer"},
      {"IndexError", "says.index"},
      {"OutOfBounds", "says.index"},
      {"Interrupted system call", "says.interrupted"},
  };
  for (const Phrase& phrase : kPhrases) {
    if (output.find(phrase.words) != std::string::npos) signs.emplace(phrase.sign);
  }
}

}  // namespace

std::set<std::string> signs_of(const ScenarioResult& result) {
  std::set<std::string> signs;
  for (const Check& check : result.checks) {
    if (is_bad(check.outcome)) signs.insert(sign_of(check));
  }
  return signs;
}

std::string sign_of_exit(const Message& how) {
  if (how.id == "exit.signal") return "exit.signal." + how.param("signal");
  if (how.id == "exit.code") return "exit.code." + how.param("code");
  return how.id;
}

Signature signature_of(const CheckReport& report) {
  Signature signature;
  for (const ScenarioResult& result : report.results) {
    const bool judged = result.outcome == Outcome::Pass || result.outcome == Outcome::Warn ||
                        result.outcome == Outcome::Fail;
    if (!judged) continue;
    std::set<std::string> signs = signs_of(result);
    if (signs.empty()) {
      signature.ran.insert(result.scenario);
    } else {
      signature.wrong[result.scenario] = std::move(signs);
    }
    if (result.server_gone) signature.process.insert(sign_of_exit(*result.server_gone));
    note_words(result.server_output, signature.process);
  }
  for (const UnexpectedExit& exit : report.unexpected_exits) {
    signature.process.insert(sign_of_exit(exit.how));
    note_words(exit.output, signature.process);
  }
  return signature;
}

}  // namespace sockspec
