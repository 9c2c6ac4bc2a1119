// TAP, version 14 (testanything.org): for prove, tappy, Meson, GitLab.
//
// One test point for each scenario, in the order of the report, and one for each trouble of the
// run. YAML blocks tell what was expected, what came, and the command that repeats it.
//
//   passed               ok
//   warned               ok, with a YAML block: it counts as passed
//   failed, undecided    not ok
//   known                not ok # TODO known failure: TAP's own word for "fails, and may"
//   doubtful, skipped    ok # SKIP reason
//   not run              ok # SKIP reason: TAP has no other word; what kept it from running is
//                        "not ok" itself
//   trouble of the run   not ok, and "Bail out!" at the end when the run was interrupted or is not
//                        valid, so that no reader counts what is there as the whole
//
// Values are single-quoted or blocks of lines, which is all the YAML that old readers know. The
// prove of Debian 12 knows no version above 13; after sed '1s/14/13/' it reads the same stream.
//
// The plan is never empty: "1..0" would be a green "all skipped".
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

std::string tap(const CheckReport& report);

}  // namespace sockspec::reports
