#include "supervise/child_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <utility>

#include "io/descriptor.h"

namespace sockspec::supervise {
namespace {

// Above the three that are about to be replaced one after the other.
io::Descriptor above_the_streams(int descriptor) {
  return io::Descriptor(fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

struct Streams {
  int input, output, error;
};

// In the child, which still has our memory: it may do nothing but ask the system. Returns only
// where the program could not begin.
int become(char* const* argv, char* const* environment, const Streams& streams) {
  for (int number = 1; number < NSIG; ++number) std::signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  setsid();
  const bool connected = dup2(streams.input, STDIN_FILENO) >= 0 &&
                         dup2(streams.output, STDOUT_FILENO) >= 0 &&
                         dup2(streams.error, STDERR_FILENO) >= 0;
  if (connected) execvpe(argv[0], argv, environment);
  return errno;
}

// The child tells through `reasons` why its program could not begin; where it begins, it closes
// them. Signals are blocked meanwhile: their handlers would still be ours.
pid_t run_beside_us(char* const* argv, char* const* environment, const Streams& streams,
                    int reasons) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  const pid_t child = vfork();
  if (child == 0) {
    const int reason = become(argv, environment, streams);
    _exit(::write(reasons, &reason, sizeof reason) == sizeof reason ? 127 : 126);
  }
  const int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return child;
}

// What the child wrote there, or 0.
int reason_from(const io::Descriptor& reasons) {
  int reason = 0;
  ssize_t size = 0;
  do size = ::read(reasons.get(), &reason, sizeof reason);
  while (size < 0 && errno == EINTR);
  return size == sizeof reason ? reason : 0;
}

// 0, or what the system refuses it with.
int spawn(const Program& program, pid_t* pid) {
  const io::Descriptor nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));
  int ends[2];
  if (!nothing || pipe2(ends, O_CLOEXEC) != 0) return errno;
  const io::Descriptor reading(ends[0]);
  io::Descriptor writing(ends[1]);
  const io::Descriptor input = above_the_streams(nothing.get());
  const io::Descriptor output = above_the_streams(program.standard_output);
  const io::Descriptor error = above_the_streams(program.standard_error);
  writing = above_the_streams(writing.get());
  if (!input || !output || !error || !writing) return errno;
  const pid_t child =
      run_beside_us(pointers_to(program.argv).data(), pointers_to(program.environment).data(),
                    {input.get(), output.get(), error.get()}, writing.get());
  if (child < 0) return errno;
  writing.reset();
  const int reason = reason_from(reading);
  if (reason == 0) {
    *pid = child;
  } else {
    waitpid(child, nullptr, 0);
  }
  return reason;
}

}  // namespace

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

ChildProcess::ChildProcess(io::Loop& loop, Ended ended) : loop_(loop), ended_(std::move(ended)) {}

int ChildProcess::start(const Program& program) {
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
  if (status != 0) child_signal_.reset();
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
