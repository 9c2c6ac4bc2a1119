// epoll with EPOLLET, but one recv() of 512 bytes for each event: the rest stays in the kernel
// until more comes. People add EPOLLET because it is "faster", and their tests send short messages.
// (What the client has sent before its FIN is read to the end, as the hang-up tells it to.)
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kRead = 512;

// Sends what is pending, as far as the kernel takes it. False when the client has gone.
bool flush(int client, std::string& pending) {
  while (!pending.empty()) {
    const ssize_t taken =
        ::send(client, pending.data(), pending.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (taken < 0) return errno == EAGAIN || errno == EINTR;
    pending.erase(0, static_cast<std::size_t>(taken));
  }
  return true;
}

bool read_once(int client, const FaultyOptions& options, std::string& pending) {
  std::array<char, kRead> buffer{};
  const ssize_t size = ::recv(client, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size < 0) return errno == EAGAIN || errno == EINTR;
  if (size == 0) return false;
  pending = answer(options, {buffer.data(), static_cast<std::size_t>(size)});
  return flush(client, pending);
}

// False when the session is over.
bool serve_event(int client, std::uint32_t events, const FaultyOptions& options,
                 std::string& pending) {
  bool open = flush(client, pending);
  do {
    if (open && pending.empty()) open = read_once(client, options, pending);
  } while (open && pending.empty() && (events & EPOLLRDHUP) != 0);
  return open;
}

void watch(int poll, int socket, std::uint32_t events) {
  epoll_event event{.events = events, .data = {.fd = socket}};
  ::epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event);
}

}  // namespace

int serve_edge_triggered_stall(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  watch(poll, listener, EPOLLIN);
  std::map<int, std::string> pending;  // of each client
  for (;;) {
    epoll_event event{};
    if (::epoll_wait(poll, &event, 1, -1) != 1) continue;
    if (event.data.fd == listener) {
      const int client = accept_client(listener);
      pending[client].clear();
      watch(poll, client, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
    } else if (!serve_event(event.data.fd, event.events, options, pending[event.data.fd])) {
      pending.erase(event.data.fd);
      ::close(event.data.fd);
    }
  }
}

}  // namespace sockspec::reference::faulty
