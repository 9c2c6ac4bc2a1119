// Does a text look like a date and time that a person could read (RFC 867)?
#pragma once

#include <string_view>

namespace sockspec {

// RFC 867 prescribes no syntax, so this asks for what every such text has: a time of day
// (hh:mm or hh:mm:ss), a day of the month with a month (a name, or numbers as in 2026-11-21 or
// 11/21/26) and a year, all in printable ASCII on one line.
bool is_date_text(std::string_view text);

}  // namespace sockspec
