#include "cli/github.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "reports/github_annotations.h"
#include "reports/markdown.h"

namespace sockspec::cli {

Result<Nothing> tell_github(const CheckReport& report, std::FILE* out) {
  std::fputs(reports::github_annotations(report).c_str(), out);
  const char* const name = std::getenv("GITHUB_STEP_SUMMARY");
  if (!name || *name == '\0') return Nothing{};
  const auto cannot = [&] {
    return Error{ErrorKind::Harness,
                 std::string(name) +
                     ": the summary of the step (GITHUB_STEP_SUMMARY) could not be "
                     "written: " +
                     std::strerror(errno)};
  };
  // Other commands of the step write there, too.
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(name, "ae"), std::fclose);
  if (!file) return cannot();
  const std::string page = reports::markdown(report) + "\n";
  const bool written = std::fwrite(page.data(), 1, page.size(), file.get()) == page.size();
  if (std::fflush(file.get()) != 0 || !written) return cannot();
  return Nothing{};
}

}  // namespace sockspec::cli
