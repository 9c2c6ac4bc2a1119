#include "supervise/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <utility>

#include "io/descriptor.h"

namespace sockspec::supervise {
namespace {

// What posix_spawn() does in the child before the program begins.
class Preparation {
 public:
  Preparation() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~Preparation() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

  int connect_streams(int output, int error) {
    int status =
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (status == 0) status = posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    if (status == 0) status = posix_spawn_file_actions_adddup2(&actions_, error, STDERR_FILENO);
    return status;
  }

  int spawn(pid_t* pid, const std::vector<char*>& argv, const std::vector<char*>& environment) {
    return posix_spawnp(pid, argv.front(), &actions_, &attributes_, argv.data(),
                        environment.data());
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Above the three that are about to be replaced one after the other.
io::Descriptor above_the_streams(int descriptor) {
  return io::Descriptor(fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

int spawn(Program& program, pid_t* pid) {
  const io::Descriptor output = above_the_streams(program.standard_output);
  const io::Descriptor error = above_the_streams(program.standard_error);
  if (output.get() < 0 || error.get() < 0) return errno;
  Preparation preparation;
  if (const int status = preparation.connect_streams(output.get(), error.get())) return status;
  const std::vector<char*> environment = pointers_to(program.environment);
  const int status = preparation.spawn(pid, pointers_to(program.argv), environment);
  if (status != ENOEXEC) return status;
  // A script without a first line that says what reads it: as execvp(3) does.
  program.argv.insert(program.argv.begin(), "/bin/sh");
  return preparation.spawn(pid, pointers_to(program.argv), environment);
}

}  // namespace

ChildProcess::ChildProcess(io::Loop& loop, Ended ended) : loop_(loop), ended_(std::move(ended)) {}

int ChildProcess::start(Program program) {
  int status = 0;
  child_signal_ = io::open_handle<uv_signal_t>(loop_.get(), uv_signal_init, this, &status);
  // Before it starts: its end may come at once.
  if (status == 0) {
    status = uv_signal_start(
        child_signal_.get(),
        [](uv_signal_t* signal, int) {
          if (auto* self = static_cast<ChildProcess*>(signal->data)) self->look_whether_it_ended();
        },
        SIGCHLD);
  }
  if (status != 0) return -status;
  status = spawn(program, &pid_);
  if (status != 0) {
    pid_ = 0;
    child_signal_.reset();
  }
  return status;
}

// SIGCHLD says that some child has ended, and several of them may say it once.
void ChildProcess::look_whether_it_ended() {
  int status = 0;
  if (pid_ == 0 || waitpid(pid_, &status, WNOHANG) != pid_) return;
  child_signal_.reset();
  const Ended ended = std::exchange(ended_, nullptr);
  if (WIFSIGNALED(status)) return ended(0, WTERMSIG(status));
  ended(WEXITSTATUS(status), 0);
}

}  // namespace sockspec::supervise
