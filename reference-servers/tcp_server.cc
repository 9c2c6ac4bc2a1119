#include "reference-servers/tcp_server.h"

#include <sys/resource.h>

#include <cstddef>
#include <unordered_map>
#include <utility>
#include <vector>

#include "reference-servers/bound_socket.h"
#include "reference-servers/event_loop.h"
#include "reference-servers/tcp_connection.h"
#include "reference-servers/tcp_listener.h"

namespace sockspec::reference {
namespace {

constexpr std::size_t kReadBufferBytes = 64 * 1024;

// The listener and all open connections. Its end closes them all at once.
class TcpServer {
 public:
  TcpServer(uv_loop_t* loop, FileDescriptor socket, const MakeSession& make_session)
      : loop_(loop),
        make_session_(make_session),
        read_buffer_(kReadBufferBytes),
        listener_(loop, std::move(socket),
                  [this](FileDescriptor client) { welcome(std::move(client)); }) {}

  int status() const { return listener_.status(); }

 private:
  void welcome(FileDescriptor client) {
    auto connection = std::make_unique<TcpConnection>(
        loop_, read_buffer_, make_session_(),
        [this](TcpConnection& closed) { connections_.erase(&closed); });
    TcpConnection& started = *connection;
    connections_.emplace(&started, std::move(connection));
    started.start(std::move(client));
  }

  uv_loop_t* loop_;
  const MakeSession& make_session_;
  std::vector<char> read_buffer_;
  std::unordered_map<const TcpConnection*, std::unique_ptr<TcpConnection>> connections_;
  TcpListener listener_;
};

// Many systems start a process with 1,024 descriptors, which would be the limit of clients.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int serve_tcp(const ServeOptions& options, const MakeSession& make_session) {
  raise_descriptor_limit();
  auto socket = bind_socket(options, Transport::Tcp);
  if (!socket) return 1;
  EventLoop loop;
  if (loop.status() != 0) return cannot_start(loop.status());
  const TcpServer server(loop.get(), std::move(socket->descriptor), make_session);
  if (server.status() != 0) return cannot_start(server.status());
  announce(*socket);
  loop.run();
  return 0;
}

}  // namespace sockspec::reference
