// CheckReport: everything that `sockspec check` found out. Plain data: written as JSON, shown on a
// terminal, read back for replay; every other format is made from it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/fault.h"
#include "core/message.h"
#include "core/profile.h"
#include "core/scenario.h"
#include "core/script.h"
#include "core/time.h"
#include "core/transcript.h"
#include "core/verdict.h"

namespace sockspec {

// A failure that the list of --known excuses.
struct KnownFailure {
  std::string reason;
  std::string link;  // "" = none
};

// An entry of that list which must go, or be renewed.
struct StaleEntry {
  std::string scenario;  // its pattern
  Message why;
};

struct ScenarioResult {
  std::string scenario;
  int version = 1;
  LocalizedText title;
  Level level = Level::Must;
  Outcome outcome = Outcome::NotRun;
  Message reason;  // why it was skipped, not run, or is inconclusive
  Duration duration{};
  std::vector<Check> checks;
  std::vector<Citation> cites;
  LocalizedText explanation;
  LocalizedText hint;
  std::optional<Message> server_gone;  // how the server ended while the scenario ran
  std::string server_output;           // the last it printed meanwhile
  std::vector<std::string> peers;      // names, by number in the transcript
  Transcript transcript;
  double scale = 1.0;            // the time scale it ran with
  bool busy_machine = false;     // it was no later than a machine this busy can explain
  bool server_meant_it = false;  // nobody kept the server from what it was waited for
  int runs = 0;                  // with --repeat, or when repeated alone
  int failed_runs = 0;
  std::optional<KnownFailure> known;  // it failed, as the list says
  std::string reproduce_python;       // a program that shows it without sockspec; "" = none
  std::string snippet_file;           // where --snippets has written it
};

struct Target {
  std::vector<std::string> command;  // a server that we started
  std::string address;               // "127.0.0.1:20001"
  std::int64_t pid = 0;
  bool builtin = false;  // our own reference server
};

struct UnexpectedExit {
  std::string after;  // the scenario before; "" when it was none
  Message how;
  std::string output;
};

// A server that fails its contract may hold another one, which differs in one thing.
struct HoldsInstead {
  std::string profile;  // the text of a profile file; "" where no profile can say it
  Message what;
};

// A fault that the server behaves like.
struct DiagnosedFault {
  Fault fault;
  double confidence = 0;  // 0 to 1
  bool beside = false;    // only together with the one before it does it explain what was seen
};

struct CheckReport {
  std::string tool_version;
  std::string started_at;            // RFC 3339
  std::vector<std::string> command;  // our own command line
  std::string os;
  std::string kernel;
  unsigned cpus = 1;
  Environment environment;
  Target target;
  Profile profile;
  std::uint64_t seed = 0;
  bool strict = false;
  std::string lang = "en";
  std::string scenarios_folder;  // --scenarios
  std::vector<ScenarioResult> results;
  std::vector<UnexpectedExit> unexpected_exits;
  std::vector<StaleEntry> stale_known;
  std::optional<HoldsInstead> holds_instead;
  std::vector<DiagnosedFault> diagnosis;  // best first
  std::optional<Message> invalid;         // this machine was at fault
  int interrupted_by = 0;                 // a signal number
  Duration duration{};
  int exit_code = 0;
};

// The one decision about the exit code (docs/exit-codes in README.md).
int exit_code_of(const CheckReport& report);

// The result of the scenario with this id; null where it has none (yet).
const ScenarioResult* find_result(const CheckReport& report, const std::string& scenario);
ScenarioResult* find_result(CheckReport& report, const std::string& scenario);

std::map<Outcome, std::size_t> count_outcomes(const CheckReport& report);

// Its outcome alone would make the run red, were it not known.
bool fails_run(const ScenarioResult& result, bool strict);

// Inconclusive: would it have failed the run, had it been the server's fault? A doubt about advice
// is no doubt about the rest.
bool stands_in_the_way(const ScenarioResult& result, bool strict);

struct FailureCounts {
  std::size_t known = 0;
  std::size_t unknown = 0;
};
FailureCounts count_failures(const CheckReport& report);

// The worst outcome, in words of the contract: "pass" means that exit_code is 0.
Outcome overall_outcome(const CheckReport& report);

// What only timing explains costs nobody points; a warning costs those of advice alone.
bool earns_points(const ScenarioResult& result);

// Of the scenarios that ran, the share that passed or warned, must before should: 0 to 100.
double score_of(const CheckReport& report);

}  // namespace sockspec
