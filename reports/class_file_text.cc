#include "reports/class_file_text.h"

#include "core/grade/class_plan.h"
#include "reports/messages.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using scenario::Json;

constexpr std::uint16_t kUsualPort = 12000;

Json words(std::initializer_list<const char*> list) {
  return Json(std::vector<std::string>(list.begin(), list.end()));
}

Json variants() {
  const auto variant = [](const char* when, const Json& build, const Json& run) {
    Json json = {{"when", when}};
    if (!build.empty()) json["build"] = Json::array({build});
    json["run"] = run;
    return json;
  };
  return Json::array(
      {variant("server.py", {}, words({"python3", "server.py", "{port}"})),
       variant("*.java", words({"javac", "{file}"}), words({"java", "{class}", "{port}"})),
       variant("server.js", {}, words({"node", "server.js", "{port}"})),
       variant("server.pl", {}, words({"perl", "server.pl", "{port}"})),
       variant("server.cpp", words({"g++", "-O2", "-pthread", "-o", "server", "server.cpp"}),
               words({"./server", "{port}"})),
       variant("server.c", words({"gcc", "-O2", "-pthread", "-o", "server", "server.c"}),
               words({"./server", "{port}"}))});
}

// The defaults, as people write them; class_file_text_test.cc reads them back.
Json limits() {
  return {{"build", "60s"},     {"total", "120s"},  {"cpu", "60s"},     {"memory", "512MiB"},
          {"scratch", "64MiB"}, {"output", "1MiB"}, {"processes", 256}, {"files", 256}};
}

// On one line, with spaces where people leave them.
std::string on_one_line(const Json& value) {
  if (!value.is_structured() || value.empty()) return value.dump();
  std::string text;
  for (const auto& [key, member] : value.items()) {
    text += text.empty() ? "" : ", ";
    text += (value.is_object() ? Json(key).dump() + ": " : "") + on_one_line(member);
  }
  return value.is_object() ? "{ " + text + " }" : "[" + text + "]";
}

// One member on each line, so that a comment stands above what it explains.
std::string written(const Json& file) {
  std::string text = "{\n";
  std::size_t left = file.size();
  for (const auto& [key, value] : file.items()) {
    --left;
    const bool variants = value.is_array() && !value.empty() && value[0].is_object();
    std::string shown = variants ? "[\n" : on_one_line(value);
    for (std::size_t i = 0; variants && i < value.size(); ++i)
      shown += "    " + on_one_line(value[i]) + (i + 1 < value.size() ? ",\n" : "\n  ]");
    text += "  " + Json(key).dump() + ": " + shown + (left > 0 ? ",\n" : "\n");
  }
  return text + "}\n";
}

}  // namespace

std::string class_file_text(const std::string& profile_name, const Profile& profile,
                            const std::string& lang) {
  const Message words_to_use{"",
                             {{"word", "{port}"},
                              {"file", "{file}"},
                              {"class", "{class}"},
                              {"late", R"({ "per_day": 10, "most": 50, "days": { "kim": 2 } })"}}};
  const auto says = [&](const char* id) { return render({id, words_to_use.params}, lang); };
  const std::string title = profile.title.in(lang);
  Json file;
  file["//"] = says("init.comments");
  file["class"] = title.empty() ? profile_name : title;
  file["profile"] = profile_name;
  file["// submissions"] = says("init.submissions");
  file["submissions"] = "submissions/*";
  file["// variants"] = says("init.variants");
  file["variants"] = variants();
  file["// own_commands"] = says("init.own-commands");
  file["own_commands"] = false;
  file["// port"] = says("init.port");
  file["port"] = profile.port.value_or(0) < grade::kLeastPort ? kUsualPort : *profile.port;
  file["// limits"] = says("init.limits");
  file["limits"] = limits();
  file["// points"] = says("init.points");
  file["points"] = {{"must", 80}, {"should", 20}, {"weights", Json::object()}};
  file["// late"] = says("init.late");
  file["late"] = nullptr;
  file["// jobs"] = says("init.jobs");
  file["jobs"] = "auto";
  return written(file);
}

}  // namespace sockspec::reports
