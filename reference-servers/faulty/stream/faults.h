// The servers that get the bytes wrong: what they answer, when, and how much of it. Each is told in
// its own file.
#pragma once

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

int serve_silent(const FaultyOptions& options);
int serve_one_shot(const FaultyOptions& options);
int serve_message_per_read(const FaultyOptions& options);
int serve_line_only(const FaultyOptions& options);
int serve_waits_for_full_buffer(const FaultyOptions& options);
int serve_waits_for_eof(const FaultyOptions& options);
int serve_short_write(const FaultyOptions& options);
int serve_closes_on_eagain(const FaultyOptions& options);
int serve_dies_on_eagain(const FaultyOptions& options);
int serve_truncates_1024(const FaultyOptions& options);
int serve_buffer_one_too_small(const FaultyOptions& options);
int serve_pads_buffer(const FaultyOptions& options);
int serve_stale_tail(const FaultyOptions& options);
int serve_nul_terminated(const FaultyOptions& options);
int serve_adds_newline(const FaultyOptions& options);
int serve_adds_nul(const FaultyOptions& options);
int serve_adds_prefix(const FaultyOptions& options);
int serve_strips_newline(const FaultyOptions& options);
int serve_trims(const FaultyOptions& options);
int serve_crlf_conversion(const FaultyOptions& options);
int serve_decodes_each_read(const FaultyOptions& options);
int serve_dies_on_bad_text(const FaultyOptions& options);
int serve_drops_non_ascii(const FaultyOptions& options);
int serve_question_marks(const FaultyOptions& options);
int serve_ff_is_eof(const FaultyOptions& options);
int serve_strips_high_bit(const FaultyOptions& options);
int serve_quit_command(const FaultyOptions& options);
int serve_banner_first(const FaultyOptions& options);
int serve_echoes_one_byte(const FaultyOptions& options);
int serve_edge_triggered_stall(const FaultyOptions& options);
int serve_last_line_twice(const FaultyOptions& options);
int serve_idle_timeout(const FaultyOptions& options);
int serve_answers_anyway(const FaultyOptions& options);
int serve_stops_reading(const FaultyOptions& options);

}  // namespace sockspec::reference::faulty
