#include "core/grade/merge_classes.h"

#include <algorithm>
#include <string>
#include <utility>

namespace sockspec::grade {
namespace {

Result<Nothing> check_parts(const std::vector<GradeReport>& parts) {
  const GradeReport& first = parts.front();
  const auto differs = [](const std::string& what) {
    return usage_error("the reports are not parts of one run: their " + what + " differ");
  };
  for (const GradeReport& part : parts) {
    if (part.title != first.title) return differs("classes");
    if (part.profile != first.profile) return differs("profiles");
    if (part.seed != first.seed) return differs("seeds");
    if (part.tool_version != first.tool_version) return differs("versions of sockspec");
    if (part.shards != first.shards) return differs("numbers of shards");
  }
  for (std::size_t i = 0; i < first.shards; ++i) {
    const auto count = std::count_if(parts.begin(), parts.end(),
                                     [&](const GradeReport& part) { return part.shard == i; });
    const std::string name = std::to_string(i + 1) + "/" + std::to_string(first.shards);
    if (count == 0) return usage_error("shard " + name + " is missing; name the reports of all");
    if (count > 1) return usage_error("shard " + name + " is there twice; name each report once");
  }
  return Nothing{};
}

}  // namespace

Result<GradeReport> merge_classes(std::vector<GradeReport> parts) {
  if (parts.empty()) return usage_error("name the reports of all shards");
  if (auto fit = check_parts(parts); !fit) return fit.error();
  std::sort(parts.begin(), parts.end(),
            [](const GradeReport& a, const GradeReport& b) { return a.shard < b.shard; });
  GradeReport whole = parts.front();
  whole.submissions.clear();
  whole.shard = 0;
  whole.shards = 1;
  for (GradeReport& part : parts) {
    whole.started_at = std::min(whole.started_at, part.started_at);
    whole.duration = std::max(whole.duration, part.duration);
    whole.jobs = std::max(whole.jobs, part.jobs);
    whole.exit_code = std::max(whole.exit_code, part.exit_code);
    whole.interrupted_by = std::max(whole.interrupted_by, part.interrupted_by);
    if (part.isolation == Isolation::None) whole.isolation = Isolation::None;
    for (Submission& submission : part.submissions)
      whole.submissions.push_back(std::move(submission));
  }
  std::sort(whole.submissions.begin(), whole.submissions.end(),
            [](const Submission& a, const Submission& b) { return a.name < b.name; });
  const auto twice =
      std::adjacent_find(whole.submissions.begin(), whole.submissions.end(),
                         [](const Submission& a, const Submission& b) { return a.name == b.name; });
  if (twice == whole.submissions.end()) return whole;
  return usage_error("the submission \"" + twice->name + "\" is in two of the reports");
}

}  // namespace sockspec::grade
