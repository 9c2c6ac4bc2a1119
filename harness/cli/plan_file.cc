#include "cli/plan_file.h"

#include <algorithm>
#include <utility>

#include "cli/commands.h"
#include "cli/load_arrivals.h"
#include "core/nearest.h"
#include "scenario/json_reader.h"
#include "scenario/read_file.h"

namespace sockspec::cli {
namespace {

using scenario::Json;
using scenario::Reader;

constexpr std::string_view kProfile = "profile";
constexpr std::string_view kCommand = "command";
constexpr std::string_view kStages = "stages";

// "10k" for "10k", "500" for 500. Error: anything that is no single value.
std::string value_of_option(const Reader& in) {
  if (in.json().is_string()) return in.text();
  if (in.json().is_number()) return in.json().dump();
  in.error("must be a text or a number");
  return {};
}

// In the form that the command line has: "--rate=10k". `dashes` is "" for the words of a stage.
void add_option(Words& words, const OptionSpec& option, const Reader& in, const char* dashes) {
  if (option.value.empty()) {
    if (in.flag()) words.push_back(dashes + option.name);
    return;
  }
  std::vector<Reader> values = {in};
  if (option.repeatable && in.json().is_array()) values = in.items();
  for (const Reader& value : values)
    words.push_back(dashes + option.name + "=" + value_of_option(value));
}

// The field of each option; `others` are fields that are none.
void add_options(Words& words, const CommandSpec& spec, const Reader& in, const char* dashes,
                 std::vector<std::string> others) {
  std::vector<std::string> known = std::move(others);
  for (const OptionSpec& option : spec.options) {
    if (option.name != "plan" && option.name != "stage") known.push_back(option.name);
  }
  in.only(known);
  for (const OptionSpec& option : spec.options) {
    if (in.has(option.name)) add_option(words, option, in.at(option.name), dashes);
  }
}

std::string stage_text(const Reader& in) {
  Words words;
  add_options(words, stage_spec(), in, "", {});
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Words words_of(const CommandSpec& spec, const Reader& in) {
  Words words;
  add_options(words, spec, in, "--",
              {std::string(kProfile), std::string(kCommand), std::string(kStages), "$schema"});
  if (in.has(kStages)) {
    for (const Reader& stage : in.at(kStages).items())
      words.push_back("--stage=" + stage_text(stage));
  }
  if (in.has(kProfile)) words.push_back(in.at(kProfile).text());
  if (!in.has(kCommand)) return words;
  words.emplace_back("--");
  for (const Reader& word : in.at(kCommand).items()) words.push_back(word.text());
  return words;
}

}  // namespace

Result<ParsedOptions> with_plan_file(const CommandSpec& spec, const ParsedOptions& options) {
  if (!options.has("plan")) return options;
  const std::string file = options.text("plan");
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return text.error();
  const Result<Json> document = scenario::parse_json(*text, file);
  if (!document) return document.error();
  scenario::ErrorLatch errors(file);
  const Words words = words_of(spec, Reader(*document, "", errors));
  if (errors.error()) return *errors.error();
  Result<ParsedOptions> plan = parse_options(spec, words);
  if (!plan) return Error{plan.error().kind, file + ": " + plan.error().text};
  // A server of the command line is in place of the plan's, and so is a rate.
  if (options.has("target") || options.has_server_command())
    plan->forget({"target", "port", "host"}, true);
  if (options.has("rate") || options.has("stage"))
    plan->forget({"rate", "arrivals", "burst", "period", "stage"}, false);
  if (options.has("stage")) plan->forget({"duration"}, false);
  plan->prefer(options);
  return plan;
}

}  // namespace sockspec::cli
