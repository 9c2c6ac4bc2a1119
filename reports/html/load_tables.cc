#include "reports/html/load_tables.h"

#include <algorithm>

#include "core/names.h"
#include "reports/html/fewer_intervals.h"
#include "reports/html/html_parts.h"
#include "reports/html/load_charts.h"
#include "reports/html/page.h"
#include "reports/load_sentences.h"
#include "reports/load_setting.h"
#include "reports/messages.h"
#include "reports/printable.h"
#include "reports/reproduce.h"

namespace sockspec::reports {
namespace {

using load::Interval;
using load::LoadReport;
using load::ReplyVerdict;

constexpr std::size_t kMostRows = 1000;  // of a table that a report can make as long as it likes
constexpr std::size_t kMostOfACommand = 4000;

using Rows = std::vector<std::vector<std::string>>;
using Facts = std::vector<std::pair<std::string, std::string>>;

std::string say(const LoadReport& report, const Message& message) {
  return render(message, report.lang);
}

// A figure stays on the line of its unit.
std::string unbroken(const std::string& figure) {
  std::string html;
  for (const char c : html_text(figure)) html += c == ' ' ? "&nbsp;" : std::string(1, c);
  return html;
}

std::string latency(const std::optional<Duration>& figure) {
  return figure ? unbroken(latency_text(*figure)) : "–";
}

std::string_view look_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::Pass: return "passed";
    case Outcome::Warn: return "warned";
    case Outcome::Fail: return "failed";
    case Outcome::Inconclusive: return "undecided";
    case Outcome::Skipped:
    case Outcome::NotRun: return "skipped";
  }
  return "";
}

// What a table leaves out is said below it.
std::string left_out(const LoadReport& report, std::size_t all) {
  if (all <= kMostRows) return {};
  return html_paragraph("note",
                        say(report, {"loadpage.left-out", {{"count", grouped(all - kMostRows)}}}));
}

std::string mebibytes(std::uint64_t bytes) {
  return rate_text(static_cast<double>(bytes) / (1 << 20)) + " MiB";
}

std::string share(std::uint64_t part, std::uint64_t all) {
  if (all == 0) return "–";
  return percent_text(100 * static_cast<double>(part) / static_cast<double>(all)) + "\xC2\xA0%";
}

std::string per(double amount, std::uint64_t count) {
  return count == 0 ? "–" : rate_text(amount / static_cast<double>(count));
}

std::string of_interval(const Interval& interval, std::uint64_t count) {
  const double seconds = in_seconds(interval.length);
  return seconds > 0 ? rate_text(static_cast<double>(count) / seconds) : "–";
}

std::vector<std::string> figures(const Interval& interval) {
  return {of_interval(interval, interval.sent),
          of_interval(interval, interval.answered),
          grouped(interval.errors),
          latency(interval.p50),
          latency(interval.p99),
          latency(interval.max)};
}

std::vector<HtmlColumn> figure_columns(const LoadReport& report, const char* first) {
  return {{say(report, {first})},
          {say(report, {"loadpage.sent-rate"}), HtmlCells::Figures},
          {say(report, {"loadpage.reply-rate"}), HtmlCells::Figures},
          {say(report, {"loadpage.errors"}), HtmlCells::Figures},
          {"p50", HtmlCells::Figures},
          {"p99", HtmlCells::Figures},
          {say(report, {"chart.most"}), HtmlCells::Figures}};
}

}  // namespace

std::string threshold_table(const LoadReport& report) {
  Rows rows;
  for (const load::ThresholdResult& result : report.thresholds) {
    if (rows.size() == kMostRows) break;
    rows.push_back({"<code>" + html_text(load::text(result.threshold)) + "</code>",
                    unbroken(threshold_figure(result, report.lang)),
                    result.holds ? html_badge("passed", say(report, {"load.met"}))
                                 : html_badge("failed", say(report, {"load.missed"}))});
  }
  return html_table(say(report, {"loadpage.thresholds"}),
                    {{say(report, {"loadpage.threshold"})},
                     {say(report, {"loadpage.measured"}), HtmlCells::Figures},
                     {say(report, {"loadpage.result"})}},
                    rows) +
         left_out(report, report.thresholds.size());
}

std::string latency_table(const LoadReport& report) {
  const load::Latencies& latencies = report.total.latency;
  const struct {
    const char* name;
    const load::Histogram* histogram;
  } all[] = {{"load.response", &latencies.response},
             {"load.service", &latencies.service},
             {"load.lag", &latencies.lag}};
  Rows rows;
  for (const auto& row : all) {
    if (row.histogram->count() == 0) continue;
    std::vector<std::string> cells{html_text(say(report, {row.name}))};
    for (const double percent : {50.0, 90.0, 95.0, 99.0, 99.9, 100.0})
      cells.push_back(latency(row.histogram->at_percentile(percent)));
    cells.push_back(latency(row.histogram->mean()));
    cells.push_back(grouped(row.histogram->count()));
    rows.push_back(std::move(cells));
  }
  return html_table(say(report, {"loadpage.latencies"}),
                    {{say(report, {"load.latency"})},
                     {"p50", HtmlCells::Figures},
                     {"p90", HtmlCells::Figures},
                     {"p95", HtmlCells::Figures},
                     {"p99", HtmlCells::Figures},
                     {"p99.9", HtmlCells::Figures},
                     {say(report, {"chart.most"}), HtmlCells::Figures},
                     {say(report, {"loadpage.mean"}), HtmlCells::Figures},
                     {say(report, {"loadpage.replies-count"}), HtmlCells::Figures}},
                    rows);
}

std::string verdict_table(const LoadReport& report) {
  const load::VerdictCounts& counts = report.total.verdicts;
  const std::uint64_t all = counts[ReplyVerdict::Ok] + counts.errors();
  Rows rows;
  for (const Named<ReplyVerdict>& entry : names<ReplyVerdict>()) {
    const std::uint64_t count = counts[entry.value];
    if (count == 0) continue;
    const bool right = entry.value == ReplyVerdict::Ok;
    const std::string words = say(report, verdict_words(entry.value));
    rows.push_back({html_badge(right ? "passed" : "failed", words), grouped(count),
                    html_text(share(count, all)),
                    html_text(say(report, usual_reason(entry.value)))});
  }
  return html_table(say(report, {"loadpage.replies"}),
                    {{say(report, {"loadpage.reply"})},
                     {say(report, {"loadpage.count"}), HtmlCells::Figures},
                     {say(report, {"loadpage.share"}), HtmlCells::Figures},
                     {say(report, {"loadpage.why"}), HtmlCells::Words}},
                    rows);
}

std::string stage_table(const LoadReport& report) {
  Rows rows;
  const std::vector<load::Arrivals>& planned = report.plan.stages;
  for (std::size_t i = 0; i < std::min(report.stages.size(), kMostRows); ++i) {
    const Interval& stage = report.stages[i];
    std::string name = grouped(i + 1) + ". ";
    if (i < planned.size()) name += stage_name(planned[i]) + ", ";
    rows.push_back({html_line(name + latency_text(stage.length))});
    for (std::string& cell : figures(stage)) rows.back().push_back(std::move(cell));
  }
  return html_table(say(report, {"loadpage.stages"}), figure_columns(report, "loadpage.stage"),
                    rows) +
         left_out(report, report.stages.size());
}

std::string second_table(const LoadReport& report) {
  const FewerIntervals fewer = fewer_intervals(report.intervals, kMostPoints);
  Rows rows;
  for (const Interval& interval : fewer.intervals) {
    const double from = in_seconds(interval.start);
    rows.push_back(
        {unbroken(rate_text(from) + "–" + rate_text(from + in_seconds(interval.length)) + " s")});
    for (std::string& cell : figures(interval)) rows.back().push_back(std::move(cell));
  }
  std::string out = html_table(say(report, {"loadpage.seconds"}),
                               figure_columns(report, "loadpage.second"), rows);
  if (fewer.joined > 1)
    out +=
        html_paragraph("note", say(report, {"chart.joined", {{"count", grouped(fewer.joined)}}}));
  return out;
}

std::string beside_table(const LoadReport& report) {
  Rows rows;
  for (const load::UnderLoad& result : report.under_load) {
    if (rows.size() == kMostRows) break;
    const bool bad = is_bad(result.outcome);
    std::string what;
    if (bad) {
      what = html_paragraph(
                 "", say(report, {"load.expected", {{"what", say(report, result.expected)}}})) +
             html_paragraph(
                 "", say(report, {"load.observed", {{"what", say(report, result.observed)}}}));
    } else {
      what = html_line(say(report, result.reason));
    }
    const std::string_view look = look_of(result.outcome);
    rows.push_back(
        {"<code>" + html_line(result.scenario) + "</code>",
         html_badge(look, say(report, {"console." + std::string(name_of(result.outcome))})), what});
  }
  return html_table(say(report, {"loadpage.beside"}),
                    {{say(report, {"loadpage.scenario"})},
                     {say(report, {"loadpage.result"})},
                     {say(report, {"loadpage.observed"}), HtmlCells::Words}},
                    rows) +
         left_out(report, report.under_load.size());
}

std::string trial_table(const LoadReport& report) {
  if (!report.capacity) return {};
  const load::CapacitySearch& search = *report.capacity;
  Rows rows;
  for (const load::Trial& trial : search.trials) {
    if (rows.size() == kMostRows) break;
    const load::ThresholdResult result{search.objective, trial.figure, false};
    const bool holds = trial.outcome == load::TrialOutcome::Holds;
    const bool fails = trial.outcome == load::TrialOutcome::Fails;
    rows.push_back({html_text(rate_text(trial.rate)),
                    unbroken(threshold_figure(result, report.lang)),
                    html_badge(holds   ? "passed"
                               : fails ? "failed"
                                       : "undecided",
                               say(report, trial_words(search, trial)))});
  }
  return html_paragraph("lead", say(report, capacity_sentence(report))) +
         html_table(say(report, {"loadpage.search"}),
                    {{say(report, {"loadpage.sent-rate"}), HtmlCells::Figures},
                     {load::text(search.objective.metric), HtmlCells::Figures},
                     {say(report, {"loadpage.result"})}},
                    rows) +
         left_out(report, search.trials.size());
}

std::string generator_facts(const LoadReport& report) {
  const load::GeneratorCost& generator = report.generator;
  const std::uint64_t answered = report.total.requests.answered;
  const load::Histogram& lag = report.total.latency.lag;
  Facts facts;
  const auto add = [&](const char* id, const std::string& html) {
    facts.emplace_back(say(report, {id}), html);
  };
  if (report.plan.open_loop())
    add("loadpage.on-time", html_text(percent_text(load::adherence(report)) + " %"));
  if (lag.count() > 0) {
    add("loadpage.lag", html_text("p50 " + latency_text(*lag.at_percentile(50)) + ", p99 " +
                                  latency_text(*lag.at_percentile(99)) + ", " +
                                  say(report, {"chart.most"}) + " " + latency_text(*lag.max())));
  }
  add("loadpage.busiest",
      html_text(percent_text(100 * std::clamp(generator.busiest, 0.0, 1.0)) + " %"));
  add("loadpage.cpu", html_text(latency_text(generator.cpu)));
  if (answered > 0) {
    add("loadpage.cpu-each",
        html_text(latency_text(generator.cpu / static_cast<Duration::rep>(answered))));
    const std::uint64_t calls = generator.turns + generator.receives + generator.sends;
    add("loadpage.calls-each", html_text(per(static_cast<double>(calls), answered)));
  }
  add("loadpage.waited", html_text(latency_text(generator.waited)));
  add("loadpage.would-block", grouped(generator.would_block));
  add("loadpage.validity", report.invalid
                               ? html_badge("undecided", say(report, {"loadpage.not-valid"}))
                               : html_badge("passed", say(report, {"loadpage.valid"})));
  return html_facts(facts);
}

std::string server_facts(const LoadReport& report) {
  if (!report.server) return html_paragraph("note", say(report, {"loadpage.server-not-ours"}));
  const load::ServerCost& cost = *report.server;
  const std::uint64_t answered = report.total.requests.answered;
  Facts facts;
  facts.emplace_back(say(report, {"loadpage.cpu"}), html_text(latency_text(cost.cpu)));
  if (answered > 0) {
    facts.emplace_back(say(report, {"loadpage.cpu-each"}),
                       html_text(latency_text(cost.cpu / static_cast<Duration::rep>(answered))));
  }
  const auto change = [](const std::optional<std::uint64_t>& before,
                         const std::optional<std::uint64_t>& after, const auto& text) {
    return html_text((before ? text(*before) : "–") + " → " + (after ? text(*after) : "–"));
  };
  facts.emplace_back(say(report, {"loadpage.memory"}),
                     change(cost.memory_before, cost.memory_after, mebibytes));
  facts.emplace_back(say(report, {"loadpage.descriptors"}),
                     change(cost.descriptors_before, cost.descriptors_after, grouped));
  if (cost.context_switches)
    facts.emplace_back(say(report, {"loadpage.context-switches"}), grouped(*cost.context_switches));
  return html_facts(facts);
}

std::string connection_facts(const LoadReport& report) {
  const load::RequestCounts& requests = report.total.requests;
  const load::ConnectionCounts& connections = report.total.connections;
  Facts facts;
  const auto add = [&](const char* id, std::uint64_t count) {
    facts.emplace_back(say(report, {id}), grouped(count));
  };
  add("loadpage.sent", requests.sent);
  add("loadpage.answered", requests.answered);
  if (requests.not_sent > 0) add("loadpage.not-sent", requests.not_sent);
  if (requests.unfinished > 0) add("loadpage.unfinished", requests.unfinished);
  if (requests.blocked > 0) add("loadpage.blocked", requests.blocked);
  facts.emplace_back(say(report, {"loadpage.bytes"}),
                     html_text(mebibytes(report.total.bytes_sent) + " → " +
                               mebibytes(report.total.bytes_received)));
  add("loadpage.opened", connections.opened);
  add("loadpage.most-open", connections.most_open);
  if (connections.failed > 0) add("loadpage.failed", connections.failed);
  if (connections.reset > 0) add("loadpage.reset", connections.reset);
  if (connections.ended > 0) add("loadpage.ended", connections.ended);
  if (report.plan.profile.transport == Transport::Udp) {
    const load::UdpCounts& udp = report.total.udp;
    add("loadpage.own-drops", udp.client_drops);
    facts.emplace_back(say(report, {"loadpage.server-drops"}),
                       udp.server_drops ? grouped(*udp.server_drops) : "–");
    if (udp.refused > 0) add("loadpage.refused", udp.refused);
  }
  return html_facts(facts);
}

std::string machine_facts(const LoadReport& report) {
  Facts facts;
  const auto add = [&](const char* id, const std::string& text) {
    facts.emplace_back(say(report, {id}), html_line(text));
  };
  add("loadpage.started", report.started_at);
  add("loadpage.system", report.os + " " + report.kernel);
  add("loadpage.processors", grouped(report.cpus));
  add("loadpage.server-address", report.target.address);
  add("loadpage.profile", report.plan.profile.id);
  add("loadpage.seed", std::to_string(report.plan.seed));
  if (report.plan.shard.count > 1)
    add("loadpage.shard",
        grouped(report.plan.shard.index + 1) + "/" + grouped(report.plan.shard.count));
  add("loadpage.version", "sockspec " + report.tool_version);
  std::string command;
  for (const std::string& word : report.command) {
    if (command.size() > kMostOfACommand) break;
    command += (command.empty() ? "" : " ") + shell_quoted(word);
  }
  std::string out = html_facts(facts);
  if (!command.empty())
    out += "<pre data-copy" + html_attribute("aria-label", say(report, {"loadpage.command"})) +
           ">" + html_text(printable_line(command, kMostOfACommand)) + "</pre>\n";
  return out;
}

}  // namespace sockspec::reports
