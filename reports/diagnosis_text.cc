#include "reports/diagnosis_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "core/names.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

constexpr double kLikely = 0.8;

std::string percent(double confidence) {
  return std::to_string(static_cast<int>(std::lround(confidence * 100)));
}

void paragraph(std::ostringstream& out, const std::string& text, const char* indent) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out << indent << line << "\n";
}

struct AxisCount {
  std::size_t bad = 0, all = 0;
};

std::array<AxisCount, 4> count_axes(const CheckReport& report) {
  std::array<AxisCount, 4> axes{};
  for (const ScenarioResult& result : report.results) {
    for (const Check& check : result.checks) {
      if (check.outcome != Outcome::Pass && !is_bad(check.outcome)) continue;
      AxisCount& axis = axes.at(static_cast<std::size_t>(check.axis));
      axis.all += 1;
      axis.bad += is_bad(check.outcome) ? 1 : 0;
    }
  }
  return axes;
}

void tell_fault(std::ostringstream& out, const CheckReport& report, const DiagnosedFault& found,
                const Style& style) {
  const Fault& fault = found.fault;
  out << "    " << style.bold(fault.title.in(report.lang)) << "\n";
  paragraph(out, fault.explanation.in(report.lang), "    ");
  out << "  " << style.bold(render({"diagnosis.mend"}, report.lang)) << "\n";
  paragraph(out, fault.hint.in(report.lang), "    ");
  std::string language;
  const std::string& code = example_for(report, fault, &language);
  out << "  " << style.bold(render({"diagnosis.example", {{"language", language}}}, report.lang))
      << "\n";
  paragraph(out, code, "      ");
}

}  // namespace

// What came back and how it closed are two things, and most mistakes are in one of them.
std::string axes_text(const CheckReport& report) {
  const auto axes = count_axes(report);
  std::string text;
  for (const Named<Axis>& axis : names<Axis>()) {
    const AxisCount& count = axes.at(static_cast<std::size_t>(axis.value));
    if (count.all == 0) continue;
    const std::string id =
        std::string("axis.") + std::string(axis.name) + (count.bad == 0 ? "-right" : "-wrong");
    text += (text.empty() ? "" : "; ") +
            render({id, {{"bad", std::to_string(count.bad)}, {"all", std::to_string(count.all)}}},
                   report.lang);
  }
  return text;
}

std::string diagnosis_headline(const CheckReport& report) {
  if (report.diagnosis.empty()) return {};
  const DiagnosedFault& best = report.diagnosis.front();
  const bool pair = report.diagnosis.size() > 1 && report.diagnosis[1].beside;
  const std::string id = pair                         ? "diagnosis.two"
                         : best.confidence >= kLikely ? "diagnosis.likely"
                                                      : "diagnosis.perhaps";
  Message headline{id, {{"fault", best.fault.name}, {"percent", percent(best.confidence)}}};
  if (pair) headline.params.emplace_back("second", report.diagnosis[1].fault.name);
  return render(headline, report.lang);
}

const std::string& example_for(const CheckReport& report, const Fault& fault,
                               std::string* language) {
  const auto says = [&](std::string_view word) {
    return std::any_of(
        report.target.command.begin(), report.target.command.end(),
        [&](const std::string& part) { return part.find(word) != std::string::npos; });
  };
  if (says("python") || says(".py")) return *language = "Python", fault.python;
  if (says("java ") || says(".java") || says(".jar") || says("java")) {
    if (!says("javascript") && !says(".js")) return *language = "Java", fault.java;
  }
  return *language = "C", fault.c;
}

std::string diagnosis_text(const CheckReport& report, const Style& style) {
  const bool bad = std::any_of(report.results.begin(), report.results.end(),
                               [](const auto& r) { return is_bad(r.outcome); });
  if (!bad) return {};
  std::ostringstream out;
  if (report.diagnosis.empty()) {
    out << style.bold(render({"diagnosis.none"}, report.lang)) << "\n    " << axes_text(report)
        << "\n\n";
    return out.str();
  }
  out << style.bold(style.yellow(diagnosis_headline(report))) << "\n";
  tell_fault(out, report, report.diagnosis.front(), style);
  for (std::size_t i = 1; i < report.diagnosis.size(); ++i) {
    const DiagnosedFault& other = report.diagnosis[i];
    if (other.beside) {
      tell_fault(out, report, other, style);
      continue;
    }
    out << "  "
        << render({"diagnosis.rival",
                   {{"fault", other.fault.name},
                    {"percent", percent(other.confidence)},
                    {"title", other.fault.title.in(report.lang)}}},
                  report.lang)
        << "\n";
  }
  out << "  " << style.dim(axes_text(report)) << "\n\n";
  return out.str();
}

}  // namespace sockspec::reports
