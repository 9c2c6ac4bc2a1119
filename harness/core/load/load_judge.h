// What a load run shows about the server, beyond its figures: the few questions that decide the
// exit code, asked again by whoever puts the result into words. judge() is in load_report.h.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstdint>

#include "core/load/load_report.h"

namespace sockspec::load {

constexpr double kLeastAdherence = 95;  // percent; below it the run is not valid

// No connection could be made, or for UDP nobody listened on the port.
bool nobody_there(const LoadReport& report);

// Somebody was there, but not one reply came, right or wrong, though the profile promises them.
bool nothing_came(const LoadReport& report);

// Verdicts that speak against the server: all but Ok, without the lost ones that our own full
// socket explains.
std::uint64_t faults(const LoadReport& report);

// Those that stand even if the generator was too slow: wrong bytes are wrong at any speed, a reply
// that was missed is not.
std::uint64_t certain_faults(const LoadReport& report);

// By the server, while they were needed.
bool broke_connections(const LoadReport& report);

bool missed_a_threshold(const LoadReport& report);

// A scenario that was played beside the load failed.
bool failed_beside(const LoadReport& report);

// The server is wrong whatever the machine was like: it went away, broke connections, sent wrong
// bytes, or failed a scenario.
bool proves_wrong(const LoadReport& report);

// Or replies were late or missing.
bool server_failed(const LoadReport& report);

}  // namespace sockspec::load
