// Annotations for GitHub: workflow commands ("::error title=…::message") that a step prints to
// standard output, and GitHub shows beside the run.
//
// GitHub shows 10 errors, 10 warnings and 10 notices of each step and drops the others silently; so
// the tenth of a kind tells how many more there are, and which.
//
//   error     trouble of the run, failed, undecided
//   warning   warned
//   notice    known, doubtful; the verdict, when the run is green
//
// No annotation names a file: the scenarios are inside the tool, and which line of a server is
// wrong nobody knows. Each is one line whatever a server printed, so that nothing it says is a
// command.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

std::string github_annotations(const CheckReport& report);

}  // namespace sockspec::reports
