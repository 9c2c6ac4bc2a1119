// The run as a stream of events: one JSON object in each line, for programs that follow a run while
// it goes on, or read it with jq.
//
//   {"event":"begin","schema":"sockspec/events/1",…}    the tool, profile, target, seed
//   {"event":"result",…}                                one scenario, as soon as it is decided
//   {"event":"trouble",…}                               what makes the run red beside its results
//   {"event":"end",…}                                   exit code, counts, score, the sentence
//
// A stream without "end" is that of a run that died. Whoever writes it live prints the parts as
// they come; a result whose scenario comes again (repeated alone) replaces the one before. Texts
// have bounded lengths; the whole is in the JSON report.
#pragma once

#include <string>

#include "core/check_report.h"

namespace sockspec::reports {

std::string ndjson_begin(const CheckReport& report);
std::string ndjson_result(const CheckReport& report, const ScenarioResult& result);
std::string ndjson_end(const CheckReport& report);  // with the troubles before it

// All of them.
std::string ndjson(const CheckReport& report);

}  // namespace sockspec::reports
