#include "reference-servers/faulty/session/character_lines.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kPrintable = 95;
constexpr std::size_t kColumns = 72;

}  // namespace

std::string character_line(std::size_t number) {
  std::string line;
  for (std::size_t column = 0; column < kColumns; ++column) {
    line += static_cast<char>(' ' + (number + column) % kPrintable);
  }
  return line + "\r\n";
}

void send_lines(int client, const LineFunction& line_of) {
  std::size_t number = 0;
  for (std::string rest = line_of(number); !rest.empty();) {
    pollfd ready{.fd = client, .events = POLLIN | POLLOUT, .revents = 0};
    if (::poll(&ready, 1, -1) < 0) continue;
    if ((ready.revents & ~POLLOUT) != 0 && receive(client).empty()) return;
    if ((ready.revents & POLLOUT) == 0) continue;
    const ssize_t taken = ::send(client, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (taken < 0 && errno != EAGAIN && errno != EINTR) return;
    if (taken > 0) rest.erase(0, static_cast<std::size_t>(taken));
    if (rest.empty()) rest = line_of(++number);
  }
}

}  // namespace sockspec::reference::faulty
