// The words that start the room of a submission, or do the same without a room. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/grade/choose_recipe.h"
#include "core/grade/class_plan.h"
#include "grade/staging.h"

namespace sockspec::grade {

struct RoomPlace {
  bool sandbox = true;
  std::optional<uid_t> user;         // of the room
  std::vector<std::string> visible;  // supervise::system_folders()
  std::string tool;
  StagedRoom staged;
};

struct RoomTask {
  ChosenRecipe recipe;
  std::string profile;  // a built-in name, or what `profile_file` is written to
  bool own_profile = false;
  std::uint64_t seed = 0;
  std::string lang;
};

struct RoomCommand {
  Words words;          // of the whole room
  std::string wrapper;  // the text of the file for `check --wrapper`
};

RoomCommand room_command(const ClassPlan& plan, const RoomTask& task, const RoomPlace& place);

// The command that a student would give to see the same, without any room.
Words shown_command(const ClassPlan& plan, const RoomTask& task);

}  // namespace sockspec::grade
