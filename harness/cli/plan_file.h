// A plan file: what can stand on the command line of `sockspec load`, as JSON.
//
//   { "profile": "tcp-echo", "command": ["python3", "echo.py", "{port}"], "connections": 100,
//     "stages": [{"rate": "1k", "duration": "10s"}, {"rate": "1k..5k", "duration": "30s"}],
//     "threshold": ["response.p99 < 5ms", "errors == 0"] }
//
// Every option is a field of the same name: a text, a number, true for one that takes no value, a
// list for one that may stand several times. It becomes words and is read by the parser of the
// command line, so that there is one grammar.
#pragma once

#include <string>

#include "cli/options.h"
#include "core/result.h"

namespace sockspec::cli {

// The options of the file that --plan names, where the command line does not say otherwise; the
// same options if there is no --plan. Errors name the file and the place in it.
Result<ParsedOptions> with_plan_file(const CommandSpec& spec, const ParsedOptions& options);

}  // namespace sockspec::cli
