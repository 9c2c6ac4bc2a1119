#include "core/fits.h"

#include <algorithm>

namespace sockspec {
namespace {

template <class T>
bool allows(const std::vector<T>& any_of, const T& value) {
  return any_of.empty() || std::find(any_of.begin(), any_of.end(), value) != any_of.end();
}

}  // namespace

bool fits(const Requirement& need, const Profile& profile) {
  return allows(need.transport, profile.transport) && allows(need.framing, profile.framing) &&
         allows(need.ending, profile.ending) && allows(need.transform, profile.reply.transform) &&
         allows(need.letter_case, profile.reply.letter_case) &&
         allows(need.encoding, profile.encoding) && allows(need.concurrency, profile.concurrency) &&
         (!need.speaks_first || *need.speaks_first == profile.speaks_first) &&
         (!need.max_message || *need.max_message == (profile.max_message > 0));
}

}  // namespace sockspec
