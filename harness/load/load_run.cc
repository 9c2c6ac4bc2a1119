#include "load/load_run.h"

#include <algorithm>
#include <utility>

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLook = 5ms;
constexpr Duration kInterval = 1s;
constexpr Duration kMostConnecting = 5s;  // then it begins with those that are there
constexpr Duration kLead = 5ms;           // from the order to begin until time zero

Interval interval_of(const Tally& tally, Duration start, Duration end) {
  const Histogram& response = tally.latency.response;
  return {start,
          end - start,
          tally.requests.sent,
          tally.requests.answered,
          tally.verdicts.errors(),
          response.at_percentile(50),
          response.at_percentile(99),
          response.max()};
}

}  // namespace

LoadRun::LoadRun(io::Loop& loop, const io::Address& server, LoadReport& report, Payloads payloads,
                 Events events)
    : loop_(loop),
      server_(server),
      report_(report),
      payloads_(std::move(payloads)),
      events_(std::move(events)),
      look_(loop, [this] { look(); }) {
  int status = 0;
  const auto init = [](uv_loop_t* on, uv_async_t* async) {
    return uv_async_init(on, async, [](uv_async_t* woken) {
      if (auto* self = static_cast<LoadRun*>(woken->data)) self->changed();
    });
  };
  changed_ = io::open_handle<uv_async_t>(loop.get(), init, this, &status);
}

LoadRun::~LoadRun() = default;

void LoadRun::start() {
  const LoadPlan& plan = report_.plan;
  const std::size_t threads = plan.workers();
  std::uint32_t first = 0;
  for (std::size_t i = 0; i < threads; ++i) {
    Worker::Share share;
    share.stripe = {plan.shard.index * threads + i, plan.shard.count * threads};
    share.first_connection = first;
    share.connections = plan.connections / threads + (i < plan.connections % threads ? 1 : 0);
    share.max_in_flight = plan.max_in_flight / threads + (i < plan.max_in_flight % threads ? 1 : 0);
    share.idle = plan.idle / threads + (i < plan.idle % threads ? 1 : 0);
    first += static_cast<std::uint32_t>(share.connections + share.idle);
    workers_.push_back(std::make_unique<Worker>(plan, payloads_, share, server_,
                                                [this] { uv_async_send(changed_.get()); }));
  }
  began_connecting_ = Clock::monotonic();
  for (const auto& worker : workers_) worker->start();
  look_.start(kLook);
}

void LoadRun::changed() {
  const auto all_are = [&](Worker::Phase phase) {
    return std::all_of(workers_.begin(), workers_.end(),
                       [&](const auto& worker) { return worker->phase() == phase; });
  };
  if (!begun_ && all_are(Worker::Phase::Ready)) begin();
  const auto swapped = [&](const auto& worker) { return worker->swaps() == swaps_; };
  if (swapping_ && std::all_of(workers_.begin(), workers_.end(), swapped)) {
    swapping_ = false;
    take(false);
  }
  if (all_are(Worker::Phase::Done)) end();
}

void LoadRun::begin() {
  if (std::exchange(begun_, true)) return;
  const std::optional<Duration> start =
      events_.start_at ? events_.start_at() : Clock::monotonic() + kLead;
  zero_ = start.value_or(Clock::monotonic()) + report_.plan.warmup;
  if (!start) return stop();
  next_second_ = kInterval;
  const std::vector<Arrivals>& stages = report_.plan.stages;
  stage_end_ = stages.size() > 1 ? stages.front().duration : Duration::max();
  for (const auto& worker : workers_) worker->begin(zero_);
}

// What cannot be told by an event: that time has passed.
void LoadRun::look() {
  look_.start(kLook);
  const Duration now = Clock::monotonic();
  if (!begun_) {
    if (now - began_connecting_ > kMostConnecting) begin();
    return;
  }
  if (!at_zero_ && now >= zero_) {
    at_zero_ = true;
    if (events_.edge) events_.edge(false);
  }
  const Duration at = now - zero_;
  if (finishing_ || swapping_ || at < std::min(next_second_, stage_end_)) return;
  while (next_second_ <= at) next_second_ += kInterval;
  if (at >= report_.plan.duration) return;
  ++swaps_;
  swapping_ = true;
  for (const auto& worker : workers_) worker->swap();
}

void LoadRun::take(bool last) {
  const Duration end =
      begun_ ? std::min(Clock::monotonic() - zero_, report_.plan.duration) : Duration{};
  Tally part;
  for (const auto& worker : workers_) {
    Tally& taken = last ? worker->rest() : worker->taken();
    part.add(taken);
    taken.clear();
  }
  const Interval interval = interval_of(part, interval_start_, end);
  // Of the intervals the busiest counts; the workers of one add up.
  const std::uint64_t most_open =
      std::max(report_.total.connections.most_open, part.connections.most_open);
  report_.total.add(part);
  report_.total.connections.most_open = most_open;
  if (interval.length <= Duration::zero()) return;  // it was ended before time zero
  take_stage(part, end, last);
  interval_start_ = end;
  report_.intervals.push_back(interval);
  if (events_.interval) events_.interval(interval, part.latency.response);
}

void LoadRun::take_stage(const Tally& part, Duration end, bool last) {
  const std::vector<Arrivals>& stages = report_.plan.stages;
  if (stages.size() < 2) return;
  stage_.add(part);
  while (report_.stages.size() < stages.size() && (last || end >= stage_end_)) {
    report_.stages.push_back(interval_of(stage_, stage_start_, end));
    stage_.clear();
    stage_start_ = end;
    if (report_.stages.size() == stages.size() || (last && end < stage_end_)) break;
    stage_end_ += stages[report_.stages.size()].duration;
  }
}

void LoadRun::stop() {
  if (std::exchange(finishing_, true)) return;
  for (const auto& worker : workers_) worker->finish();
}

void LoadRun::end() {
  if (std::exchange(ended_, true)) return;
  look_.stop();
  const Duration ran = Clock::monotonic() - zero_;
  report_.duration =
      begun_ ? std::clamp(ran, Duration(1), report_.plan.duration) : Duration::zero();
  if (events_.edge) events_.edge(true);
  take(true);
  report_.began = workers_.front()->began();
  for (const auto& worker : workers_) {
    report_.began = std::min(report_.began, worker->began());
    report_.total.connections.verified += worker->verified();
    const GeneratorCost& cost = worker->generator_cost();
    report_.generator.cpu += cost.cpu;
    report_.generator.waited += cost.waited;
    report_.generator.turns += cost.turns;
    report_.generator.receives += cost.receives;
    report_.generator.sends += cost.sends;
    report_.generator.would_block += cost.would_block;
    const double share = static_cast<double>(cost.cpu.count()) /
                         static_cast<double>(std::max<std::int64_t>(report_.duration.count(), 1));
    report_.generator.busiest = std::max(report_.generator.busiest, std::min(share, 1.0));
    add_examples(report_.examples, worker->examples());
  }
  workers_.clear();
  changed_.reset();
  events_.finished();
}

}  // namespace sockspec::load
