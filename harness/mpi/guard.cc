#include "mpi/guard.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>

namespace sockspec::mpi {
namespace {

constexpr std::array<int, 3> kPassedOn{SIGTERM, SIGINT, SIGHUP};

volatile std::sig_atomic_t the_rank = 0;

extern "C" void pass_on(int signal) {
  if (the_rank > 0) ::kill(static_cast<pid_t>(the_rank), signal);
}

}  // namespace

int guarded(const std::function<int()>& rank, const std::function<int(int signal)>& killed) {
  sigset_t all;
  sigset_t before;
  sigemptyset(&all);
  for (const int signal : kPassedOn) sigaddset(&all, signal);
  // Until it is known whom to pass them on to.
  ::sigprocmask(SIG_BLOCK, &all, &before);
  const pid_t guard = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != guard) ::_exit(1);
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    const int exit_code = rank();
    std::fflush(nullptr);
    // What other threads or MPI's own exit handlers do after the end is of no use.
    ::_exit(exit_code);
  }
  the_rank = child;
  struct sigaction action {};
  action.sa_handler = pass_on;
  action.sa_flags = SA_RESTART;
  for (const int signal : kPassedOn) ::sigaction(signal, &action, nullptr);
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  if (child < 0) return rank();
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return killed(WTERMSIG(status));
  return WEXITSTATUS(status);
}

}  // namespace sockspec::mpi
