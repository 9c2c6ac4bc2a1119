// A transcript as lines that people read: when, which peer, what.
#pragma once

#include <string>
#include <vector>

#include "core/check_report.h"

namespace sockspec::reports {

// One line: what was done or seen, and where.
struct TimelineLine {
  Instant at{};
  std::size_t peer = 0;   // its number
  bool everyone = false;  // it is about the server, or no peer in particular
  bool wrong = false;     // it came, and was not owed
  Entry kind = Entry::Begin;
  std::string text;  // in words, with what was sent or came
};

// A transcript cut to its first lines and its last ones, where the failure is. Neighbours of the
// same kind are joined.
struct FoldedTimeline {
  std::vector<TimelineLine> lines;
  std::size_t omitted = 0;  // how many are left out ...
  std::size_t before = 0;   // ... before the line of this number
};

// At most `most` lines, of which the note about those left out is one.
FoldedTimeline folded_timeline(const ScenarioResult& result, std::string_view lang,
                               std::size_t most);

// The same as text. At most `most` lines: the first ones, a line that counts those left out, and
// the last ones, where the failure is. Neighbours of the same kind are joined.
std::vector<std::string> timeline(const ScenarioResult& result, std::string_view lang,
                                  std::size_t most);

// When a check failed, as a line of the same shape.
std::string verdict_line(const Check& check, std::string_view lang);

// "connect; send 1000 bytes; half-close": what was done, in one line.
std::string deeds(const ScenarioResult& result, std::string_view lang);

}  // namespace sockspec::reports
