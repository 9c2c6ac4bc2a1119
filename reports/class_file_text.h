// The class file that `sockspec grade --init` writes: every field with its default, and a comment
// beside each in the language of the run. It is JSON: comments are members whose name begins
// with "//" (docs/decisions/0016-class-files.md).
#pragma once

#include <string>

#include "core/profile.h"

namespace sockspec::reports {

// `profile_name` is the profile as it was named: a built-in one or a file.
std::string class_file_text(const std::string& profile_name, const Profile& profile,
                            const std::string& lang);

}  // namespace sockspec::reports
