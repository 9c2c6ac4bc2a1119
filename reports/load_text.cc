#include "reports/load_text.h"

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include "core/load/figures.h"
#include "core/load/load_judge.h"
#include "core/load/rank_figures.h"
#include "reports/columns.h"
#include "reports/difference_text.h"
#include "reports/failure_text.h"
#include "reports/load_sentences.h"
#include "reports/load_setting.h"
#include "reports/messages.h"
#include "reports/reproduce.h"

namespace sockspec::reports {
namespace {

using load::LoadReport;
using load::ReplyVerdict;

constexpr std::size_t kFigureWidth = 10;

class Teller {
 public:
  Teller(const LoadReport& report, const Style& style) : report_(report), style_(style) {}

  std::string tell(bool quiet) {
    if (!quiet) {
      header();
      latencies();
      rates();
      stages();
      replies();
      ranks();
    }
    examples();
    under_load(quiet);
    if (!quiet) trials();
    thresholds(quiet);
    doubts();
    if (!quiet && report_.total.requests.answered > 0) {
      line(say(bottleneck_sentence(report_)));
    }
    conclude();
    return out_.str();
  }

 private:
  std::string say(const Message& message) const { return render(message, report_.lang); }
  void line(const std::string& text) { out_ << text << "\n"; }

  void header() {
    line(style_.bold(say({"load.header",
                          {{"version", report_.tool_version},
                           {"profile", report_.plan.profile.id},
                           {"server", server_text(report_.target)}}})));
    line(style_.dim(load_setting(report_)));
    line("");
  }

  void latencies() {
    struct Row {
      std::string name;
      const load::Histogram* histogram;
    };
    const load::Latencies& latency = report_.total.latency;
    std::vector<Row> rows{{say({"load.response"}), &latency.response},
                          {say({"load.service"}), &latency.service},
                          {say({"load.lag"}), &latency.lag}};
    std::erase_if(rows, [](const Row& row) { return row.histogram->count() == 0; });
    if (rows.empty()) return;
    const std::string title = say({"load.latency"});
    std::size_t widest = columns(title);
    for (const Row& row : rows) widest = std::max(widest, columns(row.name));
    std::string head = "  " + left(title, widest);
    for (const char* const name : {"p50", "p90", "p95", "p99", "p99.9", "max"})
      head += right(name, kFigureWidth);
    line(style_.dim(head));
    for (const Row& row : rows) {
      out_ << "  " << left(row.name, widest);
      for (const double percent : {50.0, 90.0, 95.0, 99.0, 99.9, 100.0})
        out_ << right(latency_text(*row.histogram->at_percentile(percent)), kFigureWidth);
      line("");
    }
    line("");
  }

  void rates() {
    const std::string achieved = rate_text(load::achieved_rate(report_));
    if (const auto offered = load::offered_rate(report_)) {
      line("  " + say({"load.rate-open",
                       {{"offered", rate_text(*offered)},
                        {"achieved", achieved},
                        {"adherence", percent_text(load::adherence(report_))}}}));
    } else {
      line("  " + say({"load.rate-closed", {{"achieved", achieved}}}));
    }
  }

  // A line for each stage of several.
  void stages() {
    if (report_.stages.empty()) return;
    const std::vector<load::Arrivals>& planned = report_.plan.stages;
    std::vector<std::string> names;
    std::size_t widest = 0;
    for (const load::Arrivals& stage : planned) {
      names.push_back(stage_name(stage));
      widest = std::max(widest, columns(names.back()));
    }
    line("");
    for (std::size_t i = 0; i < report_.stages.size(); ++i) {
      const load::Interval& stage = report_.stages[i];
      const auto time = [](const std::optional<Duration>& figure) {
        return figure ? latency_text(*figure) : std::string("-");
      };
      const double seconds = std::max(in_seconds(stage.length), 1e-9);
      line("  " + left(i < names.size() ? names[i] : "", widest) + "  " +
           say({"load.stage",
                {{"duration", latency_text(stage.length)},
                 {"rate", rate_text(static_cast<double>(stage.answered) / seconds)},
                 {"p50", time(stage.p50)},
                 {"p99", time(stage.p99)},
                 {"max", time(stage.max)},
                 {"errors", grouped(stage.errors)}}}));
    }
    line("");
  }

  void replies() {
    std::size_t widest = 0;
    for (const Named<ReplyVerdict>& entry : names<ReplyVerdict>())
      widest = std::max(widest, grouped(report_.total.verdicts[entry.value]).size());
    for (const Named<ReplyVerdict>& entry : names<ReplyVerdict>()) {
      const std::uint64_t count = report_.total.verdicts[entry.value];
      if (count == 0) continue;
      const std::string text =
          right(grouped(count), widest) + "  " + say(verdict_words(entry.value));
      line("  " + (entry.value == ReplyVerdict::Ok ? style_.green(text) : style_.red(text)));
    }
    line("");
  }

  // A line for each process of several.
  void ranks() {
    if (report_.ranks.size() < 2) return;
    const auto time = [](const std::optional<Duration>& figure) {
      return figure ? latency_text(*figure) : std::string("-");
    };
    for (const load::RankFigures& rank : report_.ranks) {
      line("  " + say({"load.rank",
                       {{"rank", std::to_string(rank.rank)},
                        {"host", rank.host.empty() ? "-" : rank.host},
                        {"connections", grouped(rank.connections)},
                        {"ok", grouped(rank.ok)},
                        {"errors", grouped(rank.errors)},
                        {"p99", time(rank.response_p99)},
                        {"adherence", percent_text(rank.adherence)},
                        {"cpu", percent_text(100 * rank.busiest)}}}));
    }
    if (const auto skew = load::start_skew(report_.ranks)) {
      line("  " +
           say({"load.common-start",
                {{"skew", latency_text(*skew)}, {"overlap", time(load::overlap(report_.ranks))}}}));
    }
    line("");
  }

  void examples() {
    for (const Named<ReplyVerdict>& entry : names<ReplyVerdict>()) {
      const auto first = std::find_if(
          report_.examples.begin(), report_.examples.end(),
          [&](const load::Example& example) { return example.verdict == entry.value; });
      if (first != report_.examples.end()) tell_example(*first);
    }
  }

  void tell_example(const load::Example& example) {
    const bool has_bytes = !example.expected.empty() || !example.received.empty();
    line("  " + style_.bold(say({has_bytes ? "load.example-bytes" : "load.example",
                                 {{"verdict", say(verdict_words(example.verdict))},
                                  {"connection", std::to_string(example.connection)},
                                  {"request", std::to_string(example.request)},
                                  {"after", latency_text(example.at)},
                                  {"offset", std::to_string(example.offset)}}})));
    if (has_bytes) {
      const Difference difference{example.offset, example.window_offset, example.expected,
                                  example.received};
      out_ << difference_text(difference, style_, report_.lang, 4);
    }
    line("    " + say({"load.why", {{"what", say(usual_reason(example.verdict))}}}));
    line("");
  }

  void under_load(bool quiet) {
    if (!report_.plan.check_under_load) return;
    std::map<Outcome, std::size_t> counts;
    for (const load::UnderLoad& result : report_.under_load) ++counts[result.outcome];
    const auto count = [&](Outcome outcome) { return grouped(counts[outcome]); };
    if (!quiet) {
      line("  " + say({"load.under-load",
                       {{"passed", count(Outcome::Pass)},
                        {"failed", count(Outcome::Fail)},
                        {"warned", count(Outcome::Warn)},
                        {"unclear", count(Outcome::Inconclusive)},
                        {"left", count(Outcome::NotRun)}}}));
    }
    for (const load::UnderLoad& result : report_.under_load) {
      if (result.outcome == Outcome::Inconclusive && !result.reason.empty()) {
        line("  " + style_.yellow(result.scenario + "  " +
                                  say({"load.unclear-because", {{"why", say(result.reason)}}})));
      }
      if (!is_bad(result.outcome)) continue;
      line("  " + style_.red(std::string(name_of(result.outcome)) + "  " + result.scenario));
      line("    " + say({"load.expected", {{"what", say(result.expected)}}}));
      line("    " + say({"load.observed", {{"what", say(result.observed)}}}));
    }
    line("");
  }

  void trials() {
    if (!report_.capacity) return;
    const load::CapacitySearch& search = *report_.capacity;
    std::size_t widest = 0;
    for (const load::Trial& trial : search.trials)
      widest = std::max(widest, rate_text(trial.rate).size());
    for (const load::Trial& trial : search.trials) {
      const load::ThresholdResult result{search.objective, trial.figure, false};
      const std::string text =
          right(rate_text(trial.rate), widest) + "/s  " + load::text(search.objective.metric) +
          " " + threshold_figure(result, report_.lang) + "  " + say(trial_words(search, trial));
      const bool holds = trial.outcome == load::TrialOutcome::Holds;
      line("  " + (holds ? style_.green(text) : style_.dim(text)));
    }
    line("");
  }

  void thresholds(bool quiet) {
    const std::string met = say({"load.met"});
    const std::string missed = say({"load.missed"});
    const std::size_t word = std::max(columns(met), columns(missed));
    std::size_t widest = 0;
    for (const load::ThresholdResult& result : report_.thresholds)
      widest = std::max(widest, columns(load::text(result.threshold)));
    bool any = false;
    for (const load::ThresholdResult& result : report_.thresholds) {
      if (quiet && result.holds) continue;
      any = true;
      line("  " + (result.holds ? style_.green(left(met, word)) : style_.red(left(missed, word))) +
           "  " + left(load::text(result.threshold), widest) + "  " +
           threshold_figure(result, report_.lang));
    }
    if (any) line("");
  }

  void doubts() {
    if (report_.server_gone) {
      line(style_.red(say({"load.server-gone", {{"how", say(*report_.server_gone)}}})));
      std::istringstream lines(safe_for_terminal(report_.server_output));
      for (std::string text; std::getline(lines, text);) line("    | " + text);
    }
    for (const Message& warning : report_.warnings)
      line(style_.yellow(say({"load.warning", {{"what", say(warning)}}})));
    if (report_.interrupted_by != 0) {
      line(say({"load.interrupted", {{"signal", std::to_string(report_.interrupted_by)}}}));
    }
    if (report_.invalid)
      line(style_.red(say({"console.invalid", {{"why", say(*report_.invalid)}}})));
  }

  void conclude() {
    std::string text = say(conclusion(report_));
    if (report_.capacity) text += "\n" + say(capacity_sentence(report_));
    const bool failed =
        report_.exit_code == 1 || report_.exit_code == 3 || load::certain_faults(report_) > 0;
    line(report_.exit_code == 0 ? style_.green(text)
         : failed               ? style_.red(text)
                                : style_.yellow(text));
  }

  const LoadReport& report_;
  const Style& style_;
  std::ostringstream out_;
};

}  // namespace

std::string load_text(const LoadReport& report, const Style& style, bool quiet) {
  return Teller(report, style).tell(quiet);
}

}  // namespace sockspec::reports
