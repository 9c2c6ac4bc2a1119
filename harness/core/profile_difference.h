// Which fields of two contracts differ.
#pragma once

#include <string>
#include <vector>

#include "core/profile.h"

namespace sockspec {

// By their names in a profile file ("reply.text"). What does not change the contract (titles, the
// customary port, levels) is not compared.
std::vector<std::string> differing_fields(const Profile& a, const Profile& b);

}  // namespace sockspec
