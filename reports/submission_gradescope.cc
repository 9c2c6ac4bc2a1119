#include "reports/submission_gradescope.h"

#include <nlohmann/json.hpp>

#include "reports/diagnosis_text.h"
#include "reports/grade_words.h"
#include "reports/gradescope.h"
#include "reports/printable.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostOutput = 64 << 10;

// The tests of its check. The points are those of the class file: each by itself has none, and only
// says whether it holds.
Json tests_of(const CheckReport& check) {
  Json all = Json::parse(gradescope(check), nullptr, false);
  Json tests = all.is_object() ? all["tests"] : Json::array();
  for (Json& test : tests) {
    test.erase("score");
    test.erase("max_score");
  }
  return tests;
}

}  // namespace

std::string submission_gradescope(const grade::GradeReport& report,
                                  const grade::Submission& submission,
                                  const std::optional<CheckReport>& check) {
  const auto& earned = submission.points.earned;
  Json json;
  json["score"] = static_cast<double>(earned.value_or(0)) / 100;
  std::string output =
      standing_word(submission, report.lang) + ": " + points_of_most(submission, report.lang);
  const std::string why = why_text(submission, report.lang);
  if (!why.empty()) output += "\n" + why;
  if (!submission.output.empty()) output += "\n\n" + submission.output.substr(0, kMostOutput);
  // What to change comes before the scenarios, which Gradescope shows folded.
  const std::string likely = check ? diagnosis_text(*check, {}) : "";
  if (!likely.empty()) output += "\n\n" + likely.substr(0, kMostOutput);
  json["output"] = printable(output);
  json["output_format"] = "text";
  json["visibility"] = "visible";
  json["stdout_visibility"] = "hidden";
  json["tests"] = check ? tests_of(*check) : Json::array();
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sockspec::reports
