// Room: the room of one submission, from its start until nothing of it is left. Acts, and says
// nothing about what it saw but a RoomRecord.
//
// Lives on the loop's thread. The process must be a subreaper (supervise/process_table.h). Rooms
// may run side by side; without a sandbox only one at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/grade/class_plan.h"
#include "grade/room_record.h"
#include "grade/staging.h"
#include "io/timer.h"
#include "io/uv_own.h"

namespace sockspec::grade {

class Room {
 public:
  // `words` start it; `memory` in bytes, and `time` for all of it, however its parts are limited.
  Room(io::Loop& loop, std::vector<std::string> words, StagedRoom staged, std::uint64_t memory,
       Duration time);
  ~Room();

  // `ended` once, when it is empty.
  void start(std::function<void()> ended);

  // SIGKILL for all of it; `ended` still comes.
  void stop(Stopped why);

  // What was seen in it; once it has ended. Reads the report of its check, which takes a moment.
  RoomRecord record() const;

 private:
  void look();
  void exited(int code);
  void wait_until_empty();

  io::Loop& loop_;
  std::vector<std::string> words_;
  StagedRoom staged_;
  std::uint64_t memory_;
  Duration time_;
  io::Timer look_;
  io::Timer empty_;
  io::Handle<uv_process_t> process_;
  pid_t pid_ = 0;  // 0 = does not run
  int exit_code_ = 0;
  Stopped stopped_ = Stopped::No;
  std::string start_error_;
  std::uint64_t started_ns_ = 0;
  std::uint64_t ended_ns_ = 0;
  std::uint64_t told_ns_ = 0;  // when its check was told to end; 0 = never
  std::function<void()> ended_;
};

}  // namespace sockspec::grade
