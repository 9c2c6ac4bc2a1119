#include "reference-servers/udp_server.h"

#include <sys/socket.h>
#include <sys/types.h>

#include <cstddef>
#include <utility>

#include "reference-servers/bound_socket.h"
#include "reference-servers/datagram_batch.h"
#include "reference-servers/event_loop.h"
#include "reference-servers/uv_handle.h"

namespace sockspec::reference {
namespace {

// A batch at a time: while its answers do not fit into the socket, nothing new is received, and
// what comes waits, or is lost, in the kernel's bounded buffer.
class UdpServer {
 public:
  UdpServer(uv_loop_t* loop, FileDescriptor socket, const AnswerDatagram& answer)
      : socket_(std::move(socket)), answer_(answer) {
    ready_ = open_handle<uv_poll_t>(
        this, &status_, [&](uv_poll_t* bare) { return uv_poll_init(loop, bare, socket_.get()); });
    if (status_ == 0) status_ = await(UV_READABLE);
  }

  int status() const { return status_; }

 private:
  static void on_ready(uv_poll_t* poll, int status, int events);
  int await(int events) { return uv_poll_start(ready_.get(), events, on_ready); }
  void answer_waiting();
  void flush();
  void forget_error();

  FileDescriptor socket_;  // outlives ready_, which watches it
  const AnswerDatagram& answer_;
  DatagramBatch batch_;
  Handle<uv_poll_t> ready_;
  int status_ = 0;
};

void UdpServer::on_ready(uv_poll_t* poll, int status, int events) {
  auto* self = owner_of<UdpServer>(poll);
  if (!self) return;
  if (status != 0) return self->forget_error();
  if ((events & UV_WRITABLE) != 0) return self->flush();
  self->answer_waiting();
}

void UdpServer::answer_waiting() {
  const std::size_t count = batch_.receive(socket_.get());
  for (std::size_t i = 0; i < count; ++i) {
    if (const auto reply = answer_(batch_.datagram(i))) batch_.answer(i, *reply);
  }
  if (batch_.flush(socket_.get()) == DatagramBatch::Flushed::Later) await(UV_WRITABLE);
}

void UdpServer::flush() {
  const bool all = batch_.flush(socket_.get()) == DatagramBatch::Flushed::All;
  await(all ? UV_READABLE : UV_WRITABLE);
}

// libuv stops a poll for good when the socket has an error pending, and a client that has gone is
// enough for that on some systems. Asking for the error clears it.
void UdpServer::forget_error() {
  int error = 0;
  socklen_t length = sizeof error;
  getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &length);
  flush();
}

}  // namespace

int serve_udp(const ServeOptions& options, const AnswerDatagram& answer) {
  auto socket = bind_socket(options, Transport::Udp);
  if (!socket) return 1;
  EventLoop loop;
  if (loop.status() != 0) return cannot_start(loop.status());
  const UdpServer server(loop.get(), std::move(socket->descriptor), answer);
  if (server.status() != 0) return cannot_start(server.status());
  announce(*socket);
  loop.run();
  return 0;
}

}  // namespace sockspec::reference
