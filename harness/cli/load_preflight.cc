#include "cli/load_preflight.h"

#include <cstdio>

#include "core/load/preflight.h"
#include "reports/messages.h"
#include "supervise/limits.h"

namespace sockspec::cli {

// What this machine cannot do is said before the run: afterwards it looks like the server's fault.
Result<Nothing> preflight_load(LoadOptions& options) {
  const check::CheckOptions& run = options.server.run;
  const Result<io::Address> server =
      run.target ? Result<io::Address>(*run.target) : io::Address::resolve(run.host, 0);
  if (!server) return server.error();
  const load::Preflight found =
      load::preflight(options.plan, supervise::limits_towards(*server), server->is_loopback());
  if (found.refused) return *found.refused;
  options.plan.source_addresses = found.source_addresses;
  options.warnings = found.warnings;
  if (options.quiet) return supervise::raise_descriptors(found.descriptors_needed);
  for (const Message& warning : found.warnings) {
    const Message said{"load.warning", {{"what", reports::render(warning, options.lang)}}};
    std::fprintf(stderr, "%s\n", reports::render(said, options.lang).c_str());
  }
  return supervise::raise_descriptors(found.descriptors_needed);
}

}  // namespace sockspec::cli
