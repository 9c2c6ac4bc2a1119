#include "load/worker.h"

#include <algorithm>
#include <utility>

#include "core/load/preflight.h"
#include "io/run_queue.h"
#include "load/own_descriptors.h"
#include "load/tcp_channel.h"
#include "load/udp_channel.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

constexpr unsigned kTriesBeforeTheRun = 3;
constexpr std::size_t kDuePerTurn = 512;  // then replies are read before more is sent
constexpr Duration kOnTime = 1ms;
constexpr Duration kLook = 20ms;
constexpr Duration kMostRetry = 100ms;
constexpr Duration kDrain = 900ms;
constexpr Duration kMostLate = 300ms;    // a request is still sent so long after the end
constexpr Duration kBeforeAnyRun = -1h;  // the due time of what is not counted

bool udp(const LoadPlan& plan) { return plan.profile.transport == Transport::Udp; }

std::size_t receive_room(const LoadPlan& plan) {
  return udp(plan) ? UdpChannel::kReceiveBuffer : TcpChannel::kReceiveBuffer;
}
std::size_t send_room(const LoadPlan& plan) { return udp(plan) ? 0 : TcpChannel::kSendBuffer; }

bool counts(Duration due) { return due >= Duration::zero(); }

}  // namespace

Worker::Worker(const LoadPlan& plan, const Payloads& payloads, const Share& share,
               const io::Address& server, std::function<void()> changed)
    : ChannelHost(plan, payloads, receive_room(plan), send_room(plan)),
      share_(share),
      server_(server),
      changed_(std::move(changed)) {
  clock_ = Clock(Clock::monotonic() + 24h);
  tally_ = &tallies_[active_];
}

Worker::~Worker() {
  if (!thread_.joinable()) return;
  order([this] { end_soon(); });
  thread_.join();
}

void Worker::start() {
  loop_ = std::make_unique<io::Loop>();
  int status = 0;
  const auto init = [](uv_loop_t* loop, uv_async_t* async) {
    return uv_async_init(loop, async, [](uv_async_t* woken) {
      if (auto* self = static_cast<Worker*>(woken->data)) self->obey();
    });
  };
  wake_ = io::open_handle<uv_async_t>(loop_->get(), init, this, &status);
  uv_unref(reinterpret_cast<uv_handle_t*>(wake_.get()));  // orders alone keep no loop alive
  thread_ = std::thread([this] { run(); });
}

void Worker::order(std::function<void()> what) {
  {
    const std::lock_guard lock(orders_mutex_);
    orders_.push_back(std::move(what));
  }
  if (wake_) uv_async_send(wake_.get());
}

void Worker::obey() {
  std::vector<std::function<void()>> orders;
  {
    const std::lock_guard lock(orders_mutex_);
    orders.swap(orders_);
  }
  for (const auto& what : orders) what();
}

void Worker::begin(Duration zero) {
  order([this, zero] {
    clock_ = Clock(zero);
    if (plan_.open_loop()) {
      std::vector<Arrivals> stages = plan_.stages;
      if (plan_.warmup > Duration::zero()) {
        const double rate = stages.front().rates.front();
        stages.insert(stages.begin(), {Law::Constant, {rate}, plan_.warmup});
      }
      schedule_ = std::make_unique<Stages>(stages, plan_.seed, share_.stripe, -plan_.warmup);
    }
    pacer_->wait_until(zero - plan_.warmup);
  });
}

void Worker::swap() {
  order([this] {
    active_.store(1 - active_.load(std::memory_order_relaxed), std::memory_order_release);
    tally_ = &tallies_[active_];
    tally().connections.most_open = open_now_;
    swaps_.fetch_add(1, std::memory_order_acq_rel);
    changed_();
  });
}

void Worker::finish() {
  order([this] { drain(); });
}

void Worker::set_phase(Phase phase) {
  phase_.store(phase, std::memory_order_release);
  changed_();
}

void Worker::run() {
  keep_descriptors_apart();
  int status = 0;
  turn_ = io::open_handle<uv_prepare_t>(loop_->get(), uv_prepare_init, this, &status);
  uv_prepare_start(turn_.get(), [](uv_prepare_t* turn) {
    if (auto* self = static_cast<Worker*>(turn->data)) ++self->cost_.turns;
  });
  pacer_ = std::make_unique<Pacer>(*loop_, plan_.pace, [this] { due(); });
  look_ = std::make_unique<io::Timer>(*loop_, [this] { look(); });
  const bool paced = pacer_->open().ok();
  slots_.resize(share_.connections + share_.idle);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    slots_[i].channel = make_channel(share_.first_connection + static_cast<std::uint32_t>(i));
  }
  touched_.reserve(slots_.size());
  if (!paced) {
    end_soon();
  } else {
    look_->start(kLook);
    open_more();
  }
  loop_->run();
}

std::unique_ptr<Channel> Worker::make_channel(std::uint32_t number) {
  if (udp(plan_)) return std::make_unique<UdpChannel>(*loop_, *this, number, server_);
  return std::make_unique<TcpChannel>(*loop_, *this, number, server_);
}

// ---- Before the run: every connection, and one exchange on each.

void Worker::open_more() {
  while (opening_ < kOpeningAtOnce && next_to_open_ < slots_.size()) {
    Slot& slot = slots_[next_to_open_++];
    ++opening_;
    if (visits() && !idles(slot)) {  // each request will have a connection of its own
      settle(slot);
    } else {
      slot.channel->open();
    }
  }
}

void Worker::settle(Slot& slot) {
  if (slot.settled) return;
  slot.settled = true;
  --opening_;
  if (++settled_ == slots_.size()) set_phase(Phase::Ready);
}

void Worker::opened(Channel& channel) {
  Slot& slot = slot_of(channel);
  slot.failures = 0;
  ++open_now_;
  ConnectionCounts& connections = tally().connections;
  ++connections.opened;
  connections.most_open = std::max<std::uint64_t>(connections.most_open, open_now_);
  const Duration time = now();
  if (slot.visiting) {
    if (closed_loop()) count_due_now(slot.visit_due);
    channel.request(slot.visit_due, time);
    channel.flush();
    return recount(slot);
  }
  if (running_) return fill(slot, time);
  channel.request(kBeforeAnyRun, time);
  channel.flush();
  recount(slot);
}

void Worker::closed(Channel& channel, Closed how) {
  Slot& slot = slot_of(channel);
  const bool established = how == Closed::Ended || how == Closed::Reset;
  ConnectionCounts& connections = tally().connections;
  recount(slot);
  if (established) --open_now_;
  if (!established && slot.visiting) count_not_sent(slot.visit_due);
  if (draining_) {
    slot.visiting = false;
    return;
  }
  if (how == Closed::NotEstablished) ++connections.failed;
  if (how == Closed::NotHere) ++connections.not_here;
  if (established && !slot.visiting)
    ++(how == Closed::Reset ? connections.reset : connections.ended);
  if (!established || !slot.visiting) ++slot.failures;
  if (slot.visiting) return visit_over(slot);
  if (!running_ && slot.failures >= kTriesBeforeTheRun) {
    settle(slot);
    return open_more();
  }
  slot.retry_at = Clock::monotonic() + std::min<Duration>(kMostRetry, slot.failures * 2ms);
}

// In a closed loop a request is due when it can be sent.
void Worker::count_not_sent(Duration due) {
  tally().requests.not_sent += counts(due) && !closed_loop() ? 1 : 0;
}

void Worker::count_due_now(Duration due) {
  if (!counts(due)) return;
  ++tally().requests.due;
  ++tally().requests.on_time;
}

// ---- The run.

void Worker::start_run() {
  running_ = true;
  began_ = now() + plan_.warmup;
  set_phase(Phase::Running);
  if (plan_.warmup <= Duration::zero()) start_measuring();
  const Duration time = now();
  if (!closed_loop()) {
    next_due_ = schedule_->next();
    return;
  }
  for (Slot& slot : slots_) {
    if (idles(slot)) break;
    if (visits()) {
      visit(slot, time, time);
    } else if (slot.channel->is_open()) {
      fill(slot, time);
    }
  }
}

// What a warm-up costs is not of the run.
void Worker::start_measuring() {
  measuring_ = true;
  cpu_at_zero_ = io::cpu_of_this_thread();
  waited_at_zero_ = io::RunQueue::of_this_thread().waited;
  cost_ = {};
}

void Worker::due() {
  if (draining_) return;
  if (!running_) start_run();
  const Duration time = now();
  send_due(time);
  end_thinking(time);
  // What was due before the end is sent, if a little late; but the run does not go on for it.
  const bool over = time >= plan_.duration && (!next_due_ || time >= plan_.duration + kMostLate);
  if (over) return drain();
  pacer_->wait_until(clock_.zero() + next_moment());
}

// When the pacer is needed next.
Duration Worker::next_moment() const {
  const Duration moment = next_due_.value_or(plan_.duration);
  return thoughts_.empty() ? moment : std::min(moment, thoughts_.front().until);
}

// The requests that may follow the replies that have come follow a while later.
void Worker::think(Slot& slot, Duration now) {
  if (!running_ || draining_) return;
  const bool first = thoughts_.empty();
  const std::size_t most = visits() ? 1 : plan_.pipeline;
  for (; slot.channel->in_flight() + slot.thinking < most; ++slot.thinking)
    thoughts_.push_back({now + plan_.think, &slot});
  if (first && !thoughts_.empty()) pacer_->wait_until(clock_.zero() + next_moment());
}

void Worker::end_thinking(Duration now) {
  while (!thoughts_.empty() && thoughts_.front().until <= now) {
    Slot& slot = *thoughts_.front().slot;
    thoughts_.pop_front();
    --slot.thinking;
    if (visits()) {
      next_visit(slot);
    } else {
      fill(slot, now);
    }
  }
}

void Worker::send_due(Duration now) {
  for (std::size_t i = 0; i < kDuePerTurn && next_due_ && *next_due_ <= now; ++i) {
    dispatch(*next_due_, now);
    next_due_ = schedule_->next();
  }
  for (Slot* slot : touched_) {
    slot->touched = false;
    slot->channel->flush();
    recount(*slot);
  }
  touched_.clear();
}

void Worker::dispatch(Duration when, Duration now) {
  RequestCounts& requests = tally().requests;
  const bool counted = counts(when);
  requests.due += counted ? 1 : 0;
  if (counted && now - when <= kOnTime) ++requests.on_time;
  const bool room = in_flight_ + visits_due_.size() < share_.max_in_flight;
  Slot* const slot = room ? next_channel() : nullptr;
  if (!slot && !(visits() && room)) {
    count_not_sent(when);
    return;
  }
  if (visits()) return slot ? visit(*slot, when, now) : visits_due_.push_back(when);
  slot->channel->request(when, now);
  recount(*slot);
  if (slot->touched) return;
  slot->touched = true;
  touched_.push_back(slot);
}

// In turn; one whose socket is full only if the next few are full too.
Worker::Slot* Worker::next_channel() {
  constexpr std::size_t kLookFurther = 8;
  Slot* full = nullptr;
  std::size_t open = 0;
  for (std::size_t i = 0; i < share_.connections && open < kLookFurther; ++i) {
    round_ = round_ + 1 < share_.connections ? round_ + 1 : 0;
    Slot& slot = slots_[round_];
    if (visits() && !slot.visiting) return &slot;
    if (visits() || !slot.channel->is_open()) continue;
    if (!slot.channel->blocked()) return &slot;
    ++open;
    if (!full) full = &slot;
  }
  return full;
}

// Closed loop: as many requests in flight as were asked for, but those that the client thinks
// about.
void Worker::fill(Slot& slot, Duration now) {
  Channel& channel = *slot.channel;
  std::size_t in_flight = channel.in_flight();
  const bool goes_on = closed_loop() && running_ && !draining_ && now < plan_.duration;
  if (goes_on && !idles(slot) && channel.is_open()) {
    for (; in_flight + slot.thinking < plan_.pipeline; ++in_flight) {
      channel.request(now, now);
      count_due_now(now);
    }
    channel.flush();
  }
  recount(slot, in_flight);
}

void Worker::judged(Channel& channel, std::span<const Judged> verdicts, Duration now) {
  for (const Judged& verdict : verdicts) count(verdict, channel, now);
  Slot& slot = slot_of(channel);
  if (running_ && !slot.visiting && !thinks()) return fill(slot, now);
  recount(slot);
  if (!running_) return;
  if (!slot.visiting) return think(slot, now);
  // A server that ends the session itself does so now; if it does not, look() will.
  const bool waits = plan_.shape == Shape::KeepAlive;
  if (waits || channel.in_flight() > 0 || !channel.is_open()) return;
  channel.close(plan_.shape == Shape::ChurnReset);
  --open_now_;
  visit_over(slot);
}

// A connection for this one request.
void Worker::visit(Slot& slot, Duration due, Duration now) {
  if (closed_loop() && (draining_ || now >= plan_.duration)) return;
  slot.visiting = true;
  slot.visit_due = due;
  slot.visit_began = now;
  slot.channel->open();
}

void Worker::visit_over(Slot& slot) {
  slot.visiting = false;
  if (slot.failures == 0) return thinks() ? think(slot, now()) : next_visit(slot);
  slot.retry_at = Clock::monotonic() + std::min<Duration>(kMostRetry, slot.failures * 2ms);
}

void Worker::next_visit(Slot& slot) {
  if (!running_ || draining_) return;
  const Duration time = now();
  if (closed_loop()) return visit(slot, time, time);
  if (visits_due_.empty()) return;
  const Duration due = visits_due_.front();
  visits_due_.pop_front();
  visit(slot, due, time);
}

void Worker::unblocked(Channel& channel) { fill(slot_of(channel), now()); }

Worker::Slot& Worker::slot_of(const Channel& channel) {
  return slots_[channel.number() - share_.first_connection];
}

void Worker::recount(Slot& slot) { recount(slot, slot.channel->in_flight()); }

void Worker::recount(Slot& slot, std::size_t in_flight) {
  in_flight_ += in_flight - slot.counted;
  slot.counted = in_flight;
}

// Now and then: what is late is given up, and what broke is opened again.
void Worker::look() {
  const Duration time = now();
  const Duration monotonic = Clock::monotonic();
  bool connecting = false;  // for a request that is due
  for (Slot& slot : slots_) {
    if (slot.channel->in_flight() > 0) slot.channel->give_up(time - plan_.timeout, time);
    if (slot.visiting && time - slot.visit_began > plan_.timeout + kDrain) {
      if (slot.channel->is_open()) {
        --open_now_;
      } else {  // nobody took the connection
        ++tally().connections.failed;
        count_not_sent(slot.visit_due);
      }
      slot.channel->close(true);
      recount(slot);
      visit_over(slot);
      continue;
    }
    connecting = connecting || (slot.visiting && !slot.channel->is_open() && !closed_loop());
    const bool retries = slot.failures > 0 && slot.retry_at <= monotonic;
    const bool visitor = visits() && !idles(slot);
    slot.channel->look(time);
    if (visitor && !slot.visiting && retries) {
      next_visit(slot);
      continue;
    }
    const bool wanted = !visitor && (running_ ? !draining_ : !slot.settled);
    if (wanted && retries && !slot.channel->is_open()) {
      slot.retry_at = Duration::max();
      slot.channel->open();
    }
  }
  const bool warming_up = running_ && !measuring_;
  if (warming_up && time >= Duration::zero()) start_measuring();
  look_->start(warming_up && !measuring_ ? std::clamp<Duration>(-time, 1ms, kLook) : kLook);
  if (draining_ && ((in_flight_ == 0 && !connecting) || time >= drain_until_)) end_soon();
}

// ---- The end.

void Worker::drain() {
  if (draining_ || !loop_) return;
  draining_ = true;
  pacer_->stop();
  const Duration time = now();
  drain_until_ = std::min(time, plan_.duration) + kDrain;
  for (; running_ && next_due_ && *next_due_ <= time; next_due_ = schedule_->next()) {
    tally().requests.due += counts(*next_due_) ? 1 : 0;
    count_not_sent(*next_due_);
  }
  if (!measuring_) start_measuring();
  cost_.cpu = io::cpu_of_this_thread() - cpu_at_zero_;
  cost_.waited = io::RunQueue::of_this_thread().waited - waited_at_zero_;
  // A request that is due may still be on its way to a connection: look() knows.
  if (in_flight_ == 0 && !(visits() && !closed_loop())) end_soon();
}

void Worker::end_soon() {
  if (std::exchange(ending_, true)) return;
  io::soon(*loop_, [this] { end(); });
}

void Worker::end() {
  draining_ = true;
  std::size_t waiting = 0;
  for (const Slot& slot : slots_) {
    waiting += slot.channel->waiting();
    if (slot.visiting && !slot.channel->is_open()) count_not_sent(slot.visit_due);
  }
  tally().requests.unfinished += in_flight_ - waiting;
  tally().requests.not_sent += waiting + visits_due_.size();
  touched_.clear();
  thoughts_.clear();
  slots_.clear();
  pacer_.reset();
  look_.reset();
  turn_.reset();
  set_phase(Phase::Done);
}

}  // namespace sockspec::load
