#include "reports/comparison_story.h"

#include <cmath>
#include <cstdio>
#include <map>
#include <utility>

#include "core/exit_codes.h"
#include "core/names.h"
#include "reports/load_sentences.h"
#include "reports/messages.h"
#include "reports/printable.h"
#include "reports/reproduce.h"
#include "reports/result_text.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kLine = 400;
constexpr std::size_t kName = 200;

struct Section {
  Change change;
  const char* heading;
  Mood mood;
};

// In the order in which people want to know.
constexpr Section kSections[] = {
    {Change::Broken, "compare.broken", Mood::Bad},
    {Change::Uncovered, "compare.uncovered", Mood::Doubt},
    {Change::Unjudged, "compare.unjudged", Mood::Doubt},
    {Change::Gone, "compare.gone", Mood::Doubt},
    {Change::Differs, "compare.differs", Mood::Doubt},
    {Change::Warned, "compare.warned", Mood::Doubt},
    {Change::Fixed, "compare.fixed", Mood::Good},
    {Change::Cleared, "compare.cleared", Mood::Good},
    {Change::Judged, "compare.judged", Mood::Good},
    {Change::Added, "compare.added", Mood::Plain},
};

std::string number(std::size_t value) { return std::to_string(value); }

class Teller {
 public:
  Teller(const CheckComparison& compared, const ComparedFiles& files)
      : compared_(compared), old_(*compared.old), now_(*compared.now), files_(files) {}

  ComparisonStory tell() {
    story_.title = line({"compare.title", {{"profile", printable_line(now_.profile.id, kName)}}});
    story_.sides = {{word("compare.old"), side(old_, files_.old)},
                    {word("compare.new"), side(now_, files_.now)}};
    for (const Message& caution : compared_.cautions) story_.cautions.push_back(line(caution));
    tell_incomplete(old_, word("compare.old"));
    tell_incomplete(now_, word("compare.new"));
    for (const Section& section : kSections) tell(section);
    tell(Tempo::Slower, "compare.slower", Mood::Doubt);
    tell(Tempo::Faster, "compare.faster", Mood::Good);
    for (const UnexpectedExit& exit : compared_.new_exits) {
      const std::string how = printable_line(render(exit.how, now_.lang), kName);
      story_.remarks.push_back(line({"compare.new-exit", {{"how", how}}}));
    }
    tell_diagnosis();
    conclude();
    return std::move(story_);
  }

 private:
  std::string word(const std::string& id) const { return render({id}, now_.lang); }
  std::string line(const Message& message) const {
    return printable_line(render(message, now_.lang), kLine);
  }

  static std::string side(const CheckReport& report, const std::string& file) {
    return printable_line(file, kName) + ": " + printable_line(server_text(report.target), kName) +
           ", " + printable_line(report.started_at, kName);
  }

  void tell_incomplete(const CheckReport& report, const std::string& side) {
    if (report.interrupted_by != 0) {
      const std::string signal = std::to_string(report.interrupted_by);
      story_.cautions.push_back(
          line({"compare.interrupted", {{"side", side}, {"signal", signal}}}));
    }
    if (report.invalid) {
      const std::string why = printable_line(render(*report.invalid, now_.lang), kLine);
      story_.cautions.push_back(line({"compare.not-valid", {{"side", side}, {"why", why}}}));
    }
  }

  void tell(const Section& section) {
    StorySection told{
        line({section.heading, {{"count", number(count_of(compared_, section.change))}}}),
        section.mood,
        {}};
    std::map<std::string, std::size_t> not_run;  // by reason: a list of them explains nothing
    for (const ScenarioChange& change : compared_.scenarios) {
      if (change.change != section.change) continue;
      if (change.now && change.now->outcome == Outcome::NotRun) {
        not_run[result_line(now_, *change.now)] += 1;
      } else {
        told.lines.push_back(told_of(change));
      }
    }
    for (const auto& [why, count] : not_run) {
      const Message text{"console.not-run-count", {{"count", number(count)}, {"why", why}}};
      told.lines.push_back({"", "", line(text), "", {}});
    }
    if (!told.lines.empty()) story_.sections.push_back(std::move(told));
  }

  StoryLine told_of(const ScenarioChange& change) const {
    const ScenarioResult& shown = change.now ? *change.now : *change.old;
    StoryLine told{
        word(change.known ? "console.known" : "console." + std::string(name_of(shown.outcome))),
        scenario_name(shown),
        scenario_title(now_, shown),
        "",
        {}};
    if (!change.now) return told;
    if (change.old) {
      const std::string outcome = word("console." + std::string(name_of(change.old->outcome)));
      told.before = line({"compare.was", {{"outcome", outcome}}});
    }
    const auto add = [&](const std::string& id, const ScenarioResult& result) {
      const std::string seen = result_line(now_, result);
      if (seen.empty()) return;
      told.details.push_back(id.empty() ? seen : word(id) + ": " + seen);
    };
    if (change.change == Change::Differs) add("compare.old", *change.old);
    const bool good = change.now->outcome == Outcome::Pass;
    if (!good) add(change.change == Change::Differs ? "compare.new" : "", *change.now);
    return told;
  }

  void tell(Tempo tempo, const char* heading, Mood mood) {
    StorySection told{line({heading, {{"count", number(count_of(compared_, tempo))}}}), mood, {}};
    for (const ScenarioChange& change : compared_.scenarios) {
      if (change.tempo != tempo) continue;
      const Message times{"compare.times",
                          {{"old", latency_text(*usual_reply_time(*change.old))},
                           {"new", latency_text(*usual_reply_time(*change.now))}}};
      told.lines.push_back({"", scenario_name(*change.now), line(times), "", {}});
    }
    if (!told.lines.empty()) story_.sections.push_back(std::move(told));
  }

  void tell_diagnosis() {
    if (old_.diagnosis.empty() && now_.diagnosis.empty()) return;
    const auto name = [](const DiagnosedFault& found) {
      return printable_line(found.fault.name, kName);
    };
    if (now_.diagnosis.empty()) {
      if (is_incomplete(now_)) return;
      const Message gone{"compare.diagnosis-gone", {{"fault", name(old_.diagnosis.front())}}};
      return story_.remarks.push_back(line(gone));
    }
    const DiagnosedFault& now = now_.diagnosis.front();
    Message said{"compare.diagnosis-new",
                 {{"fault", name(now)},
                  {"percent", number(static_cast<std::size_t>(std::lround(now.confidence * 100)))},
                  {"title", printable_line(now.fault.title.in(now_.lang), kName)}}};
    if (!old_.diagnosis.empty()) {
      const std::string before = name(old_.diagnosis.front());
      said.id = before == name(now) ? "compare.diagnosis-same" : "compare.diagnosis-other";
      if (before != name(now)) said.params.emplace_back("old", before);
    }
    story_.remarks.push_back(line(said));
  }

  Message nothing_sure() const {
    if (is_incomplete(old_) || is_incomplete(now_)) return {"compare.incomplete"};
    return {"compare.nothing-in-common"};
  }

  Message verdict(int exit_code) const {
    const std::string both = number(compared_.judged_in_both);
    const std::string fixed = number(count_of(compared_, Change::Fixed));
    const std::size_t red = count_red(compared_);
    switch (exit_code) {
      case kHolds: return {"compare.nothing-broke", {{"both", both}, {"fixed", fixed}}};
      case kUnreachable: return {"compare.unreachable"};
      case kInconclusive:
        return {"compare.in-doubt", {{"count", number(count_in_doubt(compared_))}}};
      case kInvalid: return nothing_sure();
      default: break;
    }
    if (red == 0) return {"compare.ends-by-itself"};
    return {"compare.broke", {{"broken", number(red)}, {"both", both}, {"fixed", fixed}}};
  }

  void conclude() {
    const int exit_code = exit_code_of(compared_);
    story_.conclusion = line(verdict(exit_code));
    if (const std::size_t still = count_still_failing(compared_); still > 0)
      story_.conclusion += " " + line({"compare.still-failing", {{"count", number(still)}}});
    story_.mood = exit_code == kHolds          ? Mood::Good
                  : exit_code == kServerFailed ? Mood::Bad
                                               : Mood::Doubt;
  }

  const CheckComparison& compared_;
  const CheckReport& old_;
  const CheckReport& now_;
  const ComparedFiles& files_;
  ComparisonStory story_;
};

}  // namespace

ComparisonStory story_of(const CheckComparison& compared, const ComparedFiles& files) {
  return Teller(compared, files).tell();
}

}  // namespace sockspec::reports
