#include "grade/room_plan.h"

#include <chrono>

#include "grade/room_script.h"
#include "supervise/sandbox_words.h"

namespace sockspec::grade {
namespace {

// RLIMIT_DATA counts what is reserved, as the whole stack of each thread (pthread_create(3): 8
// MiB), which a right server with a thread for each client must have. descendants_use_more() is the
// true limit.
constexpr std::uint64_t kDataPerMemory = 4;
constexpr std::uint64_t kStack = 8ULL << 20U;

std::uint64_t data_limit(const Limits& limits) {
  return limits.memory * kDataPerMemory + limits.processes * kStack;
}

struct Folders {
  std::string submission, work, report, tool;
};

Folders folders_of(const RoomPlace& place) {
  if (place.sandbox)
    return {supervise::kRoomSubmission, supervise::kRoomScratch, supervise::kRoomReport,
            supervise::kRoomTool};
  return {place.staged.submission, place.staged.work, place.staged.report, place.tool};
}

Words cell_of(const ClassPlan& plan, const RoomPlace& place, const std::string& folder) {
  const Limits& limits = plan.limits;
  if (place.sandbox) {
    supervise::CellPlan cell;
    cell.folder = folder;
    cell.cpu = limits.cpu;
    cell.data = data_limit(limits);
    cell.file = limits.scratch;
    cell.processes = limits.processes;
    cell.files = limits.files;
    cell.visible = place.visible;
    return supervise::cell_words(cell, {});
  }
  // Processes are counted for the whole user there, who has others.
  const auto cpu = std::chrono::ceil<std::chrono::seconds>(limits.cpu).count();
  return {"env",
          "-C",
          folder,
          "prlimit",
          "--nofile=" + std::to_string(limits.files),
          "--core=0",
          "--cpu=" + std::to_string(cpu),
          "--data=" + std::to_string(data_limit(limits)),
          "--fsize=" + std::to_string(limits.scratch),
          "--"};
}

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Words check_words(const ClassPlan& plan, const RoomTask& task, const std::string& profile) {
  Words words{"check", profile};
  if (plan.port) words = with(words, {"--port", std::to_string(*plan.port)});
  return with(words, {"--seed", std::to_string(task.seed)});
}

}  // namespace

RoomCommand room_command(const ClassPlan& plan, const RoomTask& task, const RoomPlace& place) {
  const Folders folders = folders_of(place);
  const std::string folder =
      folders.work + (task.recipe.folder.empty() ? "" : "/" + task.recipe.folder);
  const Words cell = cell_of(plan, place, folder);
  RoomWork work{folders.submission, folders.work, folders.report, {}, {}, plan.limits};
  for (const Words& command : task.recipe.recipe.build) work.build.push_back(with(cell, command));
  const auto in_report = [&](const char* name) { return folders.report + "/" + name; };
  const std::string profile = task.own_profile ? in_report(kProfileFile) : task.profile;
  work.check = with({folders.tool}, check_words(plan, task, profile));
  work.check =
      with(work.check, {"--lang", task.lang, "--quiet", "--color", "never", "--json",
                        in_report(kCheckFile), "--wrapper", in_report(kWrapperFile), "--"});
  work.check = with(work.check, task.recipe.recipe.run);
  RoomCommand command;
  for (const std::string& word : cell) command.wrapper += word + "\n";
  command.words = {"sh", "-c", room_script(work)};
  if (!place.sandbox) return command;
  supervise::RoomPlan room;
  room.user = place.user;
  room.submission = place.staged.submission;
  room.report = place.staged.report;
  room.tool = place.tool;
  room.scratch = plan.limits.scratch;
  room.visible = place.visible;
  command.words = supervise::room_words(room, command.words);
  return command;
}

Words shown_command(const ClassPlan& plan, const RoomTask& task) {
  return with(with({"sockspec"}, check_words(plan, task, task.profile)),
              with({"--"}, task.recipe.recipe.run));
}

}  // namespace sockspec::grade
