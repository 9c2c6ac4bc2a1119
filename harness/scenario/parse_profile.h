// Profiles from JSON: the built-in ones, a file of the user's, and fields overridden by --set.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/profile.h"
#include "core/result.h"

namespace sockspec::scenario {

// `file` is only named in errors. Errors: not JSON, unknown fields or values (the nearest is
// named), combinations that no server can hold.
Result<Profile> parse_profile(std::string_view text, const std::string& file);

// The profile that the user means: a built-in name, or a file (a name with "/" or ending in
// ".json"). `overrides` are "dotted.name=value" and are checked like the file.
Result<Profile> load_profile(const std::string& name, const std::vector<std::string>& overrides);

// All built-in profiles, by name.
Result<std::vector<Profile>> builtin_profiles();

}  // namespace sockspec::scenario
