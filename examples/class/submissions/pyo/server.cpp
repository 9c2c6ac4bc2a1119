#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <string>
#include <vector>

// Each client with the bytes that it has not taken yet.
std::map<int, std::string> clients;
constexpr std::size_t kMostWaiting = 1 << 16;

bool serve(int client, short events, std::string& waiting) {
  if (events & (POLLIN | POLLHUP | POLLERR) && waiting.size() < kMostWaiting) {
    char data[4096];
    const ssize_t got = recv(client, data, sizeof data, MSG_DONTWAIT);
    if (got == 0 && waiting.empty()) return false;
    if (got < 0 && errno != EAGAIN) return false;
    for (ssize_t i = 0; i < got; ++i)
      waiting += data[i] >= 'a' && data[i] <= 'z' ? static_cast<char>(data[i] - 32) : data[i];
  }
  const ssize_t sent = send(client, waiting.data(), waiting.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) return false;
  if (sent > 0) waiting.erase(0, static_cast<std::size_t>(sent));
  return true;
}

int main() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(12000);
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return 1;
  listen(listener, 128);
  for (;;) {
    std::vector<pollfd> polled{{listener, POLLIN, 0}};
    for (const auto& [client, waiting] : clients) {
      const short events = (waiting.size() < kMostWaiting ? POLLIN : 0) | (waiting.empty() ? 0 : POLLOUT);
      polled.push_back({client, events, 0});
    }
    poll(polled.data(), polled.size(), -1);
    for (const pollfd& entry : polled) {
      if (entry.revents == 0) continue;
      if (entry.fd == listener) {
        if (const int client = accept(listener, nullptr, nullptr); client >= 0) clients[client];
      } else if (!serve(entry.fd, entry.revents, clients[entry.fd])) {
        close(entry.fd);
        clients.erase(entry.fd);
      }
    }
  }
}
