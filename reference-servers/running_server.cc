#include "reference-servers/running_server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

namespace sockspec::reference {
namespace {

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

[[noreturn]] void serve_in_child(std::string_view profile, const ServeOptions& options,
                                 const std::function<void()>& in_child, int output) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  close(output);
  if (in_child) in_child();
  const int code = find_reference_server(profile)->serve(options);
  std::puts("returned");  // before the sanitizers look for leaks, which takes its time
  std::fflush(stdout);
  std::exit(code);
}

// False at the time limit.
bool wait_readable(int descriptor) {
  pollfd waiting{descriptor, POLLIN, 0};
  const auto limit = std::chrono::milliseconds(kPatience).count();
  return poll(&waiting, 1, static_cast<int>(limit)) == 1;
}

}  // namespace

RunningServer::RunningServer(std::string_view profile, const ServeOptions& options,
                             const std::function<void()>& in_child) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
  output_ = FileDescriptor(ends[0]);
  FileDescriptor childs_end(ends[1]);
  std::fflush(stdout);  // or the child would write it a second time
  pid_ = fork();
  if (pid_ == 0) {
    output_ = FileDescriptor();
    serve_in_child(profile, options, in_child, childs_end.release());
  }
  childs_end = FileDescriptor();
  first_line_ = read_line();
  const std::string_view ready = "READY ";
  const std::size_t colon = first_line_.rfind(':');
  if (!first_line_.starts_with(ready) || colon == std::string::npos) return;
  host_ = first_line_.substr(ready.size(), colon - ready.size());
  if (host_.starts_with('[')) host_ = host_.substr(1, host_.size() - 2);
  port_ = static_cast<std::uint16_t>(std::stoi(first_line_.substr(colon + 1)));
}

RunningServer::~RunningServer() {
  if (pid_ < 0) return;
  const Exit exit = stop(SIGTERM);
  EXPECT_EQ(exit.code, 0) << exit.output;
}

std::string RunningServer::read_line() {
  std::string line;
  char byte = 0;
  while (wait_readable(output_.get()) && read(output_.get(), &byte, 1) == 1 && byte != '\n') {
    line += byte;
  }
  return line;
}

RunningServer::Exit RunningServer::stop(int signal) {
  const auto start = Clock::now();
  Exit exit{};
  if (signal != 0) kill(pid_, signal);
  bool returned = false;
  for (std::string line = read_line(); !line.empty(); line = read_line()) {
    if (line == "returned") {
      returned = true;
      exit.returned = since(start);
    } else {
      exit.output += line + '\n';
    }
  }
  if (!returned) {
    exit.returned = since(start);
    kill(pid_, SIGKILL);
  }
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  if (WIFEXITED(status)) exit.code = WEXITSTATUS(status);
  return exit;
}

std::size_t RunningServer::resident_bytes() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6)) * 1024;
  }
  return 0;
}

std::size_t RunningServer::open_descriptors() const {
  const std::filesystem::directory_iterator all("/proc/" + std::to_string(pid_) + "/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

std::chrono::milliseconds RunningServer::cpu_time() const {
  std::ifstream stat("/proc/" + std::to_string(pid_) + "/stat");
  const std::string all{std::istreambuf_iterator<char>(stat), {}};
  std::istringstream fields(all.substr(all.rfind(')') + 2));  // the name may hold spaces
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  long user = 0, system = 0;
  fields >> user >> system;
  return std::chrono::milliseconds((user + system) * 1000 / sysconf(_SC_CLK_TCK));
}

bool eventually(const std::function<bool()>& condition) {
  const auto limit = Clock::now() + kPatience;
  while (!condition()) {
    if (Clock::now() > limit) return false;
    poll(nullptr, 0, 10);
  }
  return true;
}

}  // namespace sockspec::reference
