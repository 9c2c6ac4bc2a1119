#include "reports/junit.h"

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "core/names.h"
#include "reports/printable.h"
#include "reports/reproduce.h"
#include "reports/result_text.h"
#include "reports/standing.h"
#include "reports/xml_escape.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kName = 200;

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  Duration time{};

  Counts& operator+=(const Counts& more) {
    tests += more.tests;
    failures += more.failures;
    errors += more.errors;
    skipped += more.skipped;
    time += more.time;
    return *this;
  }
};

struct Suite {
  std::string name;
  std::string cases;
  Counts counts;
};

// Seconds, with a point whatever the locale says.
std::string seconds(Duration duration) {
  const auto ms = std::max<std::int64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(duration).count(), 0);
  char text[40];
  std::snprintf(text, sizeof text, "%lld.%03d", static_cast<long long>(ms / 1000),
                static_cast<int>(ms % 1000));
  return text;
}

// Of Ant's schema, on which others build: a date and a time without a zone. Ours are UTC; what is
// no such time is left out.
std::string timestamp(const CheckReport& report) {
  constexpr std::string_view kShape = "0000-00-00T00:00:00";
  const std::string time = report.started_at.substr(0, kShape.size());
  if (time.size() != kShape.size()) return {};
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool digit = time[i] >= '0' && time[i] <= '9';
    if (kShape[i] == '0' ? !digit : time[i] != kShape[i]) return {};
  }
  return xml_attribute("timestamp", time);
}

std::string element(std::string_view tag, std::string_view type, std::string_view message,
                    const std::string& body) {
  const std::string start = "      <" + std::string(tag) + xml_attribute("type", type) +
                            xml_attribute("message", message);
  if (body.empty()) return start + "/>\n";
  return start + ">" + xml_text(body) + "</" + std::string(tag) + ">\n";
}

class Document {
 public:
  explicit Document(const CheckReport& report)
      : report_(report), class_prefix_("sockspec." + printable_line(report.profile.id, kName)) {}

  std::string write() {
    for (const RunTrouble& trouble : troubles_of(report_)) add(trouble);
    for (const ScenarioResult& result : report_.results) add(result);
    Counts all;
    for (const Suite& suite : suites_) all += suite.counts;
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
                      xml_attribute("name", class_prefix_) + numbers(all, report_.duration) + ">\n";
    for (const Suite& suite : suites_) xml += whole(suite);
    return xml + "</testsuites>\n";
  }

 private:
  // In the order in which the groups come up.
  Suite& suite(const std::string& name) {
    const auto found = std::find_if(suites_.begin(), suites_.end(),
                                    [&](const Suite& known) { return known.name == name; });
    if (found != suites_.end()) return *found;
    return suites_.emplace_back(Suite{name, {}, {}});
  }

  static std::string numbers(const Counts& counts, Duration time) {
    return xml_attribute("tests", std::to_string(counts.tests)) +
           xml_attribute("failures", std::to_string(counts.failures)) +
           xml_attribute("errors", std::to_string(counts.errors)) +
           xml_attribute("time", seconds(time));
  }

  std::string whole(const Suite& suite) const {
    return "  <testsuite" + xml_attribute("name", suite.name) +
           numbers(suite.counts, suite.counts.time) +
           xml_attribute("skipped", std::to_string(suite.counts.skipped)) + timestamp(report_) +
           ">\n" + properties() + suite.cases + "  </testsuite>\n";
  }

  std::string properties() const {
    const std::pair<const char*, std::string> all[] = {
        {"profile", printable_line(report_.profile.id, kName)},
        {"seed", std::to_string(report_.seed)},
        {"level", report_.strict ? "should" : "must"},
        {"target", printable_line(server_text(report_.target), kName)},
        {"sockspec", printable_line(report_.tool_version, kName)},
        {"exit-code", std::to_string(report_.exit_code)}};
    std::string xml = "    <properties>\n";
    for (const auto& [name, value] : all)
      xml +=
          "      <property" + xml_attribute("name", name) + xml_attribute("value", value) + "/>\n";
    return xml + "    </properties>\n";
  }

  std::string testcase(const std::string& group, const std::string& name, Duration time,
                       std::string_view level) const {
    std::string xml = "    <testcase" + xml_attribute("classname", class_prefix_ + "." + group) +
                      xml_attribute("name", name) + xml_attribute("time", seconds(time));
    if (!level.empty()) xml += xml_attribute("group", level);
    return xml;
  }

  void add(const RunTrouble& trouble) {
    Suite& run = suite("run");
    run.counts.tests += 1;
    run.counts.errors += 1;
    const std::string body = trouble.text + "\n" + trouble.details;
    run.cases += testcase("run", trouble.name, Duration{}, "") + ">\n" +
                 element("error", trouble.name, trouble.text, body) + "    </testcase>\n";
  }

  void add(const ScenarioResult& result) {
    const std::string id = scenario_name(result);
    const std::string group = group_of(id);
    Suite& its_suite = suite(group);
    const Counts before = its_suite.counts;
    const std::string inside = inner(result, its_suite.counts);
    its_suite.counts.tests = before.tests + 1;
    its_suite.counts.time += result.duration;
    its_suite.cases += testcase(group, id, result.duration, name_of(result.level)) +
                       (inside.empty() ? "/>\n" : ">\n" + inside + "    </testcase>\n");
  }

  // What stands inside the testcase; counts what it is.
  std::string inner(const ScenarioResult& result, Counts& counts) const {
    const Standing standing = standing_of(report_, result);
    const std::string line = result_line(report_, result);
    switch (standing) {
      case Standing::Passed: return {};
      case Standing::Warned:
        return "      <system-out>" + xml_text(result_details(report_, result)) + "</system-out>\n";
      case Standing::Failed:
        counts.failures += 1;
        return element("failure", name_of(result.level), line, result_details(report_, result));
      case Standing::Undecided:
        counts.errors += 1;
        return element("error", "inconclusive", line, result_details(report_, result));
      case Standing::Known:
      case Standing::Doubtful:
      case Standing::Skipped:
      case Standing::NotRun: break;
    }
    counts.skipped += 1;
    return element("skipped", name_of(standing), line, {});
  }

  const CheckReport& report_;
  const std::string class_prefix_;
  std::vector<Suite> suites_;
};

}  // namespace

std::string junit(const CheckReport& report) { return Document(report).write(); }

}  // namespace sockspec::reports
