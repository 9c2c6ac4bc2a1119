#include "grade/room_script.h"

#include <chrono>

#include "reports/reproduce.h"

namespace sockspec::grade {
namespace {

// From SIGTERM, after which a check still writes its report, to SIGKILL.
constexpr const char* kTimeToTell = "20";

std::string seconds(Duration duration) {
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(duration).count();
  std::string rest = std::to_string(ms % 1000);
  rest.insert(0, 3 - rest.size(), '0');
  return std::to_string(ms / 1000) + "." + rest;
}

std::string quoted(const Words& words) {
  std::string line;
  for (const std::string& word : words)
    line += (line.empty() ? "" : " ") + reports::shell_quoted(word);
  return line;
}

std::string build_script(const RoomWork& work) {
  std::string script;
  for (std::size_t i = 0; i < work.build.size(); ++i) {
    script += "echo " + std::to_string(i) + " > " +
              reports::shell_quoted(work.report + "/" + kStepFile) + "\n" + quoted(work.build[i]) +
              " || exit\n";
  }
  return script;
}

}  // namespace

std::string room_script(const RoomWork& work) {
  const auto in_report = [&](const char* name) {
    return reports::shell_quoted(work.report + "/" + name);
  };
  const std::string folder = reports::shell_quoted(work.work);
  // What was handed in may not be writable even for its owner.
  std::string script = "echo copy > " + in_report(kStageFile) + "\ncp -R " +
                       reports::shell_quoted(work.submission + "/.") + " " + folder +
                       " && chmod -R u+rwX " + folder + " || exit 0\ncd " + folder + "\n";
  if (!work.build.empty()) {
    // All of the output is read, or a compiler would stand still; the first errors are kept.
    script += "echo build > " + in_report(kStageFile) + "\n{ timeout -s KILL " +
              seconds(work.limits.build) + " sh -c " + reports::shell_quoted(build_script(work)) +
              " < /dev/null 2>&1; echo $? > " + in_report(kBuiltFile) + "; } | { head -c " +
              std::to_string(work.limits.output) + " > " + in_report(kOutputFile) +
              "; cat > /dev/null; }\n[ \"$(cat " + in_report(kBuiltFile) + ")\" = 0 ] || exit 0\n";
  }
  return script + "echo check > " + in_report(kStageFile) + "\nexec timeout --foreground -k " +
         kTimeToTell + " " + seconds(work.limits.total) + " " + quoted(work.check) + "\n";
}

}  // namespace sockspec::grade
