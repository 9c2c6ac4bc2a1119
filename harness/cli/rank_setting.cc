#include "cli/rank_setting.h"

#include <algorithm>
#include <map>

#include "cli/rank_report.h"
#include "reports/bytes_json.h"
#include "reports/load_plan_json.h"

namespace sockspec::cli {
namespace {

using scenario::Json;

// The option, or what else it is called, that two ranks have differently.
std::string first_difference(const Json& a, const Json& b) {
  for (const char* const name : {"version", "target", "find-rate", "seed", "profile"}) {
    if (a.value(name, Json()) != b.value(name, Json())) return name;
  }
  const Json mine = a.value("plan", Json::object());
  const Json other = b.value("plan", Json::object());
  for (const auto& [name, value] : mine.items()) {
    if (other.value(name, Json()) != value) return name;
  }
  return "setting";
}

Json setting_of(const Json& setting, const std::string& name) {
  if (setting.contains(name)) return setting[name];
  return setting.value("plan", Json::object()).value(name, Json());
}

// "size 65 instead of 64"; what is no number and no word is not spelt out.
std::string difference(const Json& other, const Json& wanted) {
  const std::string name = first_difference(wanted, other);
  const auto shown = [&](const Json& setting) {
    Json value = setting_of(setting, name);
    if (value.is_object() && value.contains("least") && value["least"] == value["most"])
      value = value["least"];
    return value.is_null() || value == "" ? std::string("none") : value.dump();
  };
  const std::string there = shown(other);
  const std::string here = shown(wanted);
  constexpr std::size_t kMost = 60;
  if (name == "profile" || there.size() > kMost || here.size() > kMost) return "another " + name;
  return name + " " + there + " instead of " + here;
}

}  // namespace

std::string rank_setting(const ParsedOptions& given, const LoadOptions& options) {
  Json setting;
  setting["version"] = SOCKSPEC_VERSION;
  setting["profile"] = options.plan.profile.json;
  setting["plan"] = reports::load_plan_to_json(options.plan);
  setting["target"] = given.text("target");
  setting["find-rate"] = given.text("find-rate");
  setting["seed"] = given.has("seed") ? Json(options.plan.seed) : Json();
  const std::string text = setting.dump();
  return Json{{"host", host_name()}, {"hash", reports::sha256_hex(text)}, {"setting", setting}}
      .dump();
}

std::optional<Error> setting_difference(const std::vector<std::string>& settings) {
  std::vector<Json> all;
  std::map<std::string, std::size_t> counts;
  for (const std::string& text : settings) {
    all.push_back(Json::parse(text, nullptr, false));
    if (!all.back().is_object())
      all.back() = Json::object();  // of a version that says it otherwise
    ++counts[all.back().value("hash", "")];
  }
  // What most ranks have is taken for what was meant; of two equal halves, that of rank 0.
  std::size_t usual = 0;
  for (std::size_t rank = 1; rank < all.size(); ++rank) {
    if (counts[all[rank].value("hash", "")] > counts[all[usual].value("hash", "")]) usual = rank;
  }
  const Json wanted = all[usual].value("setting", Json::object());
  for (std::size_t rank = 0; rank < all.size(); ++rank) {
    if (all[rank].value("hash", "") == all[usual].value("hash", "")) continue;
    const Json other = all[rank].value("setting", Json::object());
    return Error{ErrorKind::Harness,
                 "rank " + std::to_string(rank) + " (" + all[rank].value("host", "?") +
                     ") has another configuration than rank " + std::to_string(usual) + ": " +
                     difference(other, wanted) +
                     "; start all ranks with the same options, plan file and version"};
  }
  return std::nullopt;
}

}  // namespace sockspec::cli
