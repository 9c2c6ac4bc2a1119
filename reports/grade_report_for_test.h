// Grade reports that the tests of writers share.
#pragma once

#include "core/grade/grade_report.h"

namespace sockspec::reports::test {

// A submission in each state, and every field in use.
grade::GradeReport class_of_five();

}  // namespace sockspec::reports::test
