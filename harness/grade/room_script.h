// What happens in the room of one submission, as a shell script: copy what was handed in, build it,
// check it. Pure: nothing is started here.
//
// The script tells how far it came in files of the report folder, which the submission cannot see:
// "stage" (copy, build, check), "step" (the number of the last build command that was begun),
// "built" (the exit status of the build) and "output" (the first bytes of what it printed).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/grade/class_plan.h"
#include "core/time.h"

namespace sockspec::grade {

struct RoomWork {
  std::string submission;    // the folders, as they are called where the script runs
  std::string work;          //
  std::string report;        //
  std::vector<Words> build;  // with the words of their cells
  Words check;               // sockspec check …
  Limits limits;
};

std::string room_script(const RoomWork& work);

// The file names above.
inline constexpr const char* kStageFile = "stage";
inline constexpr const char* kStepFile = "step";
inline constexpr const char* kBuiltFile = "built";
inline constexpr const char* kOutputFile = "output";
inline constexpr const char* kCheckFile = "check.json";
inline constexpr const char* kWrapperFile = "wrapper";
inline constexpr const char* kProfileFile = "profile.json";

}  // namespace sockspec::grade
