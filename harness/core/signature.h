// Signature: which scenarios a server fails, and with what signs. What a diagnosis compares.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "core/check_report.h"

namespace sockspec {

// Ends the sign of a check that may fail.
inline constexpr std::string_view kMaySuffix = " (may)";

struct Signature {
  // The scenarios that found something wrong, a warning or an information among it, with the signs:
  // "reply=nothing", "reply=different:not-uppercased"; those of a may end in kMaySuffix.
  std::map<std::string, std::set<std::string>> wrong;
  std::set<std::string> ran;  // the others of those that ran to an end: they found nothing
  // What was seen of the process: "exit.signal.13", "exit.code.1", "says.decoding-error".
  std::set<std::string> process;

  bool empty() const { return wrong.empty() && process.empty(); }
  bool operator==(const Signature&) const = default;
};

Signature signature_of(const CheckReport& report);

// The signs of one result, and that of how a server ended.
std::set<std::string> signs_of(const ScenarioResult& result);
std::string sign_of_exit(const Message& how);

}  // namespace sockspec
