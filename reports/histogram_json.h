// A histogram of latencies in a JSON report: the figures that people ask for, in nanoseconds, and
// what is needed to have the very same histogram again.
#pragma once

#include "core/load/histogram.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {

// Without any value all but `count` and `clamped` are null.
scenario::Json histogram_to_json(const load::Histogram& histogram);

// Lossless: from count, clamped, hdr, min, max and sum_ns; the percentiles follow from them. Errors
// go to the reader's latch, also where the figures contradict each other.
load::Histogram histogram_from_json(const scenario::Reader& in);

}  // namespace sockspec::reports
