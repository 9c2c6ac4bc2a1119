#include "core/shard.h"

#include <charconv>
#include <optional>

namespace sockspec {
namespace {

constexpr std::size_t kMost = 999'999;

std::optional<std::size_t> whole(const std::string& text) {
  std::size_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end || number > kMost) return std::nullopt;
  return number;
}

Error refused(const std::string& text, const std::string& why) {
  return usage_error("--shard \"" + text + "\": " + why);
}

// The indexes of an array are MIN, MIN + STEP, … MAX, unless somebody listed them one by one.
Result<Shard> of_slurm_array(const std::string& text, const Variable& variable) {
  const auto number = [&](const char* name) { return whole(variable(name)); };
  const auto id = number("SLURM_ARRAY_TASK_ID");
  const auto least = number("SLURM_ARRAY_TASK_MIN");
  const auto most = number("SLURM_ARRAY_TASK_MAX");
  const auto count = number("SLURM_ARRAY_TASK_COUNT");
  const std::size_t step = number("SLURM_ARRAY_TASK_STEP").value_or(1);
  const bool told = id && least && most && count && step > 0 && *least <= *id && *id <= *most;
  if (told && (*most - *least) % step == 0 && (*most - *least) / step + 1 == *count &&
      (*id - *least) % step == 0)
    return Shard{(*id - *least) / step, *count};
  return refused(text,
                 "the indexes of this Slurm array are not evenly spaced, so they do not say which "
                 "part is whose; write sbatch --array=1-4, or I/N");
}

Result<Shard> from_variables(const std::string& text, std::optional<std::size_t> count,
                             const Variable& variable) {
  if (!variable("SLURM_ARRAY_TASK_ID").empty()) {
    Result<Shard> shard = of_slurm_array(text, variable);
    if (shard && count && shard->count != *count)
      return refused(text,
                     "the Slurm array has " + std::to_string(shard->count) + " tasks; write auto");
    return shard;
  }
  const std::string index = variable("JOB_COMPLETION_INDEX");
  if (index.empty()) {
    return refused(text,
                   "neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set, so nothing says "
                   "which part this is; write I/N, such as 2/4");
  }
  if (!count) {
    return refused(text,
                   "an Indexed Job does not tell its pods how many they are; write its "
                   "completions, too, such as auto/4");
  }
  const auto place = whole(index);
  if (!place || *place >= *count) {
    return refused(text, "JOB_COMPLETION_INDEX is " + index + ", and of " + std::to_string(*count) +
                             " the last is " + std::to_string(*count - 1) +
                             "; write the completions of the Job");
  }
  return Shard{*place, *count};
}

}  // namespace

Result<Shard> parse_shard(const std::string& text, const Variable& variable) {
  if (text == "auto") return from_variables(text, std::nullopt, variable);
  const std::size_t slash = text.find('/');
  if (slash != std::string::npos) {
    const std::string first = text.substr(0, slash);
    const auto count = whole(text.substr(slash + 1));
    if (first == "auto" && count && *count > 0) return from_variables(text, count, variable);
    const auto place = whole(first);
    if (place && count && *place >= 1 && *place <= *count) return Shard{*place - 1, *count};
  }
  return refused(text, "write I/N with I from 1 to N, such as 2/4");
}

}  // namespace sockspec
