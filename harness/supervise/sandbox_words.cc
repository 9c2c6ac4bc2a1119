#include "supervise/sandbox_words.h"

#include <algorithm>

namespace sockspec::supervise {
namespace {

using Words = std::vector<std::string>;

// bwrap, the shell around the command and its sleep: they are no fault of the submission.
constexpr unsigned kOwnProcesses = 3;

// A server that goes into the background leaves its first process behind, with which bwrap would
// end. So that it is served like any other, the cell ends with the last process instead: the shell
// and bwrap are two. SIGTERM is ignored here, as bwrap was started.
constexpr const char* kUntilAllEnded =
    R"("$@"; code=$?; while set -- /proc/[0-9]*; [ $# -gt 2 ]; do sleep 0.05 || break; done; exit $code)";

void append(Words& words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
}

// What programs and compilers of Debian need to run: nothing of anybody's home.
void show_system(Words& words, const Words& visible) {
  append(words, {"--ro-bind", "/usr", "/usr"});
  for (const char* const folder : {"bin", "sbin", "lib", "lib64"})
    append(words, {"--symlink", std::string("usr/") + folder, std::string("/") + folder});
  for (const char* const file :
       {"/etc/alternatives", "/etc/group", "/etc/hosts", "/etc/ld.so.cache", "/etc/localtime",
        "/etc/nsswitch.conf", "/etc/passwd", "/etc/protocols", "/etc/services"})
    append(words, {"--ro-bind-try", file, file});
  for (const std::string& folder : visible) append(words, {"--ro-bind-try", folder, folder});
}

// Its own processes and devices; /dev/shm is the one place there that can be written.
void show_kernel(Words& words, std::uint64_t shared_memory) {
  append(words, {"--proc", "/proc", "--dev", "/dev", "--size", std::to_string(shared_memory),
                 "--tmpfs", "/dev/shm"});
}

std::uint64_t quarter(std::uint64_t bytes) { return std::max<std::uint64_t>(bytes / 4, 4096); }

}  // namespace

std::vector<std::string> room_words(const RoomPlan& plan, const std::vector<std::string>& command) {
  Words words;
  if (plan.user) {
    const std::string user = std::to_string(*plan.user);
    words = {"setpriv",        "--reuid=" + user, "--regid=" + user,
             "--clear-groups", "--inh-caps=-all", "--"};
  }
  append(words, {"bwrap", "--die-with-parent", "--new-session", "--unshare-user", "--unshare-net",
                 "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
                 "--hostname", "room"});
  append(words, {"--clearenv", "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--setenv",
                 "LANG", "C.UTF-8", "--setenv", "HOME", kRoomScratch});
  show_system(words, plan.visible);
  show_kernel(words, quarter(plan.scratch));
  append(words, {"--size", std::to_string(quarter(plan.scratch)), "--tmpfs", "/tmp"});
  append(words, {"--size", std::to_string(plan.scratch), "--tmpfs", kRoomScratch});
  append(words, {"--ro-bind", plan.submission, kRoomSubmission, "--bind", plan.report, kRoomReport,
                 "--ro-bind", plan.tool, kRoomTool});
  // bwrap's own root and /dev lie in memory without a limit: nobody may write there.
  append(words, {"--remount-ro", "/dev", "--remount-ro", "/", "--chdir", kRoomScratch, "--"});
  append(words, command);
  return words;
}

std::vector<std::string> cell_words(const CellPlan& plan, const std::vector<std::string>& command) {
  // A bwrap that dies of SIGTERM would kill a server that ignores it, or is still tidying up.
  Words words{"env", "--ignore-signal=TERM"};
  append(words, {"bwrap", "--die-with-parent", "--new-session", "--unshare-user",
                 "--disable-userns", "--unshare-pid", "--unshare-ipc", "--unshare-uts",
                 "--unshare-cgroup-try", "--hostname", "cell"});
  show_system(words, plan.visible);
  show_kernel(words, quarter(plan.file));
  append(words,
         {"--size", std::to_string(quarter(plan.file)), "--tmpfs", "/tmp", "--bind", kRoomScratch,
          kRoomScratch, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", plan.folder, "--"});
  append(words,
         {"sh", "-c", kUntilAllEnded, "sh", "env", "--default-signal=TERM", "prlimit",
          "--nproc=" + std::to_string(plan.processes + kOwnProcesses),
          "--nofile=" + std::to_string(plan.files), "--core=0",
          "--cpu=" + std::to_string(std::chrono::ceil<std::chrono::seconds>(plan.cpu).count()),
          "--data=" + std::to_string(plan.data), "--fsize=" + std::to_string(plan.file), "--"});
  append(words, command);
  return words;
}

}  // namespace sockspec::supervise
