// Who speaks when, what is said, and how a session ends.
#pragma once

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

int serve_wrong_text(const FaultyOptions& options);
int serve_text_with_newline(const FaultyOptions& options);
int serve_keeps_open(const FaultyOptions& options);
int serve_greets_before_input(const FaultyOptions& options);
int serve_two_replies(const FaultyOptions& options);
int serve_waits_for_newline(const FaultyOptions& options);
int serve_needs_text(const FaultyOptions& options);
int serve_answers_only_hello(const FaultyOptions& options);
int serve_waits_for_input(const FaultyOptions& options);
int serve_wrong_date(const FaultyOptions& options);
int serve_quote_too_long(const FaultyOptions& options);
int serve_same_line(const FaultyOptions& options);
int serve_chargen_stops(const FaultyOptions& options);
int serve_end_ignored(const FaultyOptions& options);
int serve_end_by_substring(const FaultyOptions& options);
int serve_end_ends_all(const FaultyOptions& options);
int serve_end_not_echoed(const FaultyOptions& options);
int serve_end_any_case(const FaultyOptions& options);

}  // namespace sockspec::reference::faulty
