#include "cli/load_options.h"

#include <algorithm>
#include <random>
#include <sstream>
#include <utility>

#include "cli/load_arrivals.h"
#include "cli/terminal.h"
#include "core/load/capacity.h"
#include "core/load/figures.h"
#include "core/load/threshold.h"
#include "core/nearest.h"
#include "scenario/parse_profile.h"

namespace sockspec::cli {
namespace {

using namespace std::chrono_literals;
using load::LoadPlan;

constexpr std::size_t kMostSize = 16U << 20U;
constexpr Duration kTrial = 3s;
constexpr std::uint64_t kRuns = 6;       // of each side
constexpr std::uint64_t kLeastRuns = 4;  // fewer say nothing (core/load/bootstrap.h)

template <class E>
Result<E> word_of(const ParsedOptions& options, const std::string& name, E otherwise) {
  if (!options.has(name)) return otherwise;
  const std::string text = options.text(name);
  if (const std::optional<E> value = value_of<E>(text)) return *value;
  std::vector<std::string> known;
  std::string all;
  for (const Named<E>& entry : names<E>()) {
    known.emplace_back(entry.name);
    all += (all.empty() ? "" : ", ") + std::string(entry.name);
  }
  return usage_error("--" + name + " \"" + text + "\": write one of " + all +
                     did_you_mean(text, known));
}

Result<std::size_t> size_of(const std::string& text, const std::string& all) {
  const std::optional<double> figure = load::parse_figure(text);
  const bool whole = figure && *figure >= 0 && *figure <= static_cast<double>(kMostSize) &&
                     *figure == static_cast<double>(static_cast<std::size_t>(*figure));
  if (whole) return static_cast<std::size_t>(*figure);
  return usage_error("--size \"" + all +
                     "\": write a number of bytes up to 16 MiB, a range, or a ladder: 64, 16k, "
                     "1..1024 or 64,1k,16k");
}

// "64,1k,16k"
Result<load::SizeRange> ladder(const std::string& text) {
  load::SizeRange sizes;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    const Result<std::size_t> size = size_of(part, text);
    if (!size) return size.error();
    sizes.ladder.push_back(*size);
  }
  const auto [least, most] = std::minmax_element(sizes.ladder.begin(), sizes.ladder.end());
  sizes.least = *least;
  sizes.most = *most;
  return sizes;
}

Result<load::SizeRange> sizes(const ParsedOptions& options) {
  const std::string text = options.text("size", "64");
  if (text.find(',') != std::string::npos) return ladder(text);
  const std::size_t dots = text.find("..");
  const Result<std::size_t> least = size_of(text.substr(0, dots), text);
  if (!least) return least.error();
  if (dots == std::string::npos) return load::SizeRange{*least, *least};
  const Result<std::size_t> most = size_of(text.substr(dots + 2), text);
  if (!most) return most.error();
  if (*most < *least)
    return usage_error("--size \"" + text + "\": the smaller number comes first: " +
                       std::to_string(*most) + ".." + std::to_string(*least));
  return load::SizeRange{*least, *most};
}

// What requests and connections are like.
Result<Nothing> plan_shape(const ParsedOptions& options, LoadPlan& plan) {
  const Result<load::SizeRange> size = sizes(options);
  if (!size) return size.error();
  plan.size = *size;
  const auto idle = options.number("idle", 0, 0, 1'000'000);
  if (!idle) return idle.error();
  const auto write_size = options.number("write-size", 0, 1, kMostSize);
  if (!write_size) return write_size.error();
  plan.idle = *idle;
  plan.check_under_load = options.has("check-under-load");
  plan.write_size = *write_size;
  if (options.has("read-rate")) {
    const std::optional<double> rate = load::parse_figure(options.text("read-rate"));
    if (!rate || !(*rate >= 1 && *rate <= 1e9))
      return usage_error("--read-rate \"" + options.text("read-rate") +
                         "\": write how many bytes a second each connection reads: 1000, 64k");
    plan.read_rate = static_cast<std::uint64_t>(*rate);
  }
  if (plan.read_rate > 0) {
    const double seconds =
        static_cast<double>(plan.size.most) / static_cast<double>(plan.read_rate);
    if (seconds > in_seconds(plan.timeout)) {
      return usage_error("--read-rate: a reply of " + std::to_string(plan.size.most) +
                         " bytes takes longer than --timeout to be read at this rate; read faster, "
                         "or give replies more time");
    }
  }
  if (plan.profile.transport == Transport::Udp) {
    if (auto fits = options.refuse({"idle", "write-size", "read-rate", "churn"}, " is for TCP");
        !fits)
      return fits;
  }
  if (plan.idle > 0 && plan.profile.ending == Ending::AfterReply) {
    return usage_error("--idle: a server of profile " + plan.profile.id +
                       " ends each connection after its reply; none can be idle");
  }
  if (!options.has("churn")) return Nothing{};
  if (options.has("pipeline"))
    return usage_error(
        "--pipeline and --churn do not go together: each connection has one request");
  const std::string how = options.text("churn");
  if (how != "fin" && how != "rst")
    return usage_error("--churn \"" + how + "\": write fin or rst, how the client closes");
  plan.shape = how == "fin" ? load::Shape::Churn : load::Shape::ChurnReset;
  return Nothing{};
}

Result<Nothing> plan_numbers(const ParsedOptions& options, LoadPlan& plan) {
  const auto connections = options.number("connections", plan.connections, 1, 1'000'000);
  if (!connections) return connections.error();
  const auto pipeline = options.number("pipeline", plan.pipeline, 1, 10'000);
  if (!pipeline) return pipeline.error();
  const auto threads = options.number("threads", plan.threads, 1, 256);
  if (!threads) return threads.error();
  const auto in_flight = options.number("max-in-flight", plan.max_in_flight, 1, 10'000'000);
  if (!in_flight) return in_flight.error();
  const auto seed =
      options.number("seed", std::random_device()() % 1'000'000'000, 0, ~std::uint64_t{0});
  if (!seed) return seed.error();
  plan.connections = *connections;
  plan.pipeline = *pipeline;
  plan.threads = *threads;
  plan.max_in_flight = *in_flight;
  plan.seed = *seed;
  return Nothing{};
}

Result<Nothing> plan_times(const ParsedOptions& options, LoadPlan& plan) {
  const auto duration = options.duration("duration", plan.duration);
  if (!duration) return duration.error();
  if (*duration < 10ms) return usage_error("--duration: at least 10ms, such as --duration 10s");
  const auto warmup = options.duration("warmup", plan.warmup);
  if (!warmup) return warmup.error();
  const auto timeout = options.duration("timeout", plan.timeout);
  if (!timeout) return timeout.error();
  if (*timeout <= Duration::zero())
    return usage_error("--timeout: how long a reply may take, such as --timeout 1s");
  const auto think = options.duration("think", plan.think);
  if (!think) return think.error();
  plan.think = *think;
  plan.duration = *duration;
  plan.warmup = *warmup;
  plan.timeout = *timeout;
  return Nothing{};
}

// A rate is looked for, in runs of one law.
Result<Nothing> plan_search(const ParsedOptions& options, LoadOptions& planned) {
  if (!options.has("find-rate")) return Nothing{};
  if (auto fits = options.refuse({"stage", "pipeline", "shard", "ab", "events"},
                                 " and --find-rate do not go together");
      !fits)
    return fits;
  LoadPlan& plan = planned.plan;
  if (!options.has("duration")) plan.stages.front().duration = plan.duration = kTrial;
  const load::Arrivals& arrivals = plan.stages.front();
  if (arrivals.rates.size() != 1)
    return usage_error("--rate: with --find-rate it is where the search begins; write one rate");
  const Result<load::Threshold> objective = load::parse_objective(options.text("find-rate"));
  if (!objective) return objective.error();
  planned.objective = *objective;
  return Nothing{};
}

// Several runs, instead of one.
Result<Nothing> plan_series(const ParsedOptions& options, LoadOptions& planned) {
  const auto runs = options.number("runs", kRuns, kLeastRuns, 100);
  if (!runs) return runs.error();
  if (!options.has("ab")) {
    if (options.has("runs")) return usage_error("--runs is for --ab, which compares two servers");
    return Nothing{};
  }
  if (auto fits = options.refuse({"target", "shard", "threshold", "events"},
                                 " and --ab do not go together");
      !fits)
    return fits;
  const std::string command = options.text("ab");
  if (command.find_first_not_of(' ') == std::string::npos)
    return usage_error(
        "--ab: write the command of the other server, such as --ab 'java Echo {port}'");
  planned.other_command = {"/bin/sh", "-c", command};
  if (auto named = check_port_of(planned.other_command, planned.server.run.port); !named)
    return usage_error("--ab: " + named.error().text);
  planned.runs = *runs;
  return Nothing{};
}

}  // namespace

const CommandSpec& load_spec() {
  static const CommandSpec kSpec = {
      "  sockspec load PROFILE -- COMMAND {port} …     a server that sockspec starts\n"
      "  sockspec load PROFILE --target HOST:PORT      a server that runs already\n"
      "  sockspec load PROFILE                         the reference server\n",
      "Loads a server and checks every reply: how many requests it answers, how fast, and whether\n"
      "what it answers is right.\n\n"
      "Without --rate the loop is closed: each connection waits for its reply before it sends the\n"
      "next request, so a slow server is asked less. With --rate it is open: requests are sent "
      "when\n"
      "they are due, whatever the replies do, as independent users would. Response times count "
      "from\n"
      "when a request was due, so a server that stops for a second shows it.\n\n"
      "  sockspec load tcp-echo -- python3 echo.py {port}\n"
      "  sockspec load tcp-echo --rate 5k --duration 30s --threshold 'response.p99 < 5ms' \\\n"
      "      --target 127.0.0.1:7\n"
      "  sockspec load tcp-echo --find-rate 'response.p99 < 5ms' -- ./my_server {port}\n",
      {{"target", "HOST:PORT", "load a server that runs already"},
       {"port", "N", "the port that is fixed in the server's code"},
       {"host", "ADDRESS",
        "where the server listens, and what {host} becomes; 127.0.0.1 by default"},
       {"set", "FIELD=VALUE", "of the profile, such as max_message=2048", true},
       {"connections", "N", "at the same time; 64 by default"},
       {"pipeline", "D", "closed loop: requests in flight on each connection; 1 by default"},
       {"think", "TIME", "closed loop: between a reply and the next request; none by default"},
       {"size", "BYTES",
        "of a request: 64, 16k, drawn from a range 1..1024, or up a ladder 64,1k;\n64 by default"},
       {"rate", "R", "open loop: requests per second: 10k, or 1k..10k, or 1k,2k,5k"},
       {"arrivals", "LAW", "constant, poisson, ramp, steps, burst or sine; by default as --rate"},
       {"burst", "N", "with --arrivals burst: so many at once"},
       {"period", "TIME", "with --arrivals sine: of one wave"},
       {"stage", "WORDS",
        "open loop in stages, one --stage each: 'rate=1k..5k duration=10s', with\narrivals, burst "
        "and period as above",
        true},
       {"duration", "TIME", "10s by default"},
       {"warmup", "TIME", "before that, and not counted; none by default"},
       {"timeout", "TIME", "how long a reply may take; 1s by default"},
       {"max-in-flight", "N", "open loop: more are not sent, and counted; 100000 by default"},
       {"validate", "all|none",
        "none counts replies by their length, to see what checking costs (TCP)"},
       {"churn", "HOW", "a new connection for each request, closed by fin or rst"},
       {"idle", "N", "connections besides, which are verified once and then wait"},
       {"write-size", "BYTES",
        "of one send(): 1 writes byte by byte; by default as many as there are"},
       {"read-rate", "BYTES",
        "per second: slow clients; by default all that comes is read at once"},
       {"check-under-load", "", "play the short scenarios of the suite while the load runs"},
       {"threads", "N", "of the generator; 1 by default"},
       {"pace", "HOW", "hybrid, spin or sleep: how exactly requests leave when they are due"},
       {"threshold", "TEST", "such as 'response.p99 < 5ms', 'rate >= 10k', 'corrupt == 0'", true},
       {"seed", "N", "of sizes, payloads and arrivals; random by default"},
       {"shard", "I/N",
        "only the I-th of N parts of the requests; auto: as a Slurm array tells its\n"
        "task; auto/N: for an Indexed Job of Kubernetes; sockspec merge adds up"},
       {"start-limit", "TIME", "how long the server may take to listen; 15s by default"},
       {"plan", "FILE",
        "all of this from a JSON file (docs/load.md); what stands on the command\nline goes before "
        "it"},
       {"find-rate", "TEST",
        "the highest rate at which this holds, such as 'response.p99 < 5ms', found\nin runs of 3s"},
       {"ab", "COMMAND",
        "compare with this other server, in turn (A B B A …), each started anew\nfor each run"},
       {"runs", "N", "with --ab: of each of the two; 6 by default"},
       {"json", "FILE", "write the report there; - for standard output"},
       {"html", "FILE", "as one page, with the rate and the latencies drawn"},
       {"events", "FILE", "write a line of JSON there each second"},
       {"quiet", "", "only the conclusion"},
       {"lang", "en|ko", "the language of what you read; from the locale by default"},
       {"color", "WHEN", "auto, always or never"}},
      0,
      1,
      "PROFILE"};
  return kSpec;
}

Result<LoadOptions> plan_load(const ParsedOptions& options) {
  LoadOptions planned;
  LoadPlan& plan = planned.plan;
  if (options.operands().empty())
    return usage_error("PROFILE is missing: sockspec load tcp-echo (--help shows how)");
  Result<Profile> profile = scenario::load_profile(options.operands()[0], options.all("set"));
  if (!profile) return profile.error();
  plan.profile = std::move(*profile);
  for (const auto read : {plan_times, plan_numbers, plan_arrivals, plan_shape}) {
    if (auto done = read(options, plan); !done) return done.error();
  }
  const Result<load::Pace> pace = word_of(options, "pace", plan.pace);
  if (!pace) return pace.error();
  plan.pace = *pace;
  const Result<load::Validate> validate = word_of(options, "validate", plan.validate);
  if (!validate) return validate.error();
  plan.validate = *validate;
  const bool length_tells = plan.profile.transport == Transport::Tcp &&
                            plan.profile.reply.transform != Transform::Date &&
                            plan.profile.reply.transform != Transform::AnyText;
  if (plan.validate == load::Validate::None && !length_tells) {
    return usage_error("--validate none: the replies of " + plan.profile.id +
                       " are not told apart by their length; leave it out");
  }
  for (const std::string& text : options.all("threshold")) {
    const Result<load::Threshold> threshold = load::parse_threshold(text);
    if (!threshold) return threshold.error();
    plan.thresholds.push_back(*threshold);
  }
  if (options.has("shard")) {
    const Result<Shard> shard = shard_from(options);
    if (!shard) return shard.error();
    if (shard->count > 1 && !options.has("seed"))
      return usage_error("--shard: give all shards the same seed, such as --seed 7");
    plan.shard = {shard->place, shard->count};
  }
  planned.server.run.profile = plan.profile;
  const Result<Duration> start = options.duration("start-limit", 15s);
  if (!start) return start.error();
  planned.server.run.start_limit = *start;
  if (auto target = plan_target(options, planned.server); !target) return target.error();
  Result<std::string> lang = language_from(options);
  if (!lang) return lang.error();
  planned.lang = *lang;
  const Result<LoadFiles> files = load_files_from(options);
  if (!files) return files.error();
  planned.files = *files;
  planned.events_file = options.text("events");
  planned.quiet = options.has("quiet");
  if (auto search = plan_search(options, planned); !search) return search.error();
  if (auto series = plan_series(options, planned); !series) return series.error();
  return planned;
}

}  // namespace sockspec::cli
