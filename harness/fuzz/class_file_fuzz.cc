// Any text as a class file, as a submission's sockspec.json, and its lines as the files of a
// submission: an error is one line, and what parses chooses commands or says why none fit.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/grade/choose_recipe.h"
#include "core/unicode_uppercase.h"
#include "scenario/parse_class.h"

namespace sockspec {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void require_one_line(const std::string& text) {
  require(!text.empty() && text.size() < 2000);
  require(is_utf8(text));
  require(text.find_first_of("\n\r\x1B") == std::string::npos);
}

// The submission has a file for each pattern, and whatever else stands in the text.
std::vector<std::string> files_from(std::string_view text, const grade::ClassPlan& plan) {
  std::vector<std::string> files;
  for (const grade::Variant& variant : plan.variants) files.push_back(variant.when);
  constexpr std::size_t kMost = 50;
  for (std::size_t begin = 0; begin < text.size() && files.size() < kMost;) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    files.emplace_back(text.substr(begin, std::min<std::size_t>(end - begin, 200)));
    begin = end + 1;
  }
  return files;
}

void choose(const grade::ClassPlan& plan, std::string_view text) {
  const auto choice = grade::choose_recipe(plan, files_from(text, plan));
  if (const auto* const chosen = std::get_if<grade::ChosenRecipe>(&choice)) {
    require(!chosen->recipe.run.empty());
  } else {
    require(!std::get<Message>(choice).empty());
  }
}

}  // namespace
}  // namespace sockspec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sockspec;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto plan = scenario::parse_class(text, "fuzz")) {
    choose(*plan, text);
    const auto weights = scenario::check_weights(*plan, "fuzz", {"stream/basic", "close/no-leak"});
    if (!weights) require_one_line(weights.error().text);
  } else {
    require_one_line(plan.error().text);
  }
  const auto recipe = scenario::parse_submission(text, "fuzz");
  if (!recipe) require_one_line(recipe.error().text);
  return 0;
}
