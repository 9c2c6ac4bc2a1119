#include "supervise/sandbox_probe.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>

#include "io/descriptor.h"
#include "supervise/child_process.h"
#include "supervise/sandbox_words.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX wants it declared

namespace sockspec::supervise {
namespace {

using Clock = std::chrono::steady_clock;
using Words = std::vector<std::string>;

constexpr std::chrono::seconds kMostTime{10};
constexpr std::size_t kMostOutput = 4096;
// Above those that systemd gives to services and containers, and below what is negative as an int.
constexpr uid_t kFirstRoomUser = 1'900'000'000;

struct Ended {
  int start_error = 0;  // an errno
  int status = -1;      // of waitpid
  std::string output;   // what it wrote to standard error
};

// Reads until the end, the limit of time, or enough.
std::string read_all(int descriptor) {
  std::string text;
  const auto end = Clock::now() + kMostTime;
  char buffer[1024];
  while (text.size() < kMostOutput) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    pollfd wait{descriptor, POLLIN, 0};
    if (left.count() <= 0 || poll(&wait, 1, static_cast<int>(left.count())) <= 0) break;
    const ssize_t got = read(descriptor, buffer, sizeof buffer);
    if (got <= 0) break;
    text.append(buffer, static_cast<std::size_t>(got));
  }
  return text;
}

Ended run(const Words& words) {
  Ended ended;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return ended.start_error = errno, ended;
  const io::Descriptor reading(ends[0]);
  io::Descriptor writing(ends[1]);
  const std::vector<char*> argv = pointers_to(words);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, writing.get(), STDERR_FILENO);
  pid_t pid = 0;
  ended.start_error = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (ended.start_error != 0) return ended;
  writing = io::Descriptor();
  ended.output = read_all(reading.get());
  // Whatever held standard error open has had its time; bwrap takes all of its family along.
  kill(pid, SIGKILL);
  while (waitpid(pid, &ended.status, 0) < 0 && errno == EINTR) continue;
  return ended;
}

std::string last_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text.substr(text.find_last_of('\n') + 1);
}

}  // namespace

uid_t room_user(unsigned room) { return kFirstRoomUser + room; }

std::vector<std::string> system_folders(const std::string& etc) {
  std::vector<std::string> folders;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(etc, ignored)) {
    if (entry.path().filename().string().starts_with("java")) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

SandboxRights probe_sandbox(const std::string& bwrap) {
  SandboxRights rights;
  rights.as_root = geteuid() == 0;
  RoomPlan room;
  if (rights.as_root) room.user = room_user(0);
  // Nothing of them is used, and all of them can be read by everybody.
  room.submission = room.report = "/usr";
  room.tool = "/usr/bin/env";
  Words words = room_words(room, cell_words({}, {"true"}));
  std::replace(words.begin(), words.end(), std::string("bwrap"), bwrap);
  const Ended ended = run(words);
  rights.works =
      ended.start_error == 0 && WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 0;
  if (rights.works) return rights;
  // setpriv ends with 127 where it finds no bwrap.
  const bool missing =
      ended.start_error == ENOENT ||
      (ended.start_error == 0 && WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 127);
  std::string why = last_line(ended.output);
  if (why.empty()) why = ended.start_error != 0 ? std::strerror(ended.start_error) : "no answer";
  rights.why_not =
      missing ? Message{"sandbox.missing"} : Message{"sandbox.refused", {{"why", why}}};
  return rights;
}

}  // namespace sockspec::supervise
