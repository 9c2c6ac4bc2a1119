// Which processes belong to a server that was started, and which sockets they hold. Linux: /proc.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace sockspec::supervise {

struct ProcessInfo {
  pid_t pid = 0;
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
  char state = '?';  // as in /proc/PID/stat; 'Z' is a zombie

  bool operator==(const ProcessInfo&) const = default;
};

std::vector<ProcessInfo> all_processes();

// The text of /proc/PID/stat. The name in it may hold spaces and parentheses. For tests.
bool parse_stat(std::string_view text, ProcessInfo& into);

// The processes started from `leader`, dead or alive, wherever they went: by descent, by session
// and group, and by `marker`, a line of their environment, for those that left all of these.
// `leader` itself is among them while it exists.
std::vector<ProcessInfo> family_of(pid_t leader, const std::string& marker,
                                   const std::vector<ProcessInfo>& all);

// Where a server that we started can be: below us, once become_subreaper() was called, and
// anywhere before. `not_these` and what is below them is left out: one server that leaves a
// thousand processes behind must not make looking at the others slow.
std::vector<ProcessInfo> processes_in_reach(const std::set<pid_t>& not_these = {});

// All that stand below a process, without itself; below this very process.
std::vector<ProcessInfo> descendants_of(pid_t root);
std::vector<ProcessInfo> own_descendants();

// Does one of these processes hold the socket with this inode?
bool holds_socket(const std::vector<ProcessInfo>& processes, std::uint64_t inode);

// "name (pid 123)" of the process that holds the socket; "" when it cannot be seen.
std::string holder_of(std::uint64_t inode);

// So that orphans of servers under test come to us, not to init, and can be ended.
void become_subreaper();

// Ends whatever is left below this process, in whatever session: nothing of ours outlives us. Only
// after become_subreaper(), and when no child is waited for elsewhere. Gives up after 3 s.
void end_descendants();

// Collects the exit status of our children that nobody else waits for, except `not_these`.
void reap_orphans(const std::set<pid_t>& not_these);

}  // namespace sockspec::supervise
