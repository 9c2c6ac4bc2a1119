// The words of a room and of a cell, for the end-to-end tests (tests/test_sandbox.py), one to a
// line:
//   sandbox_words_for_test room SUBMISSION REPORT TOOL SCRATCH NUMBER
//   sandbox_words_for_test cell CPU_SECONDS DATA FILE PROCESSES FILES
//   sandbox_words_for_test more PID BYTES     does a room use more memory? yes or no
//   sandbox_words_for_test probe          nothing, or the id of why there are none
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "supervise/memory_of_descendants.h"
#include "supervise/sandbox_probe.h"
#include "supervise/sandbox_words.h"

namespace sockspec::supervise {
namespace {

void print(const std::vector<std::string>& words) {
  for (const std::string& word : words) std::cout << word << "\n";
}

int print_room(const std::vector<std::string>& figures) {
  RoomPlan plan;
  plan.submission = figures[0];
  plan.report = figures[1];
  plan.tool = figures[2];
  plan.scratch = std::stoull(figures[3]);
  plan.visible = system_folders();
  if (geteuid() == 0) plan.user = room_user(static_cast<unsigned>(std::stoul(figures[4])));
  print(room_words(plan, {}));
  return 0;
}

int print_cell(const std::vector<std::string>& figures) {
  CellPlan plan;
  plan.cpu = std::chrono::seconds(std::stol(figures[0]));
  plan.data = std::stoull(figures[1]);
  plan.file = std::stoull(figures[2]);
  plan.processes = static_cast<unsigned>(std::stoul(figures[3]));
  plan.files = static_cast<unsigned>(std::stoul(figures[4]));
  plan.visible = system_folders();
  print(cell_words(plan, {}));
  return 0;
}

}  // namespace
}  // namespace sockspec::supervise

int main(int argc, char** argv) {
  using namespace sockspec::supervise;
  const std::vector<std::string> words(argv + 1, argv + argc);
  constexpr std::size_t kFigures = 5;
  if (words.size() == 1 + kFigures && words[0] == "room")
    return print_room({words.begin() + 1, words.end()});
  if (words.size() == 1 + kFigures && words[0] == "cell")
    return print_cell({words.begin() + 1, words.end()});
  if (words.size() == 3 && words[0] == "more") {
    const bool more =
        descendants_use_more(static_cast<pid_t>(std::stol(words[1])), std::stoull(words[2]));
    std::cout << (more ? "yes" : "no") << "\n";
    return 0;
  }
  if (words != std::vector<std::string>{"probe"}) return 2;
  const SandboxRights rights = probe_sandbox();
  if (!rights.works) std::cout << rights.why_not.id << " " << rights.why_not.param("why") << "\n";
  return 0;
}
