// RoomRecord: what was seen of a submission while it was graded, before anything is said about it.
#pragma once

#include <optional>
#include <string>

#include "core/check_report.h"
#include "core/time.h"

namespace sockspec::grade {

enum class Stopped {
  No,
  Memory,  // it used more than it may
  Time,    // the room went on when everything should long have ended
  Asked,   // the whole run was interrupted
};

struct RoomRecord {
  Stopped stopped = Stopped::No;
  std::string stage;         // "" = nothing began, else copy, build or check
  std::size_t step = 0;      // the last build command that was begun
  std::optional<int> built;  // the status of the build
  std::string output;        // of the build, bounded
  int exit_code = 0;         // of the room
  std::string said;          // what the room itself wrote to standard error, bounded
  std::optional<CheckReport> report;
  Duration duration{};
};

}  // namespace sockspec::grade
