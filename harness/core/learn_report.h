// LearnReport: everything that `sockspec learn` found out. Plain data, as core/check_report.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/check_report.h"
#include "core/learn.h"

namespace sockspec {

// The proposal, held against the server it came from.
struct Verification {
  std::size_t passed = 0;
  std::size_t ran = 0;
  std::vector<std::string> failed;  // scenario ids
  std::vector<std::string> unsure;  // inconclusive ones
};

struct LearnReport {
  std::string tool_version;
  Target target;
  Lesson lesson;
  std::string server_output;         // the last it printed, where there is a problem
  std::string nearest;               // the built-in profile most like the proposal ...
  std::vector<std::string> differs;  // ... and the fields in which it differs
  std::optional<Verification> verification;
  std::string lang = "en";
  int exit_code = 0;
};

// Of the results of a run with the proposal.
Verification verification_of(const CheckReport& report);

// Names the one of `known` that is most like the proposal.
void compare_with(const std::vector<Profile>& known, LearnReport& report);

}  // namespace sockspec
