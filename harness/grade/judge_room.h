// From what was seen in a room to what is said about its submission. Pure.
#pragma once

#include "core/grade/choose_recipe.h"
#include "core/grade/class_plan.h"
#include "core/grade/grade_report.h"
#include "grade/room_record.h"

namespace sockspec::grade {

// State, reason, points, outcome, diagnosis, counts and output; lateness is in the points.
Submission judge_room(const ClassPlan& plan, const std::string& name, const ChosenRecipe& recipe,
                      const RoomRecord& record);

// One for which no room was made: nothing fits it, or it is too big, or the grader failed.
Submission without_room(const ClassPlan& plan, const std::string& name, State state,
                        Message reason);

}  // namespace sockspec::grade
