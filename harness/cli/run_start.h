// What every report says about how its run began.
#pragma once

#include <string>
#include <vector>

#include "cli/check_options.h"
#include "supervise/machine.h"

namespace sockspec::cli {

std::string now_rfc3339();

// The fields that the reports of check and load have in common. `words` are those after the
// command.
template <class Report>
void note_start(Report& report, const char* command, const std::vector<std::string>& words,
                const supervise::Machine& machine) {
  report.tool_version = SOCKSPEC_VERSION;
  report.started_at = now_rfc3339();
  report.command = {"sockspec", command};
  report.command.insert(report.command.end(), words.begin(), words.end());
  report.os = machine.os;
  report.kernel = machine.kernel;
  report.cpus = machine.cpus;
}

template <class Report>
void note_server(Report& report, const CheckPlan& server) {
  report.target.command = server.run.command;
  report.target.builtin = server.builtin_server;
  if (server.run.target) report.target.address = server.run.target->text();
}

}  // namespace sockspec::cli
