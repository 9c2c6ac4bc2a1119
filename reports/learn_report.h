// The report of `sockspec learn`: for people, and as JSON (schema "sockspec/learn/1").
#pragma once

#include <string>

#include "core/learn_report.h"
#include "reports/style.h"

namespace sockspec::reports {

// Field by field with what was seen, then what there is to say about the whole.
std::string learn_text(const LearnReport& report, const Style& style);

// `profile` is the text of the profile file; "" when there is none.
std::string learn_report_to_json(const LearnReport& report, const std::string& profile);

}  // namespace sockspec::reports
