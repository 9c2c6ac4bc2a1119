// Which reference server serves a profile.
#pragma once

#include <string>

#include "core/profile.h"
#include "core/result.h"

namespace sockspec::cli {

// The name of the reference server: the profile's own, or the one whose profile differs only in
// texts, limits and levels. Error: no reference server holds such a contract.
Result<std::string> reference_for(const Profile& profile);

}  // namespace sockspec::cli
