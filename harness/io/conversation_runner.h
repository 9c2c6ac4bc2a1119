// ConversationRunner: plays one conversation over real sockets.
//
// Translates: socket and timer callbacks become events, the conversation's output becomes calls.
// feed() is the only door to the conversation. Lives on the loop's thread and may be destroyed at
// any time, also by `done`.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/conversation.h"
#include "io/peer.h"
#include "io/timer.h"

namespace sockspec::io {

// How many bytes lie unread in the receive queue of the server's socket for this pair of addresses;
// none when that cannot be seen (a remote server).
using ReceiveQueueProbe = std::function<std::optional<std::uint64_t>(
    Transport, const Address& server, const Address& client)>;

// What a conversation may measure of the server under test, and do to it. Empty functions for one
// that is not ours; then no script asks for them.
struct ServerControl {
  std::function<std::optional<std::uint64_t>(Resource)> sample;
  std::function<void(ServerAct)> act;  // answered by server_gone() and server_started()
};

class ConversationRunner {
 public:
  // Called exactly once, from the loop's thread.
  using Done = std::function<void(Conversation)>;

  ConversationRunner(Loop& loop, const Address& target, CloseAfterEnd close_after_end,
                     Conversation conversation, ReceiveQueueProbe probe, ServerControl server,
                     Done done);

  void start();

  // The server under test has gone; the conversation draws its conclusions.
  void server_gone(Message how);

  // The server that was asked for is there, or why it is not.
  void server_started(bool listens, Message how);

  // TCP: the server's kernel has acknowledged all that its windows let through.
  bool all_has_arrived() const;

 private:
  struct Queued {
    Event event;
    std::string bytes;  // what a Received event in `event` refers to
  };

  void feed(Event event);
  void drain();
  void perform(const Action& action);
  void perform_on_peer(const Action& action);
  Peer& peer(std::size_t index);
  void watch_queues();
  bool queue_is_empty(std::size_t index);
  void conclude();

  Loop& loop_;
  Address target_;
  CloseAfterEnd close_after_end_;
  Conversation conversation_;
  ReceiveQueueProbe probe_;
  ServerControl server_;
  Done done_;
  Timer wake_;
  Timer watch_;
  std::vector<std::unique_ptr<Peer>> peers_;
  std::vector<std::size_t> watched_;  // peers whose receive queue at the server is looked at
  std::deque<Queued> waiting_;        // events that came while one was being worked on
  bool draining_ = false;
  std::uint64_t started_ns_ = 0;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace sockspec::io
