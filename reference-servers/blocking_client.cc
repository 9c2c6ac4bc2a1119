#include "reference-servers/blocking_client.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace sockspec::reference {
namespace {

using std::chrono::milliseconds;

void limit_waits(int socket) {
  const timeval limit{kPatience.count(), 0};
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

bool becomes(int socket, short event, milliseconds within) {
  pollfd waiting{socket, event, 0};
  return poll(&waiting, 1, static_cast<int>(within.count())) == 1;
}

FileDescriptor connect_to(const RunningServer& server, const std::string& host, int type,
                          int receive_buffer_bytes, bool* connected) {
  addrinfo hints{};
  hints.ai_socktype = type;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* address = nullptr;
  const std::string& name = host.empty() ? server.host() : host;
  if (getaddrinfo(name.c_str(), std::to_string(server.port()).c_str(), &hints, &address) != 0) {
    return {};
  }
  FileDescriptor made(socket(address->ai_family, type | SOCK_CLOEXEC, 0));
  limit_waits(made.get());
  if (receive_buffer_bytes > 0) {
    setsockopt(made.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes,
               sizeof receive_buffer_bytes);
  }
  *connected = connect(made.get(), address->ai_addr, address->ai_addrlen) == 0;
  freeaddrinfo(address);
  return made;
}

}  // namespace

std::string to_string(Ending ending) {
  switch (ending) {
    case Ending::Fin: return "FIN";
    case Ending::Reset: return "RST";
    case Ending::Open: return "still open";
  }
  return "?";
}

TcpClient::TcpClient(const RunningServer& server, const TcpClientOptions& options)
    : socket_(connect_to(server, options.host, SOCK_STREAM, options.receive_buffer_bytes,
                         &connected_)) {}

bool TcpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::size_t TcpClient::send_until_stalled(std::size_t most, milliseconds stalled) {
  static const std::array<char, 65536> kZeros{};
  std::size_t total = 0;
  while (total < most && becomes(socket_.get(), POLLOUT, stalled)) {
    const std::size_t wanted = std::min(kZeros.size(), most - total);
    const ssize_t sent = ::send(socket_.get(), kZeros.data(), wanted, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent <= 0) break;
    total += static_cast<std::size_t>(sent);
  }
  return total;
}

void TcpClient::end() { shutdown(socket_.get(), SHUT_WR); }

void TcpClient::reset() {
  const linger abort{1, 0};
  setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
  close();
}

void TcpClient::close() { socket_ = FileDescriptor(); }

std::string TcpClient::receive(std::size_t count) {
  std::string bytes(count, '\0');
  std::size_t have = 0;
  while (have < count) {
    const ssize_t got = recv(socket_.get(), bytes.data() + have, count - have, 0);
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

Received TcpClient::receive_to_end() {
  Received all;
  std::array<char, 65536> piece;
  for (;;) {
    const ssize_t got = recv(socket_.get(), piece.data(), piece.size(), 0);
    if (got > 0) {
      all.bytes.append(piece.data(), static_cast<std::size_t>(got));
      continue;
    }
    if (got == 0) all.ending = Ending::Fin;
    if (got < 0 && errno == ECONNRESET) all.ending = Ending::Reset;
    return all;
  }
}

std::string TcpClient::exchange(std::string_view bytes) {
  return send(bytes) ? receive(bytes.size()) : std::string();
}

bool TcpClient::quiet_for(milliseconds time) { return !becomes(socket_.get(), POLLIN, time); }

UdpClient::UdpClient(const RunningServer& server, const std::string& host) {
  bool connected = false;
  socket_ = connect_to(server, host, SOCK_DGRAM, 4 * 1024 * 1024, &connected);
}

bool UdpClient::send(std::string_view datagram) {
  const ssize_t sent = ::send(socket_.get(), datagram.data(), datagram.size(), 0);
  return sent == static_cast<ssize_t>(datagram.size());
}

std::optional<std::string> UdpClient::receive(milliseconds within) {
  if (!becomes(socket_.get(), POLLIN, within)) return std::nullopt;
  std::string datagram(65536, '\0');
  const ssize_t got = recv(socket_.get(), datagram.data(), datagram.size(), 0);
  if (got < 0) return std::nullopt;
  datagram.resize(static_cast<std::size_t>(got));
  return datagram;
}

std::optional<std::string> UdpClient::exchange(std::string_view datagram) {
  return send(datagram) ? receive() : std::nullopt;
}

}  // namespace sockspec::reference
