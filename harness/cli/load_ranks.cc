#include "cli/load_ranks.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iomanip>
#include <limits>
#include <sstream>
#include <thread>
#include <utility>

#include "cli/exit_code.h"
#include "cli/find_rate.h"
#include "cli/live_ranks.h"
#include "cli/load_options.h"
#include "cli/load_preflight.h"
#include "cli/load_reports.h"
#include "cli/load_session.h"
#include "cli/plan_file.h"
#include "cli/rank_report.h"
#include "cli/rank_setting.h"
#include "cli/terminal.h"
#include "core/load/preflight.h"
#include "core/load/rank_share.h"
#include "load/clock.h"
#include "mpi/common_start.h"
#include "mpi/guard.h"
#include "mpi/ranks.h"
#include "reports/load_json.h"
#include "reports/write_file.h"
#include "supervise/limits.h"

namespace sockspec::cli {
namespace {

using namespace std::chrono_literals;
using load::LoadReport;

constexpr Duration kConfigured = 10s;
constexpr Duration kConnected = 15s;
constexpr Duration kReported = 4s;

// What a run of a search has that the others have not.
std::string trial_text(const load::LoadPlan& plan) {
  std::ostringstream text;
  text << std::setprecision(std::numeric_limits<double>::max_digits10)
       << plan.stages.front().rates.front() << ' ' << plan.seed;
  return text.str();
}

void take_trial(const std::string& text, load::LoadPlan& plan) {
  std::istringstream in(text);
  in >> plan.stages.front().rates.front() >> plan.seed;
}

// For the others: nothing, or the error.
Result<std::string> outcome_of(const Result<LoadReport>& report) {
  if (!report) return report.error();
  return std::string();
}

Result<ParsedOptions> read_options(const Words& words) {
  const Result<ParsedOptions> parsed = parse_options(load_spec(), words);
  if (!parsed) return parsed.error();
  return with_plan_file(load_spec(), *parsed);
}

Result<LoadOptions> plan_of_all(const ParsedOptions& given) {
  if (auto fits = given.refuse({"ab"}, " is for one process, and not for several ranks"); !fits)
    return fits.error();
  Result<LoadOptions> options = plan_load(given);
  if (options && !options->server.run.target) {
    return usage_error(
        "--target HOST:PORT is missing: several ranks load a server that runs "
        "already, and that all of them can reach");
  }
  return options;
}

class Rank {
 public:
  Rank(mpi::Ranks& ranks, const Words& words)
      : ranks_(ranks), words_(words), live_(ranks), rank_(static_cast<std::size_t>(ranks.rank())) {}

  // The exit code, and on rank 0 all that is said about it.
  int play() {
    const Result<ParsedOptions> given = read_options(words_);
    Result<LoadReport> report = given ? play(*given) : refused(given.error());
    if (!report) return failed(report.error());
    if (!ranks_.first()) return kHolds;
    const Result<reports::Style> style = style_from(*given, STDOUT_FILENO);
    if (!style) return report_error(style.error());
    return publish(*report, *style, options_.files, options_.quiet);
  }

 private:
  // A rank that never comes to its run takes part in the first agreement nevertheless.
  Error refused(const Error& error) {
    const auto all = ranks_.agree("waiting for its configuration", error, kConfigured);
    return all ? error : all.error();
  }

  Result<LoadReport> play(const ParsedOptions& given) {
    if (auto ready = configure(given); !ready) return ready.error();
    if (!options_.objective) return run(options_, "");
    return ranks_.first() ? lead_search() : follow_search();
  }

  // Rank 0 searches; each run of the search is one of all ranks.
  Result<LoadReport> lead_search() {
    bool lost = false;
    Result<LoadReport> found =
        find_rate(options_, [&](const LoadOptions& trial, const std::string& title) {
          static_cast<void>(ranks_.decide(trial_text(trial.plan), kConfigured));
          Result<LoadReport> report = run(trial, title);
          lost = !report.ok();
          return report;
        });
    // Of a run that failed, all know.
    if (!lost) static_cast<void>(ranks_.decide(outcome_of(found), kConfigured));
    return found;
  }

  Result<LoadReport> follow_search() {
    LoadOptions trial = options_;
    Result<LoadReport> own = LoadReport{};
    while (own) {
      const Result<std::string> word = ranks_.decide(std::string(), kConfigured);
      if (!word) return word.error();
      if (word->empty()) break;
      take_trial(*word, trial.plan);
      own = run(trial, "");
    }
    return own;
  }

  // On rank 0 the report of all, elsewhere the rank's own.
  Result<LoadReport> run(const LoadOptions& options, const std::string& title) {
    const RankHooks hooks{
        [this] { return start_at(); },
        [this](const load::Interval& own, const load::Histogram& response) {
          return second(own, response);
        },
        [this](LoadReport& report) {
          keep_partial(report);
          if (gone_)
            give_up("rank " + std::to_string(*gone_) + " has said nothing for three seconds");
        },
        ranks_.first()};
    Result<LoadReport> report = play_load(options, words_, title, &hooks);
    if (start_error_) return *start_error_;
    Result<std::string> own = outcome_of(report);
    if (report) own = finished(*report);
    const auto all = ranks_.agree("waiting for its report", own, kReported);
    if (!all) return all.error();
    if (!ranks_.first()) return report;
    Result<LoadReport> whole = merge_ranks(*all);
    if (whole) whole->lang = options_.lang;
    return whole;
  }

  Result<Nothing> configure(const ParsedOptions& given) {
    Result<LoadOptions> planned = plan_of_all(given);
    Result<std::string> own = std::string();
    if (planned) {
      options_ = std::move(*planned);
      own = rank_setting(given, options_);
      if (auto shared = take_share(); !shared) own = shared.error();
    } else {
      own = planned.error();
    }
    const auto settings = ranks_.agree("waiting for its configuration", own, kConfigured);
    if (!settings) return settings.error();
    Result<std::string> seed = std::to_string(options_.plan.seed);
    if (ranks_.first()) {
      if (const std::optional<Error> error = setting_difference(*settings)) seed = *error;
    }
    const Result<std::string> agreed = ranks_.decide(seed, kConfigured);
    if (!agreed) return agreed.error();
    options_.plan.seed = std::strtoull(agreed->c_str(), nullptr, 10);
    return Nothing{};
  }

  Result<Nothing> take_share() {
    Result<load::LoadPlan> share =
        load::rank_share(options_.plan, rank_, static_cast<std::size_t>(ranks_.size()));
    if (!share) return share.error();
    const io::Address& server = *options_.server.run.target;
    // On one machine the ranks share its ports, so the addresses must do for all of them.
    const std::size_t addresses =
        load::preflight(options_.plan, supervise::limits_towards(server), server.is_loopback())
            .source_addresses;
    options_.plan = std::move(*share);
    if (!ranks_.first()) {
      options_.quiet = true;
      options_.events_file.clear();
    }
    if (auto ready = preflight_load(options_); !ready) return ready;
    options_.plan.source_addresses = std::max(options_.plan.source_addresses, addresses);
    return Nothing{};
  }

  std::optional<Duration> start_at() {
    const Result<mpi::CommonStart> start = mpi::common_start(ranks_, kConnected);
    if (!start) {
      start_error_ = start.error();
      return std::nullopt;
    }
    if (load::Clock::monotonic() > start->at)
      give_up("rank " + std::to_string(rank_) + " (" + host_name() +
              ") heard too late when to begin");
    clock_error_ = start->clock_error;
    live_.begin(start->at + options_.plan.warmup);
    return start->at;
  }

  load::Interval second(const load::Interval& own, const load::Histogram& response) {
    const load::Interval all = live_.second(own, response);
    const std::optional<int> gone = live_.silent();
    if (gone && !gone_) {
      gone_ = gone;
      std::raise(SIGTERM);  // the figures so far are kept, as on any signal
    }
    return all;
  }

  std::string finished(LoadReport& report) const {
    judge(report);
    report.ranks = {rank_line(report)};
    report.ranks.front().start = report.began;
    report.ranks.front().clock_error = clock_error_;
    std::string text = reports::load_report_to_json(report);
    const std::string file = rank_file(options_.files.json, ranks_.rank());
    // Of a search the parts of the last run would stand beside the whole of the best.
    if (file.empty() || options_.objective) return text;
    if (const auto written = reports::write_file(file, text); !written)
      report_error(written.error());
    return text;
  }

  // Judged as it is now; where the run comes to its end nevertheless, it is judged anew.
  void keep_partial(LoadReport& partial) const {
    const std::string file = rank_file(options_.files.json, ranks_.rank());
    if (file.empty()) return;
    if (!partial.intervals.empty())
      partial.duration = partial.intervals.back().start + partial.intervals.back().length;
    judge(partial);
    partial.ranks = {rank_line(partial)};
    if (const auto written = reports::write_file(file, reports::load_report_to_json(partial));
        !written) {
      report_error(written.error());
      return;
    }
    std::fprintf(stderr, "sockspec: rank %d (%s) was interrupted; what it had counted is in %s\n",
                 ranks_.rank(), host_name().c_str(), file.c_str());
  }

  // At once, whatever the others do.
  void give_up(const std::string& why) const {
    ranks_.abort(report_error({ErrorKind::Harness, why + ", so the run is not valid"}));
  }

  int failed(const Error& error) {
    const int exit_code = exit_code_of(error.kind);
    if (ranks_.first() || (ranks_.missing() && !error.text.empty())) report_error(error);
    // Where one is missing the others cannot end together with it.
    if (ranks_.missing()) ranks_.abort(exit_code);
    return ranks_.first() ? exit_code : kHolds;
  }

  mpi::Ranks& ranks_;
  const Words& words_;
  LiveRanks live_;
  std::size_t rank_;
  LoadOptions options_;
  std::optional<Error> start_error_;
  Duration clock_error_{};
  std::optional<int> gone_;
};

int play_rank(const Words& words, const mpi::Launched& launched) {
  const Result<std::unique_ptr<mpi::Ranks>> ranks = mpi::Ranks::join(launched);
  if (!ranks) {
    if (launched.rank == 0) return report_error(ranks.error());
    // All have the same to say, as a rule: rank 0 says it, and the launcher ends the others.
    std::this_thread::sleep_for(1s);
    return report_error({ranks.error().kind, "rank " + std::to_string(launched.rank) + " on " +
                                                 host_name() + ": " + ranks.error().text});
  }
  const int exit_code = Rank(**ranks, words).play();
  (*ranks)->end();
  return exit_code;
}

}  // namespace

int load_as_rank(const Words& words, const mpi::Launched& launched) {
  return mpi::guarded(
      [&] { return play_rank(words, launched); },
      [&](int signal) {
        if (signal == SIGTERM || signal == SIGINT || signal == SIGHUP) return kSignalBase + signal;
        return report_error({ErrorKind::Harness, "rank " + std::to_string(launched.rank) + " of " +
                                                     std::to_string(launched.size) + " (" +
                                                     host_name() + ") was ended by signal " +
                                                     std::to_string(signal) +
                                                     ", so the run is not valid; each other rank "
                                                     "names the file with what it had counted"});
      });
}

}  // namespace sockspec::cli
