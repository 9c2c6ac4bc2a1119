// What is probably wrong with a server, in words for the one who wrote it.
#pragma once

#include <string>

#include "core/check_report.h"
#include "reports/style.h"

namespace sockspec::reports {

// The likely fault with its explanation, its remedy and a few right lines in the language of the
// server, and the rivals in a line each; or, where nothing known is near, the pattern of what was
// seen. Empty for a server about which nothing was found.
std::string diagnosis_text(const CheckReport& report, const Style& style);

// "What is probably wrong: …": its first line. "" where nothing known is near.
std::string diagnosis_headline(const CheckReport& report);

// What was right and what was wrong, axis by axis, in one line.
std::string axes_text(const CheckReport& report);

// The right lines in the language that the server's command tells: Python, Java, and C for all
// others. `language` is set to its name.
const std::string& example_for(const CheckReport& report, const Fault& fault,
                               std::string* language);

}  // namespace sockspec::reports
