#include "cli/live_ranks.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "load/clock.h"
#include "reports/histogram_text.h"

namespace sockspec::cli {
namespace {

using namespace std::chrono_literals;
using load::Clock;
using load::Interval;

constexpr Duration kSilence = 2500ms;  // two snapshots and a half

std::string text_of(const Interval& interval, const load::Histogram& response) {
  std::ostringstream text;
  text << interval.start.count() << ' ' << interval.length.count() << ' ' << interval.sent << ' '
       << interval.answered << ' ' << interval.errors << ' ' << reports::encode(response);
  return text.str();
}

}  // namespace

LiveRanks::LiveRanks(mpi::Ranks& ranks) : ranks_(ranks) {}

void LiveRanks::begin(Duration zero) {
  newest_.clear();
  heard_.assign(static_cast<std::size_t>(ranks_.size()), zero);
}

void LiveRanks::hear(int from) {
  while (const std::optional<std::string> text = ranks_.waiting(from, mpi::Tag::Snapshot)) {
    heard_[static_cast<std::size_t>(from)] = Clock::monotonic();
    std::istringstream in(*text);
    Duration::rep start = 0;
    Duration::rep length = 0;
    Interval interval;
    std::string encoded;
    if (!(in >> start >> length >> interval.sent >> interval.answered >> interval.errors >>
          encoded))
      continue;
    Result<load::Histogram> response = reports::decode(encoded);
    if (!response) continue;
    interval.start = Duration(start);
    interval.length = Duration(length);
    newest_.insert_or_assign(from, Snapshot{interval, std::move(*response)});
  }
}

Interval LiveRanks::second(const Interval& own, const load::Histogram& response) {
  if (!ranks_.first()) {
    ranks_.post(0, mpi::Tag::Snapshot, text_of(own, response));
    return own;
  }
  load::Histogram all;
  all.add(response);
  Interval sum = own;
  for (int from = 1; from < ranks_.size(); ++from) {
    hear(from);
    const auto known = newest_.find(from);
    if (known == newest_.end()) continue;
    all.add(known->second.response);
    sum.sent += known->second.interval.sent;
    sum.answered += known->second.interval.answered;
    sum.errors += known->second.interval.errors;
  }
  sum.p50 = all.at_percentile(50);
  sum.p99 = all.at_percentile(99);
  sum.max = all.max();
  return sum;
}

std::optional<int> LiveRanks::silent() const {
  const Duration now = Clock::monotonic();
  for (std::size_t rank = 1; rank < heard_.size(); ++rank) {
    if (ranks_.first() && now - heard_[rank] > kSilence) return static_cast<int>(rank);
  }
  return std::nullopt;
}

}  // namespace sockspec::cli
