#include "reports/learn_report.h"

#include <algorithm>
#include <sstream>

#include "reports/bytes_json.h"
#include "reports/failure_text.h"
#include "reports/messages.h"
#include "reports/reproduce.h"
#include "reports/transcript_json.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {
namespace {

using scenario::Json;

constexpr std::size_t kMostNamed = 3;      // scenarios that the server fails
constexpr std::size_t kMostDiffering = 2;  // fields; with more, two profiles are not alike

std::string joined(const std::vector<std::string>& words, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(words.size(), most); ++i)
    text += (i > 0 ? ", " : "") + words[i];
  return words.size() > most ? text + ", …" : text;
}

std::optional<Message> likeness_to_builtin(const LearnReport& report) {
  if (report.nearest.empty() || report.differs.size() > kMostDiffering) return std::nullopt;
  if (report.differs.empty()) return Message{"learn.is-builtin", {{"profile", report.nearest}}};
  return Message{"learn.like-builtin",
                 {{"profile", report.nearest}, {"fields", joined(report.differs, kMostDiffering)}}};
}

Message verdict(const Verification& verification) {
  const std::string ran = std::to_string(verification.ran);
  if (!verification.failed.empty()) {
    return {"learn.does-not-hold",
            {{"failed", std::to_string(verification.failed.size())},
             {"ran", ran},
             {"names", joined(verification.failed, kMostNamed)}}};
  }
  if (!verification.unsure.empty())
    return {"learn.unsure", {{"names", joined(verification.unsure, kMostNamed)}}};
  return {"learn.holds", {{"passed", std::to_string(verification.passed)}, {"ran", ran}}};
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(text.size() < width ? width - text.size() : 0, ' ');
}

}  // namespace

std::string learn_text(const LearnReport& report, const Style& style) {
  std::ostringstream out;
  const auto say = [&](const Message& message) { return render(message, report.lang); };
  out << style.bold(
             say({"learn.header",
                  {{"version", report.tool_version}, {"server", server_text(report.target)}}}))
      << "\n\n";
  std::size_t fields = 0;
  std::size_t values = 0;
  for (const Finding& finding : report.lesson.findings) {
    fields = std::max(fields, finding.field.size());
    values = std::max(values, finding.value.size());
  }
  for (const Finding& finding : report.lesson.findings) {
    out << "  " << padded(finding.field, fields + 2) << style.bold(padded(finding.value, values))
        << "  " << style.dim(say(finding.seen)) << "\n";
  }
  if (!report.lesson.findings.empty()) out << "\n";
  for (const Message& problem : report.lesson.problems)
    out << style.red(say({"learn.no-profile", {{"why", say(problem)}}})) << "\n";
  if (!report.lesson.problems.empty()) {
    std::istringstream lines(safe_for_terminal(report.server_output));
    for (std::string line; std::getline(lines, line);) out << "    | " << line << "\n";
  }
  if (const auto like = likeness_to_builtin(report)) out << say(*like) << "\n";
  if (report.verification) {
    const std::string text = say(verdict(*report.verification));
    const bool holds = report.verification->failed.empty();
    out << (report.exit_code == 0 ? style.green(text)
            : holds               ? style.yellow(text)
                                  : style.red(text))
        << "\n";
  }
  return out.str();
}

std::string learn_report_to_json(const LearnReport& report, const std::string& profile) {
  Json json;
  json["schema"] = "sockspec/learn/1";
  json["tool"] = {{"name", "sockspec"}, {"version", report.tool_version}};
  if (!report.target.command.empty()) json["target"]["command"] = report.target.command;
  json["target"]["address"] = report.target.address;
  json["exit_code"] = report.exit_code;
  if (!profile.empty()) json["profile"] = Json::parse(profile, nullptr, false);
  Json& findings = json["findings"] = Json::array();
  for (const Finding& finding : report.lesson.findings) {
    findings.push_back({{"field", finding.field},
                        {"value", finding.value},
                        {"seen", message_to_json(finding.seen, report.lang)}});
  }
  Json& problems = json["problems"] = Json::array();
  for (const Message& problem : report.lesson.problems)
    problems.push_back(message_to_json(problem, report.lang));
  if (!report.lesson.problems.empty()) json["server_output"] = bytes_to_json(report.server_output);
  if (!report.nearest.empty())
    json["nearest"] = {{"profile", report.nearest}, {"differs", report.differs}};
  if (report.verification) {
    const Verification& verification = *report.verification;
    json["verification"] = {{"holds", verification.failed.empty() && verification.unsure.empty()},
                            {"passed", verification.passed},
                            {"ran", verification.ran},
                            {"failed", verification.failed},
                            {"unsure", verification.unsure}};
  }
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sockspec::reports
