// A profile as the text of a profile file.
#pragma once

#include <string>

#include "core/profile.h"

namespace sockspec::scenario {

// parse_profile() makes the same profile of it. Fields that say nothing are left out.
std::string profile_to_json(const Profile& profile);

}  // namespace sockspec::scenario
