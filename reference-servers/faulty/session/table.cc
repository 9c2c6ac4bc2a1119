#include <array>
#include <span>

#include "reference-servers/faulty/session/faults.h"
#include "reference-servers/faulty/topics.h"

namespace sockspec::reference::faulty {

std::span<const FaultyServer> session_faults() {
  static constexpr std::array kFaults{
      FaultyServer{"wrong-text", serve_wrong_text},
      FaultyServer{"text-with-newline", serve_text_with_newline},
      FaultyServer{"keeps-open", serve_keeps_open},
      FaultyServer{"greets-before-input", serve_greets_before_input},
      FaultyServer{"two-replies", serve_two_replies},
      FaultyServer{"waits-for-newline", serve_waits_for_newline},
      FaultyServer{"needs-text", serve_needs_text},
      FaultyServer{"answers-only-hello", serve_answers_only_hello},
      FaultyServer{"waits-for-input", serve_waits_for_input},
      FaultyServer{"wrong-date", serve_wrong_date},
      FaultyServer{"quote-too-long", serve_quote_too_long},
      FaultyServer{"same-line", serve_same_line},
      FaultyServer{"chargen-stops", serve_chargen_stops},
      FaultyServer{"end-ignored", serve_end_ignored},
      FaultyServer{"end-by-substring", serve_end_by_substring},
      FaultyServer{"end-ends-all", serve_end_ends_all},
      FaultyServer{"end-not-echoed", serve_end_not_echoed},
      FaultyServer{"end-any-case", serve_end_any_case},
  };
  return kFaults;
}

}  // namespace sockspec::reference::faulty
