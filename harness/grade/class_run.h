// ClassRun: the submissions of a class, as many rooms at a time as the limit allows.
//
// One submission never stops the others: whatever happens to it is its own result. What sockspec or
// this machine failed at is tried once more. Lives on the loop's thread until `done` was called.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/grade/grade_report.h"
#include "core/job_limit.h"
#include "grade/handed_in.h"
#include "grade/room.h"
#include "grade/room_plan.h"
#include "supervise/spare_time.h"

namespace sockspec::grade {

struct ClassTask {
  HandedIn submission;
  RoomTask room;
  bool again = false;  // the second try
};

struct ClassSettings {
  ClassPlan plan;
  std::string profile_text;  // of a profile of the class's own
  bool sandbox = true;
  bool as_root = false;                // each room has a user of its own
  std::vector<std::string> visible;    // supervise::system_folders()
  JobLimit jobs = JobLimit::fixed(1);  // 1 without a sandbox
};

class ClassRun {
 public:
  using Each = std::function<void(Submission, RoomRecord)>;

  ClassRun(io::Loop& loop, ClassSettings settings, const Staging& staging,
           std::vector<ClassTask> tasks);
  ~ClassRun();

  // `each` as the submissions are done, `done` once, after the last.
  void start(Each each, std::function<void()> done);

  // Ends the rooms that run; their submissions, and those that were still to come, are told of no
  // more.
  void interrupt();

  // The names of those in their rooms now.
  std::vector<std::string> running() const;

 private:
  struct InRoom;

  void fill();
  Result<Nothing> begin(ClassTask task);
  void finish_if_over();
  void ended(InRoom* room);
  void judge(InRoom& room);
  void note_failure(const ClassTask& task, const Error& error);

  io::Loop& loop_;
  ClassSettings settings_;
  const Staging& staging_;
  std::vector<ClassTask> tasks_;  // the next is the last
  std::vector<std::unique_ptr<InRoom>> rooms_;
  supervise::SpareTime spare_;
  std::size_t number_ = 0;  // of the next room; no two have the same
  bool interrupted_ = false;
  Each each_;
  std::function<void()> done_;
};

}  // namespace sockspec::grade
