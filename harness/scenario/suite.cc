#include "scenario/suite.h"

#include <algorithm>
#include <filesystem>

#include "core/embedded_file.h"
#include "scenario/parse_scenario.h"
#include "scenario/read_file.h"

namespace sockspec::scenario {
namespace {

namespace fs = std::filesystem;

// The order in which people meet the topics: from plain content to closing and crowds.
constexpr std::string_view kTopics[] = {"stream",   "line",  "transform", "datagram",   "session",
                                        "greeting", "close", "flow",      "concurrency"};

std::size_t place_of(const std::string& id) {
  const auto* const found =
      std::find(std::begin(kTopics), std::end(kTopics), id.substr(0, id.find('/')));
  return static_cast<std::size_t>(found - std::begin(kTopics));
}

void sort_suite(std::vector<Scenario>& suite) {
  std::stable_sort(suite.begin(), suite.end(), [](const Scenario& a, const Scenario& b) {
    const auto place_a = place_of(a.id);
    const auto place_b = place_of(b.id);
    return place_a != place_b ? place_a < place_b : a.id < b.id;
  });
}

// The entries of a folder; what cannot be listed must not look empty.
Result<std::vector<fs::path>> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    entries.push_back(entry->path());
  }
  if (error) return usage_error(folder.string() + ": cannot be listed: " + error.message());
  return entries;
}

Result<std::vector<std::string>> scenario_files(const fs::path& folder) {
  std::vector<std::string> files;
  const auto topics = entries_of(folder);
  if (!topics) return topics.error();
  for (const fs::path& topic : *topics) {
    const std::string name = topic.filename().string();
    std::error_code ignored;
    if (name == "profiles" || name == "schema" || !fs::is_directory(topic, ignored)) continue;
    const auto entries = entries_of(topic);
    if (!entries) return entries.error();
    for (const fs::path& file : *entries) {
      if (file.extension() == ".json") files.push_back(file.string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<std::vector<Scenario>> builtin_suite() {
  std::vector<Scenario> suite;
  for (const EmbeddedFile& file : embedded_scenarios()) {
    Result<Scenario> scenario = parse_scenario(file.content, std::string(file.name));
    if (!scenario) return scenario.error();
    suite.push_back(std::move(*scenario));
  }
  sort_suite(suite);
  return suite;
}

Result<std::vector<Scenario>> load_suite(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return usage_error(
        folder + ": is not a folder; --scenarios names one with <topic>/<scenario>.json in it");
  std::vector<Scenario> suite;
  const auto files = scenario_files(folder);
  if (!files) return files.error();
  for (const std::string& file : *files) {
    const Result<std::string> text = read_file(file);
    if (!text) return text.error();
    Result<Scenario> scenario = parse_scenario(*text, file);
    if (!scenario) return scenario.error();
    suite.push_back(std::move(*scenario));
  }
  if (suite.empty())
    return usage_error(folder + ": holds no scenario; they are files <topic>/<scenario>.json");
  sort_suite(suite);
  return suite;
}

}  // namespace sockspec::scenario
