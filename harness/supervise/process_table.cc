#include "supervise/process_table.h"

#include <dirent.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <functional>
#include <memory>
#include <set>
#include <sstream>

namespace sockspec::supervise {
namespace {

void each_entry(const std::string& folder, const std::function<void(std::string_view)>& visit) {
  const std::unique_ptr<DIR, int (*)(DIR*)> open(opendir(folder.c_str()), closedir);
  if (!open) return;
  while (const dirent* entry = readdir(open.get())) visit(entry->d_name);
}

std::string read_all(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

pid_t as_pid(std::string_view name) {
  pid_t pid = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
  return error == std::errc() && end == name.data() + name.size() ? pid : 0;
}

std::string folder_of(pid_t pid) { return "/proc/" + std::to_string(pid); }

bool has_marker(pid_t pid, const std::string& marker) {
  const std::string environment = '\0' + read_all(folder_of(pid) + "/environ") + '\0';
  return environment.find('\0' + marker + '\0') != std::string::npos;
}

bool holds(pid_t pid, const std::string& link) {
  bool found = false;
  const std::string folder = folder_of(pid) + "/fd";
  each_entry(folder, [&](std::string_view name) {
    char target[64];
    if (found || name.starts_with('.')) return;
    const ssize_t size =
        readlink((folder + "/" + std::string(name)).c_str(), target, sizeof target);
    found = size > 0 && std::string_view(target, static_cast<std::size_t>(size)) == link;
  });
  return found;
}

// The children that each thread has, without a look at the rest of the machine: on one with
// hundreds of processes that is a hundred times cheaper. False where the kernel does not list them.
bool walk_children(pid_t root, std::vector<ProcessInfo>& found, const std::set<pid_t>& not_these) {
  std::vector<pid_t> left = {root};
  bool listed = false;
  while (!left.empty()) {
    const std::string tasks = folder_of(left.back()) + "/task";
    left.pop_back();
    each_entry(tasks, [&](std::string_view name) {
      if (as_pid(name) == 0) return;
      std::ifstream file(tasks + "/" + std::string(name) + "/children");
      listed = listed || file.is_open();
      for (pid_t child = 0; file >> child;) {
        ProcessInfo info;
        if (not_these.contains(child)) continue;
        if (!parse_stat(read_all(folder_of(child) + "/stat"), info)) continue;
        found.push_back(info);
        left.push_back(child);
      }
    });
  }
  return listed;
}

std::string link_of(std::uint64_t inode) { return "socket:[" + std::to_string(inode) + "]"; }

}  // namespace

bool parse_stat(std::string_view text, ProcessInfo& into) {
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string_view::npos) return false;
  std::istringstream fields{std::string(text.substr(name_end + 1))};
  fields >> into.state >> into.parent >> into.group >> into.session;
  into.pid = as_pid(text.substr(0, text.find(' ')));
  return static_cast<bool>(fields) && into.pid > 0;
}

std::vector<ProcessInfo> all_processes() {
  std::vector<ProcessInfo> all;
  each_entry("/proc", [&](std::string_view name) {
    ProcessInfo info;
    const pid_t pid = as_pid(name);
    if (pid > 0 && parse_stat(read_all(folder_of(pid) + "/stat"), info)) all.push_back(info);
  });
  return all;
}

std::vector<ProcessInfo> family_of(pid_t leader, const std::string& marker,
                                   const std::vector<ProcessInfo>& all) {
  const pid_t self = getpid();
  std::set<pid_t> members = {leader};
  const auto joins = [&](const ProcessInfo& process) {
    if (process.pid == self || members.contains(process.pid)) return false;
    if (process.session == leader || process.group == leader || members.contains(process.parent))
      return true;
    const bool orphan = process.parent == self || process.parent == 1;
    return orphan && !marker.empty() && has_marker(process.pid, marker);
  };
  for (bool grew = true; grew;) {
    grew = false;
    for (const ProcessInfo& process : all) {
      if (!joins(process)) continue;
      members.insert(process.pid);
      grew = true;
    }
  }
  std::vector<ProcessInfo> family;
  for (const ProcessInfo& process : all) {
    if (members.contains(process.pid)) family.push_back(process);
  }
  return family;
}

std::vector<ProcessInfo> own_descendants() { return descendants_of(getpid()); }

std::vector<ProcessInfo> descendants_of(pid_t root) {
  std::vector<ProcessInfo> found;
  if (walk_children(root, found, {})) return found;
  const std::vector<ProcessInfo> all = all_processes();
  std::set<pid_t> members = {root};
  for (bool grew = true; grew;) {
    grew = false;
    for (const ProcessInfo& process : all) {
      if (members.contains(process.pid) || !members.contains(process.parent)) continue;
      members.insert(process.pid);
      found.push_back(process);
      grew = true;
    }
  }
  return found;
}

std::vector<ProcessInfo> processes_in_reach(const std::set<pid_t>& not_these) {
  int subreaper = 0;
  prctl(PR_GET_CHILD_SUBREAPER, &subreaper);
  std::vector<ProcessInfo> found;
  return subreaper != 0 && walk_children(getpid(), found, not_these) ? found : all_processes();
}

bool holds_socket(const std::vector<ProcessInfo>& processes, std::uint64_t inode) {
  const std::string link = link_of(inode);
  return std::any_of(processes.begin(), processes.end(),
                     [&](const ProcessInfo& process) { return holds(process.pid, link); });
}

std::string holder_of(std::uint64_t inode) {
  const std::string link = link_of(inode);
  for (const ProcessInfo& process : all_processes()) {
    if (!holds(process.pid, link)) continue;
    std::string name = read_all(folder_of(process.pid) + "/comm");
    if (!name.empty() && name.back() == '\n') name.pop_back();
    return name + " (pid " + std::to_string(process.pid) + ")";
  }
  return {};
}

void become_subreaper() { prctl(PR_SET_CHILD_SUBREAPER, 1); }

namespace {

// Read at once, while a walk through /proc misses a process that is another one every few
// milliseconds. proc_pid_task_tid_children(5).
void kill_children() {
  const std::string self = std::to_string(getpid());
  std::ifstream file("/proc/" + self + "/task/" + self + "/children");
  for (pid_t child = 0; file >> child;) kill(child, SIGKILL);
}

}  // namespace

void end_descendants() {
  using namespace std::chrono_literals;
  const auto give_up = std::chrono::steady_clock::now() + 3s;
  while (std::chrono::steady_clock::now() < give_up) {
    pid_t ended = 0;
    do {
      ended = waitpid(-1, nullptr, WNOHANG);
    } while (ended > 0);
    // Orphans become children of a subreaper: who has no child has no descendant either.
    if (ended < 0 && errno == ECHILD) return;
    kill_children();
    for (const ProcessInfo& process : own_descendants()) {
      if (process.state != 'Z') kill(process.pid, SIGKILL);
    }
    usleep(500);
  }
}

void reap_orphans(const std::set<pid_t>& not_these) {
  const pid_t self = getpid();
  for (const ProcessInfo& process : own_descendants()) {
    const bool ours = process.parent == self && process.state == 'Z';
    if (!ours || not_these.contains(process.pid)) continue;
    waitpid(process.pid, nullptr, WNOHANG);
  }
}

}  // namespace sockspec::supervise
