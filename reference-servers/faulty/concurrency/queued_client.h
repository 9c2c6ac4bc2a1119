// One client of a server that is a single loop around poll(): its socket does not block, and what
// the kernel does not take yet waits in a queue of its own. Such a loop is
//
//   const bool arrived = wait_for_events(listener, clients);
//   for (QueuedClient& client : clients) { if (client.readable()) ...; client.flush(); }
//   let_go(clients);
//   if (arrived) clients.emplace_back(options, accept_client(listener));
//
// in this order: who has left is gone before the next one comes.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

class QueuedClient {
 public:
  // No more is read while so much waits for the client: a slow one must not fill the memory.
  static constexpr std::size_t kMostQueued = 256 * 1024;

  // Says the session's opening.
  QueuedClient(const FaultyOptions& options, int socket, std::size_t most_queued = kMostQueued);
  ~QueuedClient();  // closes
  QueuedClient(const QueuedClient&) = delete;
  QueuedClient& operator=(const QueuedClient&) = delete;

  // poll() says that there is something to read, and the queue has room for a reply. Never for a
  // broken connection.
  bool readable() const { return readable_; }

  // One recv(). Empty at the end of the stream, and when the connection broke (`error`).
  std::string read();

  void put(std::string_view bytes) { queue_ += bytes; }
  void say(std::string_view bytes);  // queues and flushes
  void flush();                      // what the kernel takes now

  std::size_t queued() const { return queue_.size() - sent_; }
  bool listens() const { return !ended && queued() < most_queued_; }
  bool finished() const { return error != 0 || (ended && queued() == 0); }

  const int socket;
  ClientSession session;
  bool ended = false;  // for the loop to set: nothing more is read, and after the queue it is over
  int error = 0;       // errno of a broken connection

 private:
  friend bool wait_for_events(int listener, std::list<QueuedClient>& clients, int milliseconds);

  std::size_t most_read_;
  std::size_t most_queued_;
  std::string queue_;
  std::size_t sent_ = 0;  // of the queue
  bool readable_ = false;
};

// poll() for all of them; true: another client waits in accept(). -1 ms: until something happens.
bool wait_for_events(int listener, std::list<QueuedClient>& clients, int milliseconds = -1);

// Closes and removes all that are finished.
void let_go(std::list<QueuedClient>& clients);

}  // namespace sockspec::reference::faulty
