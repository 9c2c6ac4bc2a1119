// The plans and machines of the tests of preflight.h, and what is said of them. Test code only.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "core/load/preflight.h"

namespace sockspec::load::test {

using namespace std::chrono_literals;

inline constexpr bool kLoopback = true;
inline constexpr bool kRemote = false;

// Debian 12 as it is installed, with two processors, towards a server at 127.0.0.1.
inline MachineLimits debian() {
  MachineLimits limits;
  limits.descriptors = 1024;
  limits.most_descriptors = 1'048'576;
  limits.source_addresses = 254;
  limits.backlog = 4096;
  limits.receive_buffer = 212'992;
  limits.send_buffer = 212'992;
  limits.cores = 2;
  limits.time_wait_reused = true;
  limits.most_time_waits = 16'384;
  return limits;
}

// The same, towards a server on another machine; with enough memory for any number of TIME_WAITs.
inline MachineLimits debian_to_afar() {
  MachineLimits limits = debian();
  limits.source_addresses = 1;
  limits.time_wait_reused = false;
  limits.most_time_waits = 131'072;
  return limits;
}

inline LoadPlan tcp() { return {}; }

inline LoadPlan udp() {
  LoadPlan plan;
  plan.profile.transport = Transport::Udp;
  return plan;
}

inline LoadPlan at_rate(double rate, LoadPlan plan) {
  plan.stages = {Arrivals{Law::Constant, {rate}, plan.duration}};
  return plan;
}

inline LoadPlan with_connections(std::size_t connections, LoadPlan plan = {}) {
  plan.connections = connections;
  return plan;
}

// A connection for each request, closed by us with FIN; for so long that only the rate counts.
inline LoadPlan churn_at_rate(double rate) {
  LoadPlan plan;
  plan.shape = Shape::Churn;
  plan.duration = 10min;
  return at_rate(rate, plan);
}

inline std::string refusal(const Preflight& found) {
  return found.refused ? found.refused->text : "not refused";
}

inline std::string ids(const Preflight& found) {
  std::string all;
  for (const Message& warning : found.warnings) all += (all.empty() ? "" : " ") + warning.id;
  return all;
}

// Refused or warned of, in words: "" is a run that may begin without a word.
inline std::string complaint(const Preflight& found) {
  return found.refused ? found.refused->text : ids(found);
}

inline std::string on_loopback(const LoadPlan& plan) {
  return complaint(preflight(plan, debian(), kLoopback));
}

inline std::string to_afar(const LoadPlan& plan) {
  return complaint(preflight(plan, debian_to_afar(), kRemote));
}

}  // namespace sockspec::load::test
