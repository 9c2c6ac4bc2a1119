// What a scenario that was played beside a load says about the server.
//
// A pure function, safe from any thread.
#pragma once

#include "core/load/load_report.h"

namespace sockspec::load {

// `load`: what the load itself has met. A busy server takes its time: that is no finding where
// replies to the load were late, too, nor where a scenario asks for a few milliseconds.
UnderLoad under_load(const ScenarioResult& result, const Tally& load);

}  // namespace sockspec::load
