// sockspec serve: a reference server, run by hand.
#include <cstdio>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/reference.h"
#include "reference-servers/serve.h"
#include "scenario/parse_profile.h"

namespace sockspec::cli {
namespace {

const CommandSpec& spec() {
  static const CommandSpec kSpec = {
      "  sockspec serve PROFILE [--port N] [--host ADDRESS]\n",
      "Runs the reference server of a profile until it is stopped with Ctrl-C, and prints\n"
      "READY host:port once it listens.\n\n"
      "  sockspec serve tcp-echo --port 7000        then: nc 127.0.0.1 7000\n"
      "  sockspec serve tcp-greeting --set reply.text=\"Hi!\"\n",
      {{"port", "N", "the port to listen on; 0, the default, lets the system choose"},
       {"host", "ADDRESS", "the address to listen on; 127.0.0.1 by default, 0.0.0.0 or :: for all"},
       {"set", "NAME=VALUE", "change one field of the profile, such as reply.text=\"Hi!\"", true}},
      1,
      1,
      "PROFILE"};
  return kSpec;
}

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

  reference::ServeOptions serve;
  serve.host = options->text("host", serve.host);
  serve.port = static_cast<std::uint16_t>(*port);
  serve.text = profile->reply.text;
  if (!profile->end_message.empty()) serve.end_message = profile->end_message;
  serve.max_message = profile->max_message;
  const int code = reference::find_reference_server(*name)->serve(serve);
  return code == 0 ? kHolds : kUnreachable;
}

}  // namespace sockspec::cli
