#include "reference-servers/faulty/concurrency/queued_client.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include "reference-servers/faulty/session/one_reply.h"

namespace sockspec::reference::faulty {
namespace {

bool is_pause(int error) { return error == EAGAIN || error == EINTR; }

int pending_error(int socket) {
  int error = 0;
  socklen_t length = sizeof error;
  ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length);
  return error;
}

}  // namespace

QueuedClient::QueuedClient(const FaultyOptions& options, int descriptor, std::size_t most_queued)
    : socket(descriptor),
      session(options),
      most_read_(most_of_request(options)),
      most_queued_(most_queued) {
  ::fcntl(socket, F_SETFL, O_NONBLOCK);
  say(session.opening());
}

QueuedClient::~QueuedClient() { ::close(socket); }

std::string QueuedClient::read() {
  std::array<char, 64 * 1024> buffer;
  const ssize_t size = ::recv(socket, buffer.data(), std::min(most_read_, buffer.size()), 0);
  if (size < 0) error = errno;
  return std::string(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
}

void QueuedClient::say(std::string_view bytes) {
  put(bytes);
  flush();
}

void QueuedClient::flush() {
  while (queued() > 0) {
    const ssize_t taken = ::send(socket, queue_.data() + sent_, queued(), MSG_NOSIGNAL);
    if (taken < 0) {
      if (!is_pause(errno)) error = errno;
      break;
    }
    sent_ += static_cast<std::size_t>(taken);
  }
  if (sent_ * 2 < queue_.size())
    return;  // moved seldom: a long queue costs no more than a short one
  queue_.erase(0, sent_);
  sent_ = 0;
}

bool wait_for_events(int listener, std::list<QueuedClient>& clients, int milliseconds) {
  // The listener first: a client that came after another had left is then not seen without the
  // other's end.
  std::vector<pollfd> watched{{.fd = listener, .events = POLLIN, .revents = 0}};
  for (const QueuedClient& client : clients) {
    const int events = (client.listens() ? POLLIN : 0) | (client.queued() > 0 ? POLLOUT : 0);
    watched.push_back({.fd = client.socket, .events = static_cast<short>(events), .revents = 0});
  }
  ::poll(watched.data(), watched.size(), milliseconds);
  auto seen = watched.cbegin() + 1;
  for (QueuedClient& client : clients) {
    if ((seen->revents & POLLERR) != 0 && client.error == 0) {
      client.error = pending_error(client.socket);
    }
    client.readable_ = client.error == 0 && (seen->revents & POLLIN) != 0;
    ++seen;
  }
  return (watched.front().revents & POLLIN) != 0;
}

void let_go(std::list<QueuedClient>& clients) {
  clients.remove_if([](const QueuedClient& client) { return client.finished(); });
}

}  // namespace sockspec::reference::faulty
