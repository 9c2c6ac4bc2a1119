#include "scenario/faults.h"

#include <algorithm>

#include "core/embedded_file.h"
#include "scenario/json_reader.h"

namespace sockspec::scenario {
namespace {

Fault read_fault(const Reader& in) {
  in.only({"$schema", "fault", "topic", "profiles", "title", "explanation", "hint", "code",
           "optional", "host"});
  Fault fault;
  fault.name = in.at("fault").text();
  fault.topic = in.at("topic").text();
  for (const Reader& item : in.at("profiles").items()) fault.profiles.push_back(item.text());
  if (fault.profiles.empty()) in.at("profiles").error("is empty; name the profiles it occurs in");
  fault.title = in.at("title").localized();
  fault.explanation = in.at("explanation").localized();
  fault.hint = in.at("hint").localized();
  const Reader code = in.at("code");
  code.only({"python", "c", "java"});
  fault.python = code.at("python").text();
  fault.c = code.at("c").text();
  fault.java = code.at("java").text();
  if (in.has("optional")) fault.optional = in.at("optional").flag();
  if (in.has("host")) fault.host = in.at("host").text();
  return fault;
}

}  // namespace

Result<Fault> parse_fault(std::string_view text, const std::string& file) {
  const Result<Json> document = parse_json(text, file);
  if (!document) return document.error();
  ErrorLatch errors(file);
  Fault fault = read_fault(Reader(*document, "", errors));
  if (errors.error()) return *errors.error();
  return fault;
}

Result<std::vector<Fault>> builtin_faults() {
  std::vector<Fault> faults;
  for (const EmbeddedFile& file : embedded_faults()) {
    Result<Fault> fault = parse_fault(file.content, std::string(file.name));
    if (!fault) return fault.error();
    faults.push_back(std::move(*fault));
  }
  std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) {
    return a.topic != b.topic ? a.topic < b.topic : a.name < b.name;
  });
  return faults;
}

Result<std::optional<Fault>> builtin_fault(const std::string& name) {
  const EmbeddedFile* const file = find_file(embedded_faults(), name + ".json");
  if (!file) return std::optional<Fault>();
  Result<Fault> fault = parse_fault(file->content, std::string(file->name));
  if (!fault) return fault.error();
  return std::optional<Fault>(std::move(*fault));
}

}  // namespace sockspec::scenario
