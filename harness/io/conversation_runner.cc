#include "io/conversation_runner.h"

#include <algorithm>
#include <utility>

#include "core/match.h"

namespace sockspec::io {

using namespace std::chrono_literals;

ConversationRunner::ConversationRunner(Loop& loop, const Address& target,
                                       CloseAfterEnd close_after_end, Conversation conversation,
                                       ReceiveQueueProbe probe, ServerControl server, Done done)
    : loop_(loop),
      target_(target),
      close_after_end_(close_after_end),
      conversation_(std::move(conversation)),
      probe_(std::move(probe)),
      server_(std::move(server)),
      done_(std::move(done)),
      wake_(loop,
            [this] {
              feed({0, event::Tick{}});
            }),
      watch_(loop, [this] { watch_queues(); }),
      peers_(conversation_.script().peers.size()) {}

void ConversationRunner::start() {
  started_ns_ = uv_hrtime();
  feed({0, event::Begin{}});
}

void ConversationRunner::server_gone(Message how) { feed({0, event::ServerGone{std::move(how)}}); }

void ConversationRunner::server_started(bool listens, Message how) {
  feed({0, event::ServerStarted{listens, std::move(how)}});
}

// Performing an action may at once cause the next event (a write that the kernel takes); those wait
// until the conversation is ready for them.
void ConversationRunner::feed(Event event) {
  if (!draining_) {
    waiting_.push_back({std::move(event), {}});
    return drain();
  }
  Queued queued{std::move(event), {}};
  if (auto* received = std::get_if<event::Received>(&queued.event.what))
    queued.bytes = received->bytes;
  waiting_.push_back(std::move(queued));
}

void ConversationRunner::drain() {
  draining_ = true;
  while (!waiting_.empty() && !conversation_.finished()) {
    Queued next = std::move(waiting_.front());
    waiting_.pop_front();
    auto* received = std::get_if<event::Received>(&next.event.what);
    if (received && !next.bytes.empty()) received->bytes = next.bytes;
    const Instant now(uv_hrtime() - started_ns_);
    const Output output = conversation_.step(now, next.event);
    for (const Action& action : output.actions) perform(action);
    if (output.wake_at) {
      wake_.start(*output.wake_at - now);
    } else {
      wake_.stop();
    }
  }
  draining_ = false;
  if (conversation_.finished()) conclude();
}

// Not from inside a peer's callback: the peers are destroyed with the runner.
void ConversationRunner::conclude() {
  waiting_.clear();
  if (!done_) return;
  wake_.stop();
  watch_.stop();
  auto done = std::make_shared<Done>(std::exchange(done_, nullptr));
  soon(loop_, [this, done, alive = std::weak_ptr<bool>(alive_)] {
    if (!alive.expired()) (*done)(std::move(conversation_));
  });
}

Peer& ConversationRunner::peer(std::size_t index) {
  std::unique_ptr<Peer>& slot = peers_[index];
  if (!slot) {
    slot = make_peer(conversation_.script().profile.transport, loop_, target_, close_after_end_,
                     [this, index](decltype(Event::what) what) {
                       feed({index, std::move(what)});
                     });
  }
  return *slot;
}

void ConversationRunner::perform(const Action& action) {
  if (const auto* sample = std::get_if<action::Sample>(&action.what)) {
    const auto value = server_.sample ? server_.sample(sample->resource) : std::nullopt;
    return feed({0, event::Sampled{sample->resource, value}});
  }
  if (const auto* server = std::get_if<action::Server>(&action.what)) {
    if (server_.act) server_.act(server->act);
    return;
  }
  perform_on_peer(action);
}

void ConversationRunner::perform_on_peer(const Action& action) {
  Peer& to = peer(action.peer);
  std::visit(Match{
                 [&](const action::Connect& connect) { to.connect(connect.options); },
                 [&](const action::Write& write) { to.write(write.bytes); },
                 [&](const action::HalfClose&) { to.half_close(); },
                 [&](const action::Reset&) { to.reset(); },
                 [&](const action::Close&) { to.close(); },
                 [&](const action::Pause&) { to.pause(); },
                 [&](const action::Resume&) { to.resume(); },
                 [&](const action::DropUnsent&) { to.drop_unsent(); },
                 [&](const action::Urgent& urgent) { to.send_urgent(urgent.byte); },
                 [](const action::Sample&) {},
                 [](const action::Server&) {},
                 [&](const action::WatchQueue&) {
                   watched_.push_back(action.peer);
                   watch_.start(0ms);
                 },
             },
             action.what);
}

bool ConversationRunner::queue_is_empty(std::size_t index) {
  const Peer& watched = peer(index);
  const std::optional<Address> local = watched.local();
  if (!local) return true;
  if (watched.unacknowledged() > 0) return false;
  const auto unread =
      probe_ ? probe_(conversation_.script().profile.transport, target_, *local) : std::nullopt;
  return unread.value_or(0) == 0;
}

bool ConversationRunner::all_has_arrived() const {
  return std::all_of(peers_.begin(), peers_.end(),
                     [](const auto& each) { return !each || each->nothing_on_the_way(); });
}

void ConversationRunner::watch_queues() {
  std::vector<std::size_t> empty;
  for (const std::size_t index : std::exchange(watched_, {})) {
    (queue_is_empty(index) ? empty : watched_).push_back(index);
  }
  if (!watched_.empty()) watch_.start(1ms);
  const std::weak_ptr<bool> alive = alive_;
  for (const std::size_t index : empty) {
    if (!alive.expired()) feed({index, event::QueueEmpty{}});
  }
}

}  // namespace sockspec::io
