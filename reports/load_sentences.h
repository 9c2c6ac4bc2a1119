// What a load run comes to, in one sentence each; for every format that people read.
#pragma once

#include "core/load/load_report.h"
#include "core/message.h"

namespace sockspec::reports {

// Figures as people read them: "1,234,567"; a rate in whole requests, or with a decimal below 100.
std::string grouped(std::uint64_t number);
std::string rate_text(double per_second);

// Three digits and a unit: "12.3 µs", "1.05 ms", "2.00 s".
std::string latency_text(Duration latency);

// Rounded down to two decimals, without the sign: 99.999 is not yet 100.
std::string percent_text(double percent);

// What limited the rate.
Message bottleneck_sentence(const load::LoadReport& report);

// How one of its runs went, and what --find-rate has found.
Message trial_words(const load::CapacitySearch& search, const load::Trial& trial);
Message capacity_sentence(const load::LoadReport& report);

// How it went, for somebody who reads nothing else. Wants a report that is judged.
Message conclusion(const load::LoadReport& report);

// Why replies with this verdict usually come, and what to do; empty for Ok.
Message usual_reason(load::ReplyVerdict verdict);

// "wrong bytes (corrupt)": a verdict in a list of counts.
Message verdict_words(load::ReplyVerdict verdict);

}  // namespace sockspec::reports
