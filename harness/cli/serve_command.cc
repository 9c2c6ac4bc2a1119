// sockspec serve: a reference server, or a faulty one, run by hand.
#include <csignal>
#include <cstdio>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/reference.h"
#include "core/nearest.h"
#include "reference-servers/faulty/faulty.h"
#include "reference-servers/serve.h"
#include "scenario/faults.h"
#include "scenario/parse_profile.h"

namespace sockspec::cli {
namespace {

const CommandSpec& spec() {
  static const CommandSpec kSpec = {
      "  sockspec serve PROFILE [--port N] [--host ADDRESS] [--reuse-port] [--fault NAME]\n",
      "Runs the reference server of a profile until it is stopped with Ctrl-C, and prints\n"
      "READY host:port once it listens.\n\n"
      "  sockspec serve tcp-echo --port 7000        then: nc 127.0.0.1 7000\n"
      "  sockspec serve tcp-greeting --set reply.text=\"Hi!\"\n"
      "  sockspec serve tcp-echo --fault drop-at-eof   a server that is wrong on purpose\n",
      {{"port", "N", "the port to listen on; 0, the default, lets the system choose"},
       {"host", "ADDRESS", "the address to listen on; 127.0.0.1 by default, 0.0.0.0 or :: for all"},
       {"reuse-port", "", "share the port with others started so; each gets a part of the clients"},
       {"fault", "NAME", "wrong in this one way (sockspec list faults --profile PROFILE)"},
       {"set", "NAME=VALUE", "change one field of the profile, such as reply.text=\"Hi!\"", true}},
      1,
      1,
      "PROFILE"};
  return kSpec;
}

Error no_such_fault(const std::string& name, const std::string& profile) {
  const Result<std::vector<Fault>> faults = scenario::builtin_faults();
  if (!faults) return faults.error();
  std::vector<std::string> known;
  for (const Fault& fault : *faults) {
    if (occurs_in(fault, profile)) known.push_back(fault.name);
  }
  return usage_error("--fault \"" + name + "\": there is no such fault of " + profile +
                     did_you_mean(name, known) + " (sockspec list faults --profile " + profile +
                     ")");
}

// The self-test starts thousands of them: only the one that is asked for is read.
Result<reference::FaultyFunction> faulty_server(const std::string& name,
                                                const std::string& profile) {
  const Result<std::optional<Fault>> fault = scenario::builtin_fault(name);
  if (!fault) return fault.error();
  const reference::FaultyServer* const server = reference::find_faulty_server(name);
  if (server && *fault && occurs_in(**fault, profile)) return server->serve;
  return no_such_fault(name, profile);
}

// A faulty server meets signals as a student's would.
void restore_signals() { std::signal(SIGPIPE, SIG_DFL); }

}  // namespace

int serve_command(const Words& words) {
  const Result<ParsedOptions> options = parse_options(spec(), words);
  if (!options) return report_error(options.error());
  if (options->help()) return std::fputs(help_text(spec()).c_str(), stdout), kHolds;
  if (options->has_server_command())
    return report_error(usage_error("serve takes no \"--\": it runs our own servers"));
  const Result<Profile> profile =
      scenario::load_profile(options->operands()[0], options->all("set"));
  if (!profile) return report_error(profile.error());
  const Result<std::uint64_t> port = options->number("port", 0, 0, 65535);
  if (!port) return report_error(port.error());
  const Result<std::string> name = reference_for(*profile);
  if (!name) return report_error(name.error());

  reference::FaultyOptions serve;
  serve.profile = *name;
  serve.host = options->text("host", serve.host);
  serve.port = static_cast<std::uint16_t>(*port);
  serve.text = profile->reply.text;
  if (!profile->end_message.empty()) serve.end_message = profile->end_message;
  serve.max_message = profile->max_message;
  serve.reuse_port = options->has("reuse-port");
  if (options->has("fault")) {
    if (serve.reuse_port)
      return report_error(
          usage_error("--reuse-port is for servers that are right; leave out --fault"));
    const Result<reference::FaultyFunction> faulty = faulty_server(options->text("fault"), *name);
    if (!faulty) return report_error(faulty.error());
    restore_signals();
    return (*faulty)(serve);
  }
  const int code = reference::find_reference_server(*name)->serve(serve);
  return code == 0 ? kHolds : kUnreachable;
}

}  // namespace sockspec::cli
