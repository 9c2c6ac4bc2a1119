// GradeReport: everything that `sockspec grade` found out about a class. Plain data: written as
// JSON (reports/grade_json), a table (reports/grade_csv) and pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/grade/points.h"
#include "core/message.h"
#include "core/time.h"
#include "core/verdict.h"

namespace sockspec::grade {

// A fault that a submission behaves like, with how sure that is.
struct NamedFault {
  std::string fault;      // "drop-at-eof"
  double confidence = 0;  // 0 to 1
  bool operator==(const NamedFault&) const = default;
};

// Where the pages of a submission are, from the folder of the report; "" = not written.
struct Pages {
  std::string html;
  std::string markdown;
  std::string gradescope;
  bool operator==(const Pages&) const = default;
};

struct Submission {
  std::string name;
  State state = State::Error;
  Message reason;  // how the state came about; empty when it was graded
  Points points;
  Outcome outcome = Outcome::NotRun;
  std::vector<NamedFault> diagnosis;      // best first
  std::vector<std::string> failed;        // scenarios that failed or warned
  std::map<Outcome, std::size_t> counts;  // of its scenarios
  Duration duration{};
  std::string hash;    // of what was handed in
  std::string report;  // its check report, from the folder of this one; "" = there was no check
  std::string output;  // of the build that failed or the server that did not start; bounded
  Pages pages;
  bool resumed = false;  // from an earlier run
};

// How submissions were kept apart.
enum class Isolation {
  Namespaces,  // each in a network and a sandbox of its own
  None,        // this machine allows neither: one after the other, as this user
};

struct GradeReport {
  std::string tool_version;
  std::string started_at;            // RFC 3339
  std::vector<std::string> command;  // our own command line
  std::string os;
  std::string kernel;
  unsigned cpus = 1;
  std::string title;    // of the class
  std::string profile;  // the text of the profile as it was checked
  std::uint64_t seed = 0;
  std::string lang = "en";
  Isolation isolation = Isolation::Namespaces;
  unsigned jobs = 1;
  std::size_t shard = 0;  // of `shards`, from 0
  std::size_t shards = 1;
  std::vector<Submission> submissions;  // by name
  int interrupted_by = 0;               // a signal number
  Duration duration{};
  int exit_code = 0;
};

}  // namespace sockspec::grade
