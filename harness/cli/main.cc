// sockspec: conformance and load for socket servers. Finds the command and lets it work.
#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "core/nearest.h"
#include "reports/error_text.h"

namespace sockspec::cli {
namespace {

struct Command {
  std::string name;
  int (*run)(const Words&);
  std::string about;
};

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands = {
      {"check", check_command, "does a server hold its contract?"},
      {"load", load_command, "how much load does a server carry while every reply is right?"},
      {"grade", grade_command, "a whole class, each submission in a sandbox of its own"},
      {"merge", merge_command, "the shards of a load run, or of a class, as one report"},
      {"compare", compare_command, "what broke between two reports? is one server faster?"},
      {"serve", serve_command, "run a reference server, or a faulty one"},
      {"list", list_command, "what there is: profiles, scenarios, faults"},
      {"show", show_command, "explain one profile, scenario or fault"},
      {"learn", learn_command, "propose a profile from watching a server"},
      {"selftest", selftest_command, "the suite against every faulty server"},
      {"report", report_command, "a saved report again: for people, JUnit, TAP, Markdown, …"},
      {"replay", replay_command, "reach the verdicts of a report again, without a network"},
  };
  return kCommands;
}

std::string overview() {
  std::string text =
      "sockspec " SOCKSPEC_VERSION
      ": tells you, with evidence, whether a TCP or UDP server does what its contract says.\n\n"
      "Try it on the built-in server, then on your own:\n"
      "  sockspec check tcp-echo\n"
      "  sockspec check tcp-echo -- python3 my_server.py {port}\n\n"
      "Commands (sockspec COMMAND --help tells more):\n";
  for (const Command& command : commands()) {
    std::string name = "  " + command.name;
    name.resize(11, ' ');
    text += name + command.about + "\n";
  }
  return text +
         "\nExit codes: 0 all holds, 1 the server failed, 2 usage, 3 the server could not be "
         "started or\n"
         "reached, 4 the run is not valid, 5 only inconclusive results, 130/143 interrupted.\n";
}

int run(const Words& words) {
  if (words.empty()) return std::fputs(overview().c_str(), stderr), kUsage;
  const std::string& name = words[0];
  if (name == "--help" || name == "-h" || name == "help")
    return std::fputs(overview().c_str(), stdout), kHolds;
  if (name == "--version") return std::puts("sockspec " SOCKSPEC_VERSION), kHolds;
  std::vector<std::string> known;
  for (const Command& command : commands()) {
    if (command.name == name) return command.run(Words(words.begin() + 1, words.end()));
    known.push_back(command.name);
  }
  return report_error(usage_error("there is no command \"" + name + "\"" +
                                  did_you_mean(name, known) + " (sockspec --help shows all)"));
}

}  // namespace

int report_error(const Error& error, const std::string& lang) {
  std::fprintf(stderr, "sockspec: %s\n", reports::error_text(error, lang).c_str());
  return exit_code_of(error.kind);
}

}  // namespace sockspec::cli

int main(int argc, char** argv) {
  // A closed pipe on our output must not kill us while servers run; libuv gives them back the
  // default before exec.
  std::signal(SIGPIPE, SIG_IGN);
  return sockspec::cli::run(sockspec::cli::Words(argv + 1, argv + argc));
}
