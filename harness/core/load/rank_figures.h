// What the table of the ranks says about each of them, and what they say together.
#pragma once

#include <optional>
#include <vector>

#include "core/load/load_report.h"

namespace sockspec::load {

// Of the report of one rank or shard, without what only a common start tells.
RankFigures rank_figures(const LoadReport& report);

// How far apart the ranks began; none where they had no common start.
std::optional<Duration> start_skew(const std::vector<RankFigures>& ranks);

// While all of them ran; none where they had no common start.
std::optional<Duration> overlap(const std::vector<RankFigures>& ranks);

}  // namespace sockspec::load
