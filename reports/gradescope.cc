#include "reports/gradescope.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/names.h"
#include "reports/messages.h"
#include "reports/printable.h"
#include "reports/result_text.h"
#include "reports/standing.h"
#include "reports/verdict_sentence.h"

namespace sockspec::reports {
namespace {

using Json = nlohmann::ordered_json;
using Hundredths = std::uint64_t;

constexpr Hundredths kAll = 100 * 100;
constexpr Hundredths kMustShare = 80 * 100;
constexpr std::size_t kName = 200;

double points(Hundredths hundredths) { return static_cast<double>(hundredths) / 100; }

bool counts(const ScenarioResult& result) { return result.outcome != Outcome::Skipped; }

// Deals out the points of one kind of scenario: any two differ by a hundredth at most.
class Share {
 public:
  void add() { takers_ += 1; }
  bool any() const { return takers_ > 0; }
  void set(Hundredths all) { all_ = all; }

  Hundredths next() {
    const Hundredths before = all_ * dealt_ / takers_;
    dealt_ += 1;
    return all_ * dealt_ / takers_ - before;
  }

 private:
  std::size_t takers_ = 0;
  std::size_t dealt_ = 0;
  Hundredths all_ = 0;
};

struct Shares {
  Share must, other;

  Share& of(const ScenarioResult& result) { return result.level == Level::Must ? must : other; }
};

Shares shares_of(const CheckReport& report) {
  Shares shares;
  for (const ScenarioResult& result : report.results) {
    if (counts(result)) shares.of(result).add();
  }
  shares.must.set(shares.other.any() ? kMustShare : kAll);
  shares.other.set(shares.must.any() ? kAll - kMustShare : kAll);
  return shares;
}

Json test_of(const CheckReport& report, const ScenarioResult& result) {
  const std::string name = scenario_name(result);
  const Standing standing = standing_of(report, result);
  Json test;
  test["name"] = name + ": " + scenario_title(report, result);
  std::string output = result_line(report, result);
  if (is_bad(result.outcome)) output += "\n\n" + result_details(report, result);
  test["output"] = output;
  test["output_format"] = "text";
  test["visibility"] = "visible";
  test["tags"] = {group_of(name), name_of(result.level), name_of(standing)};
  return test;
}

Json test_of(const RunTrouble& trouble) {
  Json test;
  test["name"] = trouble.name;
  test["score"] = 0.0;
  test["max_score"] = 0.0;
  test["status"] = "failed";
  test["output"] = trouble.text + "\n" + trouble.details;
  test["output_format"] = "text";
  test["visibility"] = "visible";
  test["tags"] = {"run"};
  return test;
}

std::string text_above(const CheckReport& report, const std::vector<RunTrouble>& troubles) {
  std::string text = verdict_sentence(report);
  for (const RunTrouble& trouble : troubles) {
    text += (text.empty() ? "" : "\n") + trouble.text;
    if (trouble.fatal) text += " " + render({"formats.lower-bound"}, report.lang);
  }
  return text;
}

}  // namespace

std::string gradescope(const CheckReport& report) {
  const std::vector<RunTrouble> troubles = troubles_of(report);
  Shares shares = shares_of(report);
  Hundredths score = 0;
  Json tests = Json::array();
  for (const RunTrouble& trouble : troubles) tests.push_back(test_of(trouble));
  for (const ScenarioResult& result : report.results) {
    Json test = test_of(report, result);
    if (counts(result)) {
      const Hundredths most = shares.of(result).next();
      const bool good = earns_points(result);
      score += good ? most : 0;
      test["score"] = good ? points(most) : 0.0;
      test["max_score"] = points(most);
      test["status"] = good ? "passed" : "failed";
    }
    tests.push_back(std::move(test));
  }
  Json json;
  json["score"] = points(score);
  json["execution_time"] =
      std::round(std::chrono::duration<double>(report.duration).count() * 1000) / 1000;
  json["output"] = text_above(report, troubles);
  json["output_format"] = "text";
  json["visibility"] = "visible";
  json["stdout_visibility"] = "hidden";
  json["extra_data"] = {{"sockspec", printable_line(report.tool_version, kName)},
                        {"profile", printable_line(report.profile.id, kName)},
                        {"seed", report.seed},
                        {"exit_code", report.exit_code}};
  json["tests"] = std::move(tests);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sockspec::reports
