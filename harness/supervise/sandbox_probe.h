// Whether this machine lets submissions be kept apart, found out by doing it. Linux, bubblewrap.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "core/message.h"

namespace sockspec::supervise {

struct SandboxRights {
  bool works = false;
  bool as_root = false;  // each room needs a user of its own (room_user)
  Message why_not;       // for the teacher: what is missing, and what follows from it
};

// Starts a cell in a room and waits for it, at most ten seconds. `bwrap` is another program in
// tests. Not safe while another thread waits for children.
SandboxRights probe_sandbox(const std::string& bwrap = "bwrap");

// A user that nobody else on this machine is, for the room with this number.
uid_t room_user(unsigned room);

// What Debian's compilers and virtual machines need besides /usr, such as /etc/java-17-openjdk.
std::vector<std::string> system_folders(const std::string& etc = "/etc");

}  // namespace sockspec::supervise
