// The bottleneck: what limited the rate of a run, the server, our own generator, or the schedule.
//
// Told from a handful of signs, and only where they leave no doubt: a server is not called slow
// because the generator was. Pure functions, safe from any thread.
#pragma once

#include <optional>

#include "core/load/load_report.h"

namespace sockspec::load {

constexpr double kHeldAdherence = 99.9;  // percent; below it the schedule was not held

struct BottleneckSigns {
  bool open_loop = false;
  double busiest = 0;  // the share of the time that the busiest worker computed, 0 to 1
  double waited = 0;   // the share of the time that a worker, on average, waited for a core
  std::optional<double> server_cores;  // how many cores the server kept busy; none: not known
  bool in_flight = false;              // closed loop: there was always a reply to wait for
  double adherence = 100;              // percent
  bool kept_up = true;                 // open loop: nearly all that fell due was answered in time
};

BottleneckSigns signs_of(const LoadReport& report);
Bottleneck bottleneck_of(const BottleneckSigns& signs);

}  // namespace sockspec::load
