#include "reports/markdown.h"

#include <algorithm>
#include <map>
#include <vector>

#include "core/names.h"
#include "reports/diagnosis_text.h"
#include "reports/markdown_escape.h"
#include "reports/messages.h"
#include "reports/printable.h"
#include "reports/reproduce.h"
#include "reports/result_text.h"
#include "reports/standing.h"
#include "reports/verdict_sentence.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kLine = 400;
constexpr std::size_t kDiagnosis = 8192;
constexpr std::size_t kReserve = 1000;  // for the note about what was left out

class Page {
 public:
  Page(const CheckReport& report, std::size_t most)
      : report_(report), most_(most > kReserve ? most - kReserve : 0) {}

  std::string write() {
    heading();
    for (const RunTrouble& trouble : troubles_of(report_)) tell(trouble);
    table();
    diagnosis();
    stories();
    passed();
    footer();
    return page_ + left_out();
  }

 private:
  std::string word(const std::string& id) const { return render({id}, report_.lang); }

  std::string text(std::string_view any) const { return markdown_text(printable_line(any, kLine)); }

  std::string outcome_word(const ScenarioResult& result) const {
    if (standing_of(report_, result) == Standing::Known) return word("console.known");
    return word("console." + std::string(name_of(result.outcome)));
  }

  // Whole, or not at all.
  bool add(const std::string& piece) {
    if (page_.size() + piece.size() > most_) return false;
    page_ += piece;
    return true;
  }

  void heading() {
    const Message title{"console.header",
                        {{"version", report_.tool_version},
                         {"profile", report_.profile.id},
                         {"target", server_text(report_.target)}}};
    const std::string mark = report_.exit_code == 0 ? "✅ " : "❌ ";
    add("### " + mark + text(render(title, report_.lang)) + "\n\n");
    const std::string verdict = verdict_sentence(report_);
    if (!verdict.empty()) add("**" + text(verdict) + "**\n\n");
  }

  void tell(const RunTrouble& trouble) {
    std::string piece = "**" + text(trouble.text) + "**\n\n";
    if (!trouble.details.empty()) piece += markdown_block(trouble.details) + "\n";
    if (!add(piece)) stories_left_out_ += 1;
  }

  void table() {
    std::map<std::string, std::size_t> not_run;  // by reason: a list of them explains nothing
    std::string head = "| " + word("formats.outcome") + " | " + word("formats.scenario") + " | " +
                       word("formats.level") + " | " + word("formats.what") +
                       " |\n| --- | --- | --- | --- |\n";
    bool any = false;
    for (const ScenarioResult& result : report_.results) {
      const Standing standing = standing_of(report_, result);
      if (standing == Standing::Passed) continue;
      if (standing == Standing::NotRun) {
        not_run[text(render(result.reason, report_.lang))] += 1;
        continue;
      }
      const std::string row =
          "| " + text(outcome_word(result)) + " | " + text(scenario_name(result)) + " | " +
          std::string(name_of(result.level)) + " | " + text(result_line(report_, result)) + " |\n";
      if (!add(any ? row : head + row)) {
        rows_left_out_ += 1;
        continue;
      }
      any = true;
    }
    if (any) add("\n");
    for (const auto& [why, count] : not_run) {
      const Message line{"console.not-run-count", {{"count", std::to_string(count)}, {"why", why}}};
      if (!add(render(line, report_.lang) + "\n\n")) rows_left_out_ += count;
    }
  }

  // Those that make the run red before those that only warn.
  void stories() {
    for (const bool red : {true, false}) {
      for (const ScenarioResult& result : report_.results) {
        const Standing standing = standing_of(report_, result);
        if (red ? is_red(standing) : standing == Standing::Warned) story(result);
      }
    }
  }

  void story(const ScenarioResult& result) {
    const std::string summary = outcome_word(result) + " " + scenario_name(result) + " — " +
                                scenario_title(report_, result);
    const std::string piece = "<details><summary>" + markdown_text(summary) + "</summary>\n\n" +
                              markdown_block(result_details(report_, result)) + "\n</details>\n\n";
    if (!add(piece)) stories_left_out_ += 1;
  }

  void diagnosis() {
    const bool any = std::any_of(report_.results.begin(), report_.results.end(),
                                 [&](const auto& r) { return is_bad(r.outcome) && !r.known; });
    if (!any) return;  // what is known needs no explanation
    std::string told = first_lines(diagnosis_text(report_, {}), kDiagnosis, report_.lang);
    while (!told.empty() && told.back() == '\n') told.pop_back();
    if (!told.empty() && !add(markdown_block(told) + "\n")) stories_left_out_ += 1;
    if (report_.holds_instead)
      add(text(render(report_.holds_instead->what, report_.lang)) + "\n\n");
  }

  void passed() {
    std::string list;
    std::size_t count = 0;
    for (const ScenarioResult& result : report_.results) {
      if (standing_of(report_, result) != Standing::Passed) continue;
      list += "- " + text(scenario_name(result)) + " — " +
              markdown_text(scenario_title(report_, result)) + "\n";
      count += 1;
    }
    if (count == 0) return;
    const Message summary{"formats.passed", {{"count", std::to_string(count)}}};
    const std::string piece = "<details><summary>" + markdown_text(render(summary, report_.lang)) +
                              "</summary>\n\n" + list + "\n</details>\n\n";
    if (!add(piece)) rows_left_out_ += count;
  }

  void footer() {
    const Message again{"formats.run", {{"command", again_command()}}};
    add(markdown_text(printable_line(render(again, report_.lang), kLine)) + "\n");
  }

  std::string again_command() const {
    std::string command;
    for (const std::string& part : report_.command)
      command += (command.empty() ? "" : " ") + shell_quoted(part);
    return command + " (seed " + std::to_string(report_.seed) + ")";
  }

  std::string left_out() const {
    if (rows_left_out_ + stories_left_out_ == 0) return {};
    return "\n" +
           markdown_text(render({"formats.left-out",
                                 {{"rows", std::to_string(rows_left_out_)},
                                  {"stories", std::to_string(stories_left_out_)}}},
                                report_.lang)) +
           "\n";
  }

  const CheckReport& report_;
  const std::size_t most_;
  std::string page_;
  std::size_t rows_left_out_ = 0;
  std::size_t stories_left_out_ = 0;
};

}  // namespace

std::string markdown(const CheckReport& report, std::size_t most) {
  return Page(report, most).write();
}

}  // namespace sockspec::reports
