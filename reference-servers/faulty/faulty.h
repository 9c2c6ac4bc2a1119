// The servers that are wrong on purpose: each makes one mistake that novices really make, and is
// right in everything else.
//
// The suite is proven by them: a check that nobody has seen fail is not a check. They also teach
// `sockspec check` what a mistake looks like from outside (docs/self-test.md). What each one is,
// why people write it and how to mend it stands in scenarios/faults/NAME.json.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference-servers/serve.h"

namespace sockspec::reference {

struct FaultyOptions : ServeOptions {
  std::string profile;  // the name of the built-in profile that it pretends to hold: "tcp-echo"
};

// Serves until a signal or its own mistake ends the process; announces itself as the correct
// servers do ("READY host:port"). Returns the exit code where it ends by itself. Signal
// dispositions must be the system's defaults when it is called. It is the only server of its
// process, and leaves threads and descriptors behind for the end of the process to clean up.
using FaultyFunction = int (*)(const FaultyOptions&);

struct FaultyServer {
  std::string_view name;  // "drop-at-eof"
  FaultyFunction serve;   // never null
};

// All of them, by topic. Static, safe from any thread.
const std::vector<FaultyServer>& faulty_servers();

// The server of this very name, or null. Static, safe from any thread.
const FaultyServer* find_faulty_server(std::string_view name);

}  // namespace sockspec::reference
