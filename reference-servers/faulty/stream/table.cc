#include <array>

#include "reference-servers/faulty/stream/faults.h"
#include "reference-servers/faulty/topics.h"

namespace sockspec::reference::faulty {

std::span<const FaultyServer> stream_faults() {
  static constexpr std::array kFaults{
      FaultyServer{"silent", serve_silent},
      FaultyServer{"one-shot", serve_one_shot},
      FaultyServer{"message-per-read", serve_message_per_read},
      FaultyServer{"line-only", serve_line_only},
      FaultyServer{"waits-for-full-buffer", serve_waits_for_full_buffer},
      FaultyServer{"waits-for-eof", serve_waits_for_eof},
      FaultyServer{"short-write", serve_short_write},
      FaultyServer{"closes-on-eagain", serve_closes_on_eagain},
      FaultyServer{"dies-on-eagain", serve_dies_on_eagain},
      FaultyServer{"truncates-1024", serve_truncates_1024},
      FaultyServer{"buffer-one-too-small", serve_buffer_one_too_small},
      FaultyServer{"pads-buffer", serve_pads_buffer},
      FaultyServer{"stale-tail", serve_stale_tail},
      FaultyServer{"nul-terminated", serve_nul_terminated},
      FaultyServer{"adds-newline", serve_adds_newline},
      FaultyServer{"adds-nul", serve_adds_nul},
      FaultyServer{"adds-prefix", serve_adds_prefix},
      FaultyServer{"strips-newline", serve_strips_newline},
      FaultyServer{"trims", serve_trims},
      FaultyServer{"crlf-conversion", serve_crlf_conversion},
      FaultyServer{"decodes-each-read", serve_decodes_each_read},
      FaultyServer{"dies-on-bad-text", serve_dies_on_bad_text},
      FaultyServer{"drops-non-ascii", serve_drops_non_ascii},
      FaultyServer{"question-marks", serve_question_marks},
      FaultyServer{"ff-is-eof", serve_ff_is_eof},
      FaultyServer{"strips-high-bit", serve_strips_high_bit},
      FaultyServer{"quit-command", serve_quit_command},
      FaultyServer{"banner-first", serve_banner_first},
      FaultyServer{"echoes-one-byte", serve_echoes_one_byte},
      FaultyServer{"edge-triggered-stall", serve_edge_triggered_stall},
      FaultyServer{"last-line-twice", serve_last_line_twice},
      FaultyServer{"idle-timeout", serve_idle_timeout},
      FaultyServer{"answers-anyway", serve_answers_anyway},
      FaultyServer{"stops-reading", serve_stops_reading},
  };
  return kFaults;
}

}  // namespace sockspec::reference::faulty
