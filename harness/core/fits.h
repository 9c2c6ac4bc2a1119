// fits: does a scenario, or one of its steps, apply to a profile?
#pragma once

#include "core/profile.h"
#include "core/scenario.h"

namespace sockspec {

bool fits(const Requirement& requirement, const Profile& profile);

}  // namespace sockspec
