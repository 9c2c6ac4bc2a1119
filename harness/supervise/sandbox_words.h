// The sandboxes of one submission, as bubblewrap's command lines. Pure: nothing is started here.
//
// A submission is graded in a room: a network, process numbers and a file system of its own, in
// which the grader (`sockspec check`) works. The room's network has nothing but loopback, so a
// port that is fixed in the code is free in each room, and nobody reaches anybody. Inside the room
// everything of the submission (each build command, each start of its server) runs in a cell: the
// room's network, but process numbers, memory for files and a view of its own. The server cannot
// see, signal or read the grader, its report, or the class; the grader sees the server's processes
// and sockets, as outside of any sandbox (docs/decisions/0017-rooms-and-cells.md).
//
// Where bwrap is told --die-with-parent, nothing of a room outlives whoever started it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace sockspec::supervise {

// What submissions find in their rooms and cells.
inline constexpr const char* kRoomScratch = "/work";           // writable, bounded, gone at the end
inline constexpr const char* kRoomSubmission = "/submission";  // what was handed in, read-only
inline constexpr const char* kRoomReport = "/report";          // not in cells
inline constexpr const char* kRoomTool = "/tool/sockspec";     // not in cells

struct RoomPlan {
  // Root gives itself up for this user, whom no other room has; none = it stays who it is. The
  // folders below must be readable for that user.
  std::optional<uid_t> user;
  std::string submission;            // a folder
  std::string report;                // a folder; the only place outside that can be written
  std::string tool;                  // the executable of sockspec
  std::uint64_t scratch = 64 << 20;  // bytes; they count as memory of the machine
  std::vector<std::string> visible;  // more of the system, read-only: see system_folders()
};

struct CellPlan {
  std::string folder = kRoomScratch;        // where the command starts; in the scratch folder
  Duration cpu = std::chrono::seconds(60);  // of each process; whole seconds
  // Bytes that each process may write to, touched or not. The stack of each thread counts whole,
  // with 8 MiB, and virtual machines ask for more than they use: several times of what the room
  // may use, which memory_of_descendants.h tells.
  std::uint64_t data = 2ULL << 30U;
  std::uint64_t file = 64 << 20;     // bytes of its largest file
  unsigned processes = 256;          // with threads
  unsigned files = 256;              // open in each process
  std::vector<std::string> visible;  // as in the room
};

// `command` runs in a new room, in the scratch folder, which is empty.
std::vector<std::string> room_words(const RoomPlan& plan, const std::vector<std::string>& command);

// `command` runs in a new cell of this room. Its exit code comes through; where a signal has ended
// it, the code is 128 plus the signal. SIGTERM passes the cell by: whoever wants to end the command
// sends it to the command's own processes. The cell ends with the last of its processes.
std::vector<std::string> cell_words(const CellPlan& plan, const std::vector<std::string>& command);

}  // namespace sockspec::supervise
