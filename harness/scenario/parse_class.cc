#include "scenario/parse_class.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/grade/placeholders.h"
#include "core/selection.h"
#include "scenario/json_reader.h"
#include "scenario/read_file.h"
#include "scenario/units.h"

namespace sockspec::scenario {
namespace {

using namespace grade;

constexpr std::uint64_t kKiB = 1024;
constexpr std::uint64_t kMostBytes = 1ULL << 40U;
constexpr std::int64_t kMostProcesses = 32768;
constexpr std::int64_t kMostFiles = 1 << 20;
constexpr std::int64_t kMostJobs = 256;
constexpr double kMostPoints = 10000;
constexpr double kMostWeight = 1000;

// JSON has no comments, and people who write a file by hand need them.
void remove_comments(Json& json) {
  if (json.is_object()) {
    Json kept = Json::object();
    for (auto member = json.begin(); member != json.end(); ++member) {
      if (!member.key().starts_with("//")) kept[member.key()] = std::move(member.value());
    }
    json = std::move(kept);
  }
  if (json.is_structured()) {
    for (Json& value : json) remove_comments(value);
  }
}

std::string filled_text(const Reader& in, const char* what) {
  std::string text = in.text();
  if (in.json().is_string() && text.find_first_not_of(' ') == std::string::npos)
    in.error(std::string("is empty; write ") + what);
  if (text.find('\0') != std::string::npos) in.error("holds a NUL byte; remove it");
  return text;
}

void check_placeholders(const Reader& in, const std::string& word,
                        const std::vector<std::string>& allowed) {
  for (const std::string& name : placeholders_in(word)) {
    if (std::find(allowed.begin(), allowed.end(), name) != allowed.end()) continue;
    if (name == "file" || name == "class") {
      in.error("{" + name + "} is the file that chose a variant; write the name here");
    } else if (name == "port" || name == "host") {
      in.error("{" + name + "} is known only when the server is started; write it in \"run\"");
    } else {
      in.error("{" + name + "} is no placeholder" + did_you_mean(name, allowed));
    }
  }
}

Words read_words(const Reader& in, const std::vector<std::string>& allowed) {
  Words words;
  for (const Reader& item : in.items()) {
    std::string word = item.text();
    if (word.find('\0') != std::string::npos) item.error("holds a NUL byte; remove it");
    check_placeholders(item, word, allowed);
    words.push_back(std::move(word));
  }
  if (in.json().is_array() && (words.empty() || words.front().empty())) {
    in.error("is empty; write the program and its arguments, such as [\"./server\", \"{port}\"]");
  }
  return words;
}

// Of a class file, a variant or a submission.
Recipe read_recipe(const Reader& in, bool has_file) {
  std::vector<std::string> building, running{"port", "host"};
  if (has_file) {
    building = {"file", "class"};
    running.insert(running.end(), building.begin(), building.end());
  }
  Recipe recipe;
  if (in.has("build")) {
    const Reader build = in.at("build");
    for (const Reader& command : build.items()) {
      if (command.json().is_string()) {
        build.error("write a list of commands, each a list of words: [[\"gcc\", \"server.c\"]]");
        break;
      }
      recipe.build.push_back(read_words(command, building));
    }
  }
  recipe.run = read_words(in.at("run"), running);
  return recipe;
}

Variant read_variant(const Reader& in) {
  in.only({"when", "build", "run"});
  Variant variant;
  const Reader when = in.at("when");
  variant.when = filled_text(when, "a file or a pattern, such as \"server.py\" or \"*.java\"");
  if (variant.when.starts_with('/') || variant.when.find("..") != std::string::npos)
    when.error("write a file inside the submission, such as \"server.py\" or \"src/*.c\"");
  variant.recipe = read_recipe(in, true);
  return variant;
}

std::uint64_t read_bytes(const Reader& in, std::uint64_t least) {
  const std::string text = in.text();
  if (!in.json().is_string()) return least;
  std::uint64_t bytes = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bytes);
  const std::string unit(end, text.data() + text.size());
  const std::uint64_t factor = unit == "KiB"   ? kKiB
                               : unit == "MiB" ? kKiB * kKiB
                               : unit == "GiB" ? kKiB * kKiB * kKiB
                                               : 0;
  if (error != std::errc() || factor == 0) {
    in.error("\"" + text +
             "\" is not a size; write a whole number with KiB, MiB or GiB: \"512MiB\"");
    return least;
  }
  if (bytes > kMostBytes / factor || bytes * factor < least) {
    in.error("\"" + text + "\" is out of range; write " + std::to_string(least / kKiB) +
             "KiB to 1024GiB");
    return least;
  }
  return bytes * factor;
}

Duration read_time(const Reader& in) {
  const std::string text = in.text();
  if (!in.json().is_string()) return {};
  const Result<Duration> time = parse_duration(text);
  if (!time) return in.error(time.error().text), Duration();
  if (*time < std::chrono::seconds(1)) in.error("\"" + text + "\" is too short; at least \"1s\"");
  return *time;
}

Limits read_limits(const Reader& in) {
  in.only({"build", "total", "cpu", "memory", "scratch", "output", "processes", "files"});
  Limits limits;
  if (in.has("build")) limits.build = read_time(in.at("build"));
  if (in.has("total")) limits.total = read_time(in.at("total"));
  if (in.has("cpu")) limits.cpu = read_time(in.at("cpu"));
  if (in.has("memory")) limits.memory = read_bytes(in.at("memory"), 16 * kKiB * kKiB);
  if (in.has("scratch")) limits.scratch = read_bytes(in.at("scratch"), 64 * kKiB);
  if (in.has("output")) limits.output = read_bytes(in.at("output"), kKiB);
  if (in.has("processes"))
    limits.processes = static_cast<unsigned>(in.at("processes").number(1, kMostProcesses));
  if (in.has("files")) limits.files = static_cast<unsigned>(in.at("files").number(16, kMostFiles));
  return limits;
}

// A number with so many decimals at most, as a whole number of the smallest.
std::int64_t read_fixed(const Reader& in, double most, std::int64_t one) {
  const std::string range = "0 to " + std::to_string(static_cast<int>(most));
  if (!in.json().is_number()) return in.error("write a number, " + range), 0;
  const auto number = in.json().get<double>();
  if (!(number >= 0 && number <= most))
    return in.error(in.json().dump() + " is out of range; write " + range), 0;
  const double whole = std::round(number * static_cast<double>(one));
  if (std::abs(whole - number * static_cast<double>(one)) > 1e-6) {
    in.error(in.json().dump() + " is too fine; write at most " + (one == 100 ? "two" : "three") +
             " decimals");
  }
  return static_cast<std::int64_t>(whole);
}

PointsPlan read_points(const Reader& in) {
  in.only({"must", "should", "weights"});
  PointsPlan points;
  if (in.has("must")) points.must = read_fixed(in.at("must"), kMostPoints, 100);
  if (in.has("should")) points.should = read_fixed(in.at("should"), kMostPoints, 100);
  if (points.must + points.should == 0) in.error("nothing can be earned; write \"must\": 80");
  if (!in.has("weights")) return points;
  const Reader weights = in.at("weights");
  if (!weights.json().is_object()) {
    weights.error("write an object: { \"stream/byte-split\": 3 }");
    return points;
  }
  for (const auto& [pattern, unused] : weights.json().items()) {
    if (pattern.empty())
      weights.error("a name is empty; write a scenario or a pattern, such as \"stream/*\"");
    points.weights.emplace_back(pattern, read_fixed(weights.at(pattern), kMostWeight, kOne));
  }
  return points;
}

LatePlan read_late(const Reader& in) {
  in.only({"per_day", "most", "days"});
  LatePlan late;
  late.per_day = static_cast<int>(in.at("per_day").number(0, 100));
  if (in.has("most")) late.most = static_cast<int>(in.at("most").number(0, 100));
  const Reader days = in.at("days");
  if (!days.json().is_object()) {
    days.error("write an object of the late submissions: { \"kim\": 2 }");
    return late;
  }
  for (const auto& [name, unused] : days.json().items())
    late.days[name] = static_cast<int>(days.at(name).number(0, 3650));
  return late;
}

// A server whose command is not told a port needs one that is known.
void check_port(const Reader& in, const ClassPlan& plan) {
  if (plan.port) return;
  const std::string why =
      "has no {port}: write it where the server expects its port, or write the port that is fixed "
      "in the code, \"port\": 12000";
  if (plan.otherwise && !uses(plan.otherwise->run, "port")) in.at("run").error(why);
  for (std::size_t i = 0; i < plan.variants.size(); ++i) {
    if (!uses(plan.variants[i].recipe.run, "port"))
      in.at("variants").items()[i].at("run").error(why);
  }
}

std::uint16_t read_port(const Reader& in) {
  const auto port = static_cast<std::uint16_t>(in.number(1, 65535));
  if (port < kLeastPort)
    in.error(
        "only root may listen on a port below 1024, and no submission runs as root; write one "
        "from 1024 on, or null and {port} in \"run\"");
  return port;
}

void read_commands(const Reader& in, ClassPlan& plan) {
  if (in.has("variants")) {
    for (const Reader& item : in.at("variants").items())
      plan.variants.push_back(read_variant(item));
  }
  if (in.has("run")) {
    plan.otherwise = read_recipe(in, false);
  } else if (in.has("build")) {
    in.error("\"build\" needs \"run\": the command that starts what was built");
  }
  if (in.has("own_commands")) plan.own_commands = in.at("own_commands").flag();
  if (plan.variants.empty() && !plan.otherwise && !plan.own_commands)
    in.error(
        "the field \"run\" is missing: the command that starts a server; or write \"variants\"");
}

ClassPlan read_class(const Reader& in) {
  in.only({"$schema", "class", "profile", "submissions", "variants", "build", "run", "own_commands",
           "port", "limits", "points", "late", "jobs"});
  ClassPlan plan;
  plan.title = filled_text(in.at("class"), "the name of the class or of the exercise");
  plan.profile = filled_text(in.at("profile"), "a profile, such as \"tcp-echo\"");
  plan.submissions = filled_text(in.at("submissions"),
                                 "where the folders of the submissions are: \"submissions/*\"");
  read_commands(in, plan);
  if (in.has("port") && !in.at("port").json().is_null()) plan.port = read_port(in.at("port"));
  if (in.has("limits")) plan.limits = read_limits(in.at("limits"));
  if (in.has("points")) plan.points = read_points(in.at("points"));
  if (in.has("late") && !in.at("late").json().is_null()) plan.late = read_late(in.at("late"));
  if (in.has("jobs") && in.at("jobs").json() != "auto") {
    const Reader jobs = in.at("jobs");
    if (jobs.json().is_string())
      jobs.error("write \"auto\" or a whole number, 1 to " + std::to_string(kMostJobs));
    plan.jobs = static_cast<unsigned>(jobs.number(1, kMostJobs));
  }
  check_port(in, plan);
  return plan;
}

template <class Value, class Read>
Result<Value> read_document(std::string_view text, const std::string& file, Read read) {
  Result<Json> document = parse_json(text, file);
  if (!document) return document.error();
  remove_comments(*document);
  ErrorLatch errors(file);
  Value value = read(Reader(*document, "", errors));
  if (errors.error()) return *errors.error();
  return value;
}

}  // namespace

Result<ClassPlan> parse_class(std::string_view text, const std::string& file) {
  return read_document<ClassPlan>(text, file, read_class);
}

Result<ClassPlan> load_class(const std::string& file) {
  const Result<std::string> text = read_file(file);
  if (!text) return text.error();
  return parse_class(*text, file);
}

Result<Recipe> parse_submission(std::string_view text, const std::string& file) {
  return read_document<Recipe>(text, file, [](const Reader& in) {
    in.only({"build", "run"});
    return read_recipe(in, false);
  });
}

Result<Nothing> check_weights(const ClassPlan& plan, const std::string& file,
                              const std::vector<std::string>& scenarios) {
  for (const auto& [pattern, unused] : plan.points.weights) {
    const bool any =
        std::any_of(scenarios.begin(), scenarios.end(),
                    [&, &wanted = pattern](const auto& id) { return matches(wanted, id); });
    if (any) continue;
    ErrorLatch errors(file);
    errors.report("/points/weights", "\"" + pattern + "\" matches no scenario of profile " +
                                         plan.profile + did_you_mean(pattern, scenarios));
    return *errors.error();
  }
  return Nothing{};
}

}  // namespace sockspec::scenario
