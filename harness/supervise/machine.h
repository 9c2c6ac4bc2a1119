// What this machine contributes to a run: figures for sizes, and how slow it is right now.
#pragma once

#include <string>

#include "core/script.h"

namespace sockspec::supervise {

struct Machine {
  std::string os;
  std::string kernel;
  unsigned cpus = 1;
  Environment environment;  // scale is 1 on an idle machine, larger on a slow or busy one
};

// Takes about 40 ms: sleeps and loopback round trips are timed, because time limits must grow with
// what the scheduler and the stack add. Linux; elsewhere the figures have fall-backs.
Machine measure_machine();

}  // namespace sockspec::supervise
