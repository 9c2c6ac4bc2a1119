#include "cli/load_arrivals.h"

#include <sstream>
#include <utility>

#include "core/load/stages.h"

namespace sockspec::cli {
namespace {

using namespace std::chrono_literals;

constexpr char kFirstRate[] = "1k";         // of a search that is not told where to begin
constexpr Duration kShortestStage = 100ms;  // as exactly as the figures of stages are told apart

Result<load::Arrivals> one_law(const ParsedOptions& options, Duration duration) {
  std::optional<std::string> burst;
  if (options.has("burst")) burst = options.text("burst");
  std::optional<Duration> period;
  if (options.has("period")) {
    const Result<Duration> read = options.duration("period", 1s);
    if (!read) return read.error();
    period = *read;
  }
  return load::parse_arrivals(options.text("rate", kFirstRate), options.text("arrivals"), duration,
                              burst ? std::optional<std::string_view>(*burst) : std::nullopt,
                              period);
}

Result<load::Arrivals> parse_stage(const std::string& text) {
  const auto wrong = [&](const Error& error) {
    return usage_error("--stage \"" + text + "\": " + error.text);
  };
  std::vector<std::string> words;
  std::istringstream parts(text);
  for (std::string part; parts >> part;) words.push_back("--" + part);
  const Result<ParsedOptions> options = parse_options(stage_spec(), words);
  if (!options) return wrong(options.error());
  if (!options->has("rate") || !options->has("duration"))
    return wrong(usage_error("say its rate and how long it lasts, such as 'rate=1k duration=5s'"));
  const Result<Duration> duration = options->duration("duration", 1s);
  if (!duration) return wrong(duration.error());
  if (*duration < kShortestStage) return wrong(usage_error("a stage lasts at least 100ms"));
  Result<load::Arrivals> stage = one_law(*options, *duration);
  if (!stage) return wrong(stage.error());
  return stage;
}

Result<Nothing> plan_stages(const ParsedOptions& options, load::LoadPlan& plan) {
  if (auto fits = options.refuse({"rate", "arrivals", "burst", "period", "duration"},
                                 " and --stage do not go together; each stage says its own");
      !fits)
    return fits;
  for (const std::string& text : options.all("stage")) {
    Result<load::Arrivals> stage = parse_stage(text);
    if (!stage) return stage.error();
    plan.stages.push_back(std::move(*stage));
  }
  plan.duration = load::length_of(plan.stages);
  return Nothing{};
}

}  // namespace

const CommandSpec& stage_spec() {
  static const CommandSpec kSpec = {"",
                                    "",
                                    {{"rate", "R", ""},
                                     {"arrivals", "LAW", ""},
                                     {"burst", "N", ""},
                                     {"period", "TIME", ""},
                                     {"duration", "TIME", ""}},
                                    0,
                                    0,
                                    ""};
  return kSpec;
}

Result<Nothing> plan_arrivals(const ParsedOptions& options, load::LoadPlan& plan) {
  const bool staged = options.has("stage");
  if (!staged && !options.has("rate") && !options.has("find-rate")) {
    return options.refuse({"arrivals", "burst", "period", "max-in-flight", "pace"},
                          " is for an open loop; give a rate with it: --rate 10k");
  }
  if (options.has("think")) {
    return usage_error(
        "--think is for a closed loop; with --rate requests do not wait for replies at all");
  }
  if (options.has("pipeline")) {
    return usage_error(
        "--pipeline is for a closed loop; with --rate as many requests are in flight as the rate "
        "needs (--max-in-flight limits them)");
  }
  if (staged) return plan_stages(options, plan);
  Result<load::Arrivals> arrivals = one_law(options, plan.duration);
  if (!arrivals) return arrivals.error();
  plan.stages = {std::move(*arrivals)};
  return Nothing{};
}

}  // namespace sockspec::cli
