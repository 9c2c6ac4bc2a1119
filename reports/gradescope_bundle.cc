#include "reports/gradescope_bundle.h"

#include <algorithm>
#include <cassert>

#include "core/embedded_file.h"
#include "core/grade/needed_packages.h"
#include "reports/messages.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using scenario::Json;

constexpr const char* kClassFile = "class.json";
constexpr const char* kProfileFile = "profile.json";

// What the executable is linked with (a test compares it with what the system says), and the
// sandbox, which is used where a container allows it.
constexpr const char* kOwnPackages[] = {"bubblewrap", "libmd0", "libstdc++6", "libuv1", "zlib1g"};

std::string script(const char* name) {
  const EmbeddedFile* const embedded = find_file(embedded_gradescope(), name);
  assert(embedded && "a script that is not embedded");
  return embedded ? std::string(embedded->content) : "";
}

std::string run_script(const std::string& lang) {
  constexpr std::string_view kPlace = "@lang@";
  std::string text = script("run_autograder");
  if (const auto at = text.find(kPlace); at != std::string::npos)
    text.replace(at, kPlace.size(), lang);
  return text;
}

std::string packages(const grade::ClassPlan& plan) {
  std::vector<std::string> all = grade::needed_packages(plan).packages;
  all.insert(all.end(), std::begin(kOwnPackages), std::end(kOwnPackages));
  std::sort(all.begin(), all.end());
  std::string text;
  for (const std::string& package : all) text += package + "\n";
  return text;
}

std::string class_file(const std::string& class_text, bool own_profile) {
  Result<Json> parsed = scenario::parse_json(class_text, kClassFile);
  assert(parsed && "a class file that was not read before");
  Json file = parsed ? std::move(*parsed) : Json::object();
  for (const char* const gone : {"$schema", "late", "// late"}) file.erase(gone);
  file["submissions"] = "submissions/*";
  if (own_profile) file["profile"] = kProfileFile;
  return file.dump(2) + "\n";
}

// What stands in results.json until the submission is graded.
std::string not_graded(const std::string& lang) {
  const Json json = {{"score", 0},
                     {"output", render({"grade.error"}, lang)},
                     {"output_format", "text"},
                     {"visibility", "visible"}};
  return json.dump(1) + "\n";
}

}  // namespace

std::vector<BundleFile> gradescope_bundle(const grade::ClassPlan& plan,
                                          const std::string& class_text,
                                          const std::string& own_profile, const std::string& lang) {
  std::vector<BundleFile> files{{"setup.sh", script("setup.sh"), true},
                                {"run_autograder", run_script(lang), true},
                                {"packages.txt", packages(plan)},
                                {kClassFile, class_file(class_text, !own_profile.empty())},
                                {"not-graded.json", not_graded(lang)}};
  if (!own_profile.empty()) files.push_back({kProfileFile, own_profile});
  return files;
}

}  // namespace sockspec::reports
