#include "scenario/parse_scenario.h"

#include "scenario/parse_payload.h"
#include "scenario/parse_step.h"

namespace sockspec::scenario {
namespace {

bool is_slug(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') return false;
  }
  return true;
}

std::string read_id(const Reader& in) {
  const std::string id = in.text();
  const std::size_t slash = id.find('/');
  const bool good =
      slash != std::string::npos && is_slug(id.substr(0, slash)) && is_slug(id.substr(slash + 1));
  if (!good && in.json().is_string())
    in.error("\"" + id + "\" is not an id; write topic/words-with-hyphens");
  return id;
}

// Scenario files are found by their id, so scenarios/stream/basic.json holds "stream/basic".
void check_file_name(const Reader& in, const std::string& id, const std::string& file) {
  const std::string wanted = id + ".json";
  const bool fits = file == wanted || file.ends_with("/" + wanted);
  if (!fits && file.ends_with(".json"))
    in.error("\"" + id + "\" belongs into a file " + wanted + ", not " + file);
}

Citation read_citation(const Reader& in) {
  in.only({"document", "section", "quote"});
  Citation citation;
  citation.document = in.at("document").text();
  if (in.has("section")) citation.section = in.at("section").text();
  if (in.has("quote")) citation.quote = in.at("quote").text();
  return citation;
}

Scenario read_scenario(const Reader& in, const std::string& file) {
  in.only({"$schema", "id", "version", "title", "level", "sanity", "optional", "budget", "requires",
           "needs", "cites", "catches", "explanation", "hint", "steps"});
  Scenario scenario;
  scenario.id = read_id(in.at("id"));
  check_file_name(in.at("id"), scenario.id, file);
  scenario.version = static_cast<int>(in.at("version").number(1, 1'000'000));
  scenario.title = in.at("title").localized();
  scenario.level = in.at("level").named<Level>();
  if (in.has("sanity")) scenario.sanity = in.at("sanity").flag();
  if (in.has("optional")) scenario.optional = in.at("optional").flag();
  if (in.has("budget")) scenario.budget = read_duration(in.at("budget"));
  if (in.has("requires")) scenario.requires_ = read_requirement(in.at("requires"));
  if (in.has("cites")) {
    for (const Reader& item : in.at("cites").items()) scenario.cites.push_back(read_citation(item));
  }
  if (in.has("needs")) {
    for (const Reader& item : in.at("needs").items()) scenario.needs.push_back(read_id(item));
  }
  if (in.has("catches")) {
    for (const Reader& item : in.at("catches").items()) scenario.catches.push_back(item.text());
  }
  if (in.has("explanation")) scenario.explanation = in.at("explanation").localized();
  if (in.has("hint")) scenario.hint = in.at("hint").localized();
  scenario.steps = read_steps(in.at("steps"), 0);
  if (scenario.steps.empty()) in.at("steps").error("is empty; a scenario observes something");
  return scenario;
}

}  // namespace

Result<Scenario> parse_scenario(std::string_view text, const std::string& file) {
  const Result<Json> document = parse_json(text, file);
  if (!document) return document.error();
  ErrorLatch errors(file);
  Scenario scenario = read_scenario(Reader(*document, "", errors), file);
  if (errors.error()) return *errors.error();
  return scenario;
}

}  // namespace sockspec::scenario
