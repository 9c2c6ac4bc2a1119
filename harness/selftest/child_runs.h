// ChildRuns: many commands, as many at a time as the limit allows, each in a process of its own.
//
// The self-test plays whole checks side by side: in processes of their own a crash, a leak or a
// subreaper's sweep of one concerns no other. Lives on the loop's thread until `all_done` was
// called.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/job_limit.h"
#include "core/result.h"
#include "core/time.h"
#include "io/uv_own.h"
#include "supervise/spare_time.h"

namespace sockspec::selftest {

class ChildRuns {
 public:
  struct Ended {
    std::size_t place;  // of the command in the list
    int exit_code;      // 128 + the signal where one ended it; 127 where it could not be started
    Duration took{};
  };

  ChildRuns(io::Loop& loop, std::vector<std::vector<std::string>> commands, JobLimit limit);
  ~ChildRuns();

  // `each` as the commands end, `all_done` once, after the last. Their standard output goes
  // nowhere, their standard error to ours.
  void start(std::function<void(const Ended&)> each, std::function<void()> all_done);

  // SIGTERM to those that run; no others are started. `all_done` comes when they have ended.
  void interrupt();

  // The places of those that run now, in the order of their start.
  std::vector<std::size_t> running() const;

 private:
  struct Child;

  void fill();
  void child_ended(const Ended& ended);

  io::Loop& loop_;
  std::vector<std::vector<std::string>> commands_;
  supervise::SpareTime spare_;
  std::size_t next_ = 0;
  bool interrupted_ = false;
  std::vector<std::unique_ptr<Child>> children_;
  std::function<void(const Ended&)> each_;
  std::function<void()> all_done_;
};

}  // namespace sockspec::selftest
