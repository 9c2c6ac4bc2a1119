#include "core/load/merge.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/load/rank_figures.h"
#include "core/load/same_load.h"

namespace sockspec::load {
namespace {

std::string shard_text(const Stripe& shard) {
  return "shard " + std::to_string(shard.index + 1) + " of " + std::to_string(shard.count);
}

// What every shard must have been asked for alike; "" if it was.
std::string disagreement(const LoadPlan& a, const LoadPlan& b) {
  if (a.seed != b.seed) return "the seed";
  if (a.thresholds != b.thresholds) return "the thresholds";
  // Idle connections that do not divide evenly: some shards have one more.
  LoadPlan same_idle = b;
  const std::size_t apart = std::max(a.idle, b.idle) - std::min(a.idle, b.idle);
  if (apart <= 1) same_idle.idle = a.idle;
  return difference(a, same_idle);
}

std::optional<Error> check_shards(const std::vector<LoadReport>& shards) {
  if (shards.empty()) return usage_error("there is no report to merge");
  const LoadPlan& first = shards.front().plan;
  std::vector<std::size_t> seen(shards.size(), 0);
  for (const LoadReport& shard : shards) {
    const Stripe& place = shard.plan.shard;
    if (place.count != shards.size()) {
      return usage_error("there are " + std::to_string(shards.size()) + " reports, and one is " +
                         shard_text(place) + "; give all shards of one run");
    }
    if (++seen[place.index] > 1) return usage_error("two reports are " + shard_text(place));
    if (const std::string what = disagreement(first, shard.plan); !what.empty()) {
      return usage_error(shard_text(place) + " is of another run: " + what +
                         " differs from that of " + shard_text(first.shard));
    }
  }
  return std::nullopt;  // as many as there are, each once
}

// Those of two machines that are of the same time begin within a few milliseconds of each other.
bool same_time(const Interval& a, const Interval& b) {
  constexpr Duration kApart = std::chrono::milliseconds(50);
  return std::chrono::abs(a.start - b.start) < kApart;
}

void add_interval(Interval& sum, const Interval& more) {
  sum.length = std::max(sum.length, more.length);
  sum.sent += more.sent;
  sum.answered += more.answered;
  sum.errors += more.errors;
  sum.max = std::max(sum.max, more.max);
}

void add_intervals(std::vector<Interval>& all, const std::vector<Interval>& more) {
  for (const Interval& interval : more) {
    const auto place = std::find_if(all.begin(), all.end(), [&](const Interval& known) {
      return same_time(known, interval) || known.start > interval.start;
    });
    if (place != all.end() && same_time(*place, interval)) {
      add_interval(*place, interval);
    } else {
      all.insert(place, interval);
    }
  }
  for (Interval& interval : all) interval.p50 = interval.p99 = std::nullopt;  // do not add up
}

void add_cost(GeneratorCost& all, const GeneratorCost& more) {
  all.cpu += more.cpu;
  all.waited += more.waited;
  all.stolen += more.stolen;
  all.throttled += more.throttled;
  all.turns += more.turns;
  all.receives += more.receives;
  all.sends += more.sends;
  all.would_block += more.would_block;
  all.busiest = std::max(all.busiest, more.busiest);
}

void add_warnings(std::vector<Message>& all, const std::vector<Message>& more) {
  for (const Message& warning : more) {
    if (std::find(all.begin(), all.end(), warning) == all.end()) all.push_back(warning);
  }
}

void add_ranks(LoadReport& all, const LoadReport& more) {
  all.ranks.insert(all.ranks.end(), more.ranks.begin(), more.ranks.end());
}

void add(LoadReport& all, const LoadReport& more) {
  all.plan.connections += more.plan.connections;
  all.plan.idle += more.plan.idle;
  all.plan.check_under_load = all.plan.check_under_load || more.plan.check_under_load;
  all.plan.threads += more.plan.threads;
  all.plan.max_in_flight += more.plan.max_in_flight;
  all.duration = std::max(all.duration, more.duration);
  all.total.add(more.total);
  add_intervals(all.intervals, more.intervals);
  add_intervals(all.stages, more.stages);
  add_examples(all.examples, more.examples);
  add_cost(all.generator, more.generator);
  add_warnings(all.warnings, more.warnings);
  add_ranks(all, more);
  all.under_load.insert(all.under_load.end(), more.under_load.begin(), more.under_load.end());
  if (!all.server) all.server = more.server;
  if (!all.server_gone) {
    all.server_gone = more.server_gone;
    all.server_output = more.server_output;
  }
  if (!all.invalid) all.invalid = more.invalid;
  if (all.interrupted_by == 0) all.interrupted_by = more.interrupted_by;
}

}  // namespace

Result<LoadReport> merge(std::vector<LoadReport> shards) {
  if (const auto error = check_shards(shards)) return *error;
  // In their order, whatever the order of the files: the same shards give the same report.
  std::sort(shards.begin(), shards.end(), [](const LoadReport& a, const LoadReport& b) {
    return a.plan.shard.index < b.plan.shard.index;
  });
  for (LoadReport& shard : shards) {
    if (shard.ranks.empty() && shard.plan.shard.count > 1) shard.ranks = {rank_figures(shard)};
  }
  LoadReport all = std::move(shards.front());
  for (std::size_t i = 1; i < shards.size(); ++i) add(all, shards[i]);
  all.plan.shard = {};
  return all;
}

}  // namespace sockspec::load
