#include "reports/fault_table_json.h"

#include "core/embedded_file.h"
#include "reports/messages.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using scenario::ErrorLatch;
using scenario::Json;
using scenario::Reader;

constexpr std::string_view kSchema = "sockspec/fault-table/1";
constexpr std::int64_t kMostSeconds = 3600;

Json row_to_json(const FaultRow& row) {
  Json json;
  json["fault"] = row.fault;
  json["profile"] = row.profile;
  Json& wrong = json["wrong"] = Json::object();
  for (const auto& [scenario, signs] : row.signature.wrong) wrong[scenario] = signs;
  json["ran"] = row.signature.ran;
  if (!row.signature.process.empty()) json["process"] = row.signature.process;
  if (!row.unstable.empty()) json["unstable"] = row.unstable;
  if (row.seconds > 0) json["seconds"] = row.seconds;
  return json;
}

std::set<std::string> names_from(const Reader& in) {
  std::set<std::string> names;
  for (const Reader& item : in.items()) names.insert(item.text());
  return names;
}

FaultRow row_from(const Reader& in) {
  in.only({"fault", "profile", "wrong", "ran", "process", "unstable", "seconds"});
  FaultRow row;
  row.fault = in.at("fault").text();
  row.profile = in.at("profile").text();
  const Reader wrong = in.at("wrong");
  if (!wrong.json().is_object()) return wrong.error("write an object, { … }"), row;
  for (const auto& [scenario, signs] : wrong.json().items())
    row.signature.wrong[scenario] = names_from(wrong.at(scenario));
  row.signature.ran = names_from(in.at("ran"));
  if (in.has("process")) row.signature.process = names_from(in.at("process"));
  if (in.has("unstable")) row.unstable = names_from(in.at("unstable"));
  if (in.has("seconds")) row.seconds = static_cast<int>(in.at("seconds").number(1, kMostSeconds));
  return row;
}

}  // namespace

std::string fault_table_to_json(const FaultTable& table) {
  std::string text = "{\n\"schema\": \"" + std::string(kSchema) + "\",\n\"rows\": [";
  for (std::size_t i = 0; i < table.size(); ++i)
    text += (i == 0 ? "\n" : ",\n") + row_to_json(table[i]).dump();
  return text + "\n]\n}\n";
}

std::string selftest_to_json(const FaultTable& table, const std::vector<Message>& problems,
                             const std::vector<std::string>& errors, int exit_code,
                             std::string_view lang) {
  Json json;
  json["schema"] = "sockspec/selftest/1";
  json["exit_code"] = exit_code;
  json["problems"] = Json::array();
  for (const Message& problem : problems)
    json["problems"].push_back({{"id", problem.id}, {"text", render(problem, lang)}});
  json["errors"] = errors;
  json["rows"] = Json::array();
  for (const FaultRow& row : table) json["rows"].push_back(row_to_json(row));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<FaultTable> fault_table_from_json(std::string_view text, const std::string& file) {
  const Result<Json> document = scenario::parse_json(text, file);
  if (!document) return document.error();
  ErrorLatch errors(file);
  const Reader in(*document, "", errors);
  FaultTable table;
  if (in.at("schema").text() != kSchema)
    in.at("schema").error("this is no fault table (\"" + std::string(kSchema) + "\")");
  for (const Reader& item : in.at("rows").items()) table.push_back(row_from(item));
  if (errors.error()) return *errors.error();
  return table;
}

Result<FaultTable> builtin_fault_table() {
  for (const EmbeddedFile& file : embedded_fault_table())
    return fault_table_from_json(file.content, std::string(file.name));
  return FaultTable{};
}

}  // namespace sockspec::reports
