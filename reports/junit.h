// JUnit XML, as Surefire writes it and Jenkins, GitLab and the GitHub test reporters read it:
// reports/schema/junit.xsd.
//
// One testsuite for each group of scenarios. A test is named by the profile and the id of its
// scenario, never by its title, so that a history of tests survives a change of words or language.
//
//   passed, warned       a test that passed; a warning is told in its system-out, because the run
//                        counts it as passed, and a viewer that shows "skipped" would hide that it
//                        ran
//   failed               <failure>: the server was asked and answered wrongly
//   undecided            <error>: asked, and nothing is known; the run is red for it
//   doubtful, skipped    <skipped>, with the reason
//   known                <skipped>, as pytest does with what is expected to fail
//   not run              <skipped>: it did not begin, which is what JUnit means by it. It is never
//                        the only trace: what kept it from running is a failure or an error too
//   trouble of the run   <error> in a suite "run": interrupted, not valid, the server ended by
//                        itself, a stale list of known failures, nothing ran. Such tests are there
//                        only when there is trouble, so that the number of tests is that of
//                        scenarios
//
// The properties of each suite: profile, seed, target, version, exit code, and the lowest level
// whose failures are red. The level of a test is its group, a word of Surefire's.
//
// A gate that reads nothing else sees a failure or an error exactly when the exit code is not 0.
// No test has a file: scenarios are inside the tool, no file of the user's holds the mistake.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

std::string junit(const CheckReport& report);

}  // namespace sockspec::reports
