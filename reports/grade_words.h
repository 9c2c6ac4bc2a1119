// What every view of a graded class says in the same words. Pure functions, for any thread.
#pragma once

#include <string>

#include "core/grade/grade_report.h"

namespace sockspec::reports {

// "graded", "build failed", … in the language of the report.
std::string state_word(grade::State state, const std::string& lang);

// "did not start": its state; where it was graded, the outcome: "pass".
std::string standing_word(const grade::Submission& submission, const std::string& lang);

// "92.5 of 100"; "– of 100" where there are none.
std::string points_of_most(const grade::Submission& submission, const std::string& lang);

// The faults that are sure enough to be named, the best first: "one-shot, drop-at-eof".
std::string faults_text(const grade::Submission& submission);

// Why it is in its state, and what is to be known about its points: a sentence on each line.
std::string why_text(const grade::Submission& submission, const std::string& lang);

}  // namespace sockspec::reports
