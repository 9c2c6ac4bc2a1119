#include "cli/reference.h"

#include "reference-servers/serve.h"
#include "scenario/parse_profile.h"

namespace sockspec::cli {
namespace {

bool same_behaviour(const Profile& a, const Profile& b) {
  const bool letters =
      a.reply.letter_case == b.reply.letter_case ||
      (a.reply.letter_case != LetterCase::Unicode && b.reply.letter_case != LetterCase::Unicode);
  return a.transport == b.transport && a.framing == b.framing && a.ending == b.ending &&
         a.speaks_first == b.speaks_first && a.reply.transform == b.reply.transform && letters;
}

}  // namespace

Result<std::string> reference_for(const Profile& profile) {
  const Result<std::vector<Profile>> known = scenario::builtin_profiles();
  if (!known) return known.error();
  std::string found;
  for (const Profile& candidate : *known) {
    if (!reference::find_reference_server(candidate.id) || !same_behaviour(candidate, profile))
      continue;
    if (candidate.id == profile.id) return candidate.id;
    if (found.empty()) found = candidate.id;
  }
  if (!found.empty()) return found;
  return usage_error("there is no built-in reference server for profile " + profile.id +
                     "; name a server with --target HOST:PORT or -- COMMAND {port}");
}

}  // namespace sockspec::cli
