#include "core/load/rank_share.h"

#include <string>

#include "core/load/tag.h"

namespace sockspec::load {

Result<LoadPlan> rank_share(const LoadPlan& plan, std::size_t rank, std::size_t ranks) {
  const auto too_few = [&](const std::string& option, std::size_t given) {
    return usage_error(option + " " + std::to_string(given) + ": there are " +
                       std::to_string(ranks) + " ranks, and each needs at least one; give " +
                       option + " " + std::to_string(ranks) + " or more, or start fewer ranks");
  };
  if (ranks > kMostShards) {
    return usage_error("there are " + std::to_string(ranks) + " ranks; at most " +
                       std::to_string(kMostShards) + " can be told apart");
  }
  if (plan.connections < ranks) return too_few("--connections", plan.connections);
  if (plan.max_in_flight < ranks) return too_few("--max-in-flight", plan.max_in_flight);
  const auto part = [&](std::size_t whole) {
    return whole / ranks + (rank < whole % ranks ? 1 : 0);
  };
  LoadPlan share = plan;
  share.connections = part(plan.connections);
  share.idle = part(plan.idle);
  share.max_in_flight = part(plan.max_in_flight);
  share.check_under_load = plan.check_under_load && rank == 0;
  share.shard = {rank, ranks};
  return share;
}

}  // namespace sockspec::load
