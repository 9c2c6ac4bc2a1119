// ChildProcess: one program, started and waited for.
//
// Started by vfork(2), which copies nothing of us: fork(2), which uv_spawn() of libuv 1.44 calls,
// copies the page tables of a process that holds megabytes of payload, for every server. Not by
// posix_spawn(3): that of glibc leaves two signals ignored, and a server is to begin as anywhere.
//
// Lives on the loop's thread. Destroying it neither ends the program nor waits for it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "io/uv_own.h"

namespace sockspec::supervise {

struct Program {
  std::vector<std::string> argv;         // the first is looked for in PATH
  std::vector<std::string> environment;  // lines, NAME=VALUE
  int standard_output = -1;              // descriptors of ours; both may be the same
  int standard_error = -1;
};

// The words as exec(3) wants them, which does not change them; as long as they live.
std::vector<char*> pointers_to(const std::vector<std::string>& words);

class ChildProcess {
 public:
  using Ended = std::function<void(std::int64_t code, int signal)>;  // one of them is 0

  ChildProcess(io::Loop& loop, Ended ended);

  // In a session and process group of its own, with the default for each signal, an empty mask and
  // standard input from /dev/null. What the system refuses it with, or 0. Once.
  int start(const Program& program);

  pid_t pid() const { return pid_; }  // 0 before

 private:
  void look_whether_it_ended();

  io::Loop& loop_;
  Ended ended_;
  io::Handle<uv_signal_t> child_signal_;
  pid_t pid_ = 0;
};

}  // namespace sockspec::supervise
