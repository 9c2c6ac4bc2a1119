// A plain Python 3 program that shows a failure without sockspec: `python3 repro.py HOST PORT`.
//
// It does what the scenario did, up to the failure, in words that a beginner reads; it ends with
// "FAIL: expected …, got …" and exit code 1 when it sees the failure, with "OK" and 0 when the
// server behaves. It needs the standard library only, and for what is about the server's process a
// third argument, its process id.
//
// There is none for what needs the server to be started: lifecycle/restart-same-port and
// lifecycle/port-in-use-is-said; nor for what became too long to be read.
#pragma once

#include <cstdint>
#include <string>

#include "core/check_report.h"
#include "core/scenario.h"
#include "core/script.h"

namespace sockspec::reports {

// `script` is the one that was played: bind(scenario, …) with the seed and environment of the run.
// "" where there is none, and for a result that neither failed nor warned.
std::string python_snippet(const Scenario& scenario, const Script& script,
                           const ScenarioResult& result, std::uint64_t seed);

// Where --snippets writes it: "stream-basic.py".
std::string snippet_file(const std::string& scenario);

}  // namespace sockspec::reports
