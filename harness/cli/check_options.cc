#include "cli/check_options.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "cli/reference.h"
#include "cli/terminal.h"
#include "core/names.h"
#include "scenario/parse_known.h"
#include "scenario/parse_profile.h"
#include "scenario/read_file.h"
#include "scenario/suite.h"
#include "supervise/process_table.h"
#include "supervise/socket_table.h"

namespace sockspec::cli {
namespace {

using namespace std::chrono_literals;

constexpr Duration kStartLimit = 15s;  // a cold Java virtual machine on a busy laptop

std::uint64_t random_seed() { return std::random_device()() % 1'000'000'000; }

bool names_the_port(const std::vector<std::string>& command) {
  return std::any_of(command.begin(), command.end(), [](const std::string& word) {
    return word.find("{port}") != std::string::npos;
  });
}

std::optional<Error> port_in_use(std::uint16_t port, Transport transport) {
  for (const supervise::BoundSocket& socket : supervise::bound_sockets(transport)) {
    if (socket.local.port() != port) continue;
    const std::string holder = supervise::holder_of(socket.inode);
    return Error{ErrorKind::Unreachable, "port " + std::to_string(port) + " is in use" +
                                             (holder.empty() ? std::string() : " by " + holder) +
                                             "; end that program, or give another --port"};
  }
  return std::nullopt;
}

// --wrapper FILE: one word on each line; an empty line at the end is none.
Result<std::vector<std::string>> wrapper_from(const std::string& file) {
  const Result<std::string> text = scenario::read_file(file);
  if (!text) return text.error();
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    words.push_back(text->substr(begin, end - begin));
    begin = end + 1;
  }
  if (words.empty() || words.front().empty())
    return usage_error("--wrapper " + file + ": write the words of a command, one to a line");
  return words;
}

}  // namespace

Result<Nothing> check_port_of(const std::vector<std::string>& command,
                              std::optional<std::uint16_t> port) {
  if (port || names_the_port(command)) return Nothing{};
  return usage_error(
      "the command has no {port}: write {port} where the server takes its port, or give --port N "
      "if the port is fixed in its code (if it reads the variable PORT: -- env PORT={port} " +
      command[0] + " …)");
}

namespace {

// A server that we start: the user's, or our own.
Result<Nothing> plan_command(const ParsedOptions& options, CheckPlan& plan) {
  check::CheckOptions& run = plan.run;
  run.command = options.server_command();
  if (options.has_server_command()) {
    if (run.command.empty())
      return usage_error(
          "nothing stands after \"--\"; write the command of the server, such as -- python3 "
          "server.py {port}");
    return check_port_of(run.command, run.port);
  }
  const Result<std::string> reference = reference_for(run.profile);
  if (!reference) return reference.error();
  if (!run.wrapper.empty())
    return usage_error("--wrapper goes before a command; write the server's after \"--\"");
  plan.builtin_server = true;
  run.command = {own_path(), "serve", options.operands()[0], "--host", "{host}",
                 "--port",   "{port}"};
  for (const std::string& entry : options.all("set"))
    run.command.insert(run.command.end(), {"--set", entry});
  return Nothing{};
}

}  // namespace

std::string own_path() {
  std::error_code error;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "sockspec" : path.string();
}

Result<Shard> shard_from(const ParsedOptions& options) {
  return parse_shard(options.text("shard"), environment_variable);
}

Result<Nothing> plan_target(const ParsedOptions& options, CheckPlan& plan) {
  check::CheckOptions& run = plan.run;
  run.host_given = options.has("host");
  run.host = options.text("host", run.host);
  if (options.has("port")) {
    const Result<std::uint16_t> port = io::parse_port(options.text("port"));
    if (!port) return usage_error("--port " + port.error().text);
    run.port = *port;
  }
  if (options.has("wrapper")) {
    Result<std::vector<std::string>> wrapper = wrapper_from(options.text("wrapper"));
    if (!wrapper) return wrapper.error();
    run.wrapper = std::move(*wrapper);
  }
  if (!options.has("target")) {
    if (auto planned = plan_command(options, plan); !planned) return planned;
    if (auto address = io::Address::resolve(run.host, 1); !address)
      return usage_error("--host: " + address.error().text);
    if (run.port) {
      if (auto error = port_in_use(*run.port, run.profile.transport)) return *error;
    }
    return Nothing{};
  }
  if (auto fits =
          options.refuse({"port", "host", "fresh", "wrapper"},
                         " is for a server that sockspec starts; it does not go with --target");
      !fits)
    return fits;
  if (options.has_server_command())
    return usage_error("give either --target HOST:PORT or a command after \"--\", not both");
  const Result<io::HostPort> place = io::parse_host_port(options.text("target"));
  if (!place) return usage_error("--target " + place.error().text);
  const Result<io::Address> address = io::Address::resolve(place->host, place->port);
  if (!address) return address.error();
  run.target = *address;
  return Nothing{};
}

namespace {

Result<Nothing> plan_selection(const ParsedOptions& options, SelectionOptions& selection) {
  selection.only = options.all("only");
  selection.skip = options.all("skip");
  selection.optional = options.has("optional");
  selection.supervised = !options.has("target");
  if (options.has("level")) {
    const std::optional<Level> level = value_of<Level>(options.text("level"));
    if (!level)
      return usage_error("--level \"" + options.text("level") + "\": write must, should or may");
    selection.level = *level;
  }
  if (!options.has("shard")) return Nothing{};
  const Result<Shard> shard = shard_from(options);
  if (!shard) return shard.error();
  selection.shard = shard->place;
  selection.shards = shard->count;
  return Nothing{};
}

Result<Nothing> plan_numbers(const ParsedOptions& options, CheckPlan& plan) {
  const Result<std::uint64_t> repeat = options.number("repeat", 1, 1, 1'000'000);
  if (!repeat) return repeat.error();
  const unsigned cpus = static_cast<unsigned>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
  const Result<std::uint64_t> jobs = options.number("jobs", std::clamp(cpus, 2U, 8U), 1, 64);
  if (!jobs) return jobs.error();
  const Result<std::uint64_t> seed = options.number("seed", random_seed(), 0, INT64_MAX);
  if (!seed) return seed.error();
  if (options.has("timeout-scale")) {
    const Result<double> scale = options.decimal("timeout-scale", 1.0, 0.1, 1000.0);
    if (!scale) return scale.error();
    plan.scale = *scale;
  }
  const Result<Duration> start = options.duration("start-limit", kStartLimit);
  if (!start) return start.error();
  plan.run.repeat = static_cast<unsigned>(*repeat);
  plan.run.jobs = static_cast<unsigned>(*jobs);
  if (options.has("jobs")) plan.run.most_jobs = plan.run.jobs;
  plan.run.seed = *seed;
  plan.run.start_limit = *start;
  return Nothing{};
}

Result<Nothing> plan_reports(const ParsedOptions& options, CheckPlan& plan) {
  plan.files = report_files_from(options);
  plan.github = options.has("github");
  plan.ndjson_file = options.text("ndjson");
  plan.snippets_folder = options.text("snippets");
  std::vector<std::string> takers = report_file_names();
  takers.insert(takers.end(), {"ndjson", "write-known"});
  const Result<bool> taken = one_to_stdout(options, std::move(takers));
  if (!taken) return taken.error();
  plan.data_to_stdout = *taken;
  return Nothing{};
}

Result<Nothing> plan_known(const ParsedOptions& options, CheckPlan& plan) {
  if (options.has("known") && options.has("write-known")) {
    return usage_error(
        "give either --known FILE, to excuse what it lists, or --write-known FILE, to write it "
        "anew; "
        "not both");
  }
  plan.write_known = options.text("write-known");
  if (!options.has("known")) return Nothing{};
  Result<std::vector<KnownEntry>> known = scenario::load_known(options.text("known"));
  if (!known) return known.error();
  plan.known = std::move(*known);
  return Nothing{};
}

std::vector<OptionSpec> check_options() {
  std::vector<OptionSpec> options = {
      {"target", "HOST:PORT", "check a server that runs already"},
      {"port", "N", "the port that is fixed in the server's code"},
      {"host", "ADDRESS",
       "where the server listens, and what {host} becomes; 127.0.0.1 by default"},
      {"set", "NAME=VALUE", "change one field of the profile, such as reply.text=\"Hi!\"", true},
      {"only", "PATTERN", "only these scenarios; * stands for part of a name, ** for any", true},
      {"skip", "PATTERN", "not these scenarios", true},
      {"level", "LEVEL",
       "must: only what is required; should: advice too; may: everything (default)"},
      {"strict", "", "warnings fail the run"},
      {"optional", "",
       "also what is slow or needs a special server (see: sockspec list scenarios)"},
      {"repeat", "N", "every scenario N times; the worst run is shown"},
      {"seed", "N", "the random bytes of the payloads; printed in every report"},
      {"jobs", "N", "so many servers at the same time; the number of processors by default"},
      {"fresh", "", "a new server for every scenario"},
      {"shard", "I/N", "only the I-th of N parts of the suite; auto: as Slurm tells its task"},
      {"timeout-scale", "X", "multiply time limits; measured from this machine by default"},
      {"start-limit", "TIME", "how long the server may take to listen; 15s by default"},
      {"wrapper", "FILE", "what starts the server, one word a line: a sandbox; not in reports"},
      {"scenarios", "FOLDER", "scenarios of your own instead of the built-in ones"},
      {"known", "FILE",
       "failures that are known and fail no run; an entry that does not hold does"},
      {"write-known", "FILE", "write such a list of all that fails; - for standard output"}};
  const std::vector<OptionSpec> files = report_file_options();
  options.insert(options.end(), files.begin(), files.end());
  const std::vector<OptionSpec> rest = {
      {"ndjson", "FILE", "what happens, as it happens: a line of JSON for each scenario"},
      {"snippets", "FOLDER", "write a Python program for each failure that shows it by itself"},
      {"lang", "en|ko", "the language of what you read; from the locale by default"},
      {"color", "WHEN", "auto, always or never"},
      {"quiet", "", "only what is wrong, and the verdict"}};
  options.insert(options.end(), rest.begin(), rest.end());
  return options;
}

}  // namespace

const CommandSpec& check_spec() {
  static const CommandSpec kSpec = {
      "  sockspec check PROFILE                          the built-in reference server\n"
      "  sockspec check PROFILE -- COMMAND {port} …      a server that sockspec starts\n"
      "  sockspec check PROFILE --target HOST:PORT       a server that runs already\n",
      "Plays every scenario of a profile with the server and says which part of the contract it\n"
      "does not hold, with the evidence. {port} (and {host}) in the command are replaced.\n\n"
      "  sockspec check tcp-echo -- python3 server.py {port}\n"
      "  sockspec check tcp-uppercase-once --port 12000 -- python3 TCPServer.py\n"
      "  sockspec check tcp-greeting --set reply.text=\"Hi!\" -- ./server {port}\n"
      "  sockspec check tcp-echo --only 'close/*' --target localhost:7\n",
      check_options(),
      1,
      1,
      "PROFILE"};
  return kSpec;
}

Result<std::vector<Scenario>> suite_from(const std::string& folder) {
  return folder.empty() ? scenario::builtin_suite() : scenario::load_suite(folder);
}

Result<CheckPlan> plan_check(const ParsedOptions& options) {
  CheckPlan plan;
  plan.strict = options.has("strict");
  plan.quiet = options.has("quiet");
  plan.run.fresh = options.has("fresh");
  plan.scenarios_folder = options.text("scenarios");
  Result<std::string> lang = language_from(options);
  if (!lang) return lang.error();
  plan.lang = *lang;
  Result<Profile> profile = scenario::load_profile(options.operands()[0], options.all("set"));
  if (!profile) return profile.error();
  plan.run.profile = std::move(*profile);
  if (auto planned = plan_selection(options, plan.selection); !planned) return planned.error();
  if (auto planned = plan_numbers(options, plan); !planned) return planned.error();
  if (auto planned = plan_known(options, plan); !planned) return planned.error();
  if (auto planned = plan_reports(options, plan); !planned) return planned.error();
  Result<std::vector<Scenario>> suite = suite_from(plan.scenarios_folder);
  if (!suite) return suite.error();
  plan.suite = std::move(*suite);
  if (const auto selected = select(plan.suite, plan.run.profile, plan.selection); !selected)
    return selected.error();
  if (auto planned = plan_target(options, plan); !planned) return planned.error();
  return plan;
}

}  // namespace sockspec::cli
