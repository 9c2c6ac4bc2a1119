// TcpConnection: one client of a TCP server, from accept to close.
//
// It carries out what the session decides, and sees to all that is the same for every protocol:
//   - Back-pressure: while more than 256 KiB wait for the client, nothing is read from it, so its
//     window fills and memory stays bounded however much it sends (RFC 9293, 3.8.6).
//   - Half-close: after the client's FIN all that is owed is sent, then FIN, then close
//     (RFC 9293, 3.6). A client that does not read may take as long as it likes (3.8.6.1, MUST-37).
//   - Ending first: after our FIN, what the client still sends is read and dropped until its FIN,
//     one second of silence or 64 MiB, because a close with unread input is an RST, and an RST can
//     destroy a reply that is still on its way (RFC 9293, 3.6.1).
//   - Aborts: any error of the stream ends this connection, quietly, and nothing else.
#pragma once

#include <uv.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "reference-servers/file_descriptor.h"
#include "reference-servers/tcp_session.h"
#include "reference-servers/uv_handle.h"

namespace sockspec::reference {

// Lives on the loop's thread. May be destroyed at any time: it closes at once, and unsent bytes go.
class TcpConnection {
 public:
  // Called once, as the last thing the connection does; it should destroy it.
  using OnClosed = std::function<void(TcpConnection&)>;

  // read_buffer is shared by all connections of a loop, and must outlive them.
  TcpConnection(uv_loop_t* loop, std::span<char> read_buffer, std::unique_ptr<TcpSession> session,
                OnClosed on_closed);

  // Adopts an accepted, non-blocking socket and begins to serve. May call on_closed.
  void start(FileDescriptor socket);

 private:
  struct Write;  // a request with its bytes: libuv's until it calls back

  static void on_alloc(uv_handle_t* handle, std::size_t suggested, uv_buf_t* buffer);
  static void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer);
  static void on_write(uv_write_t* request, int status);
  static void on_shutdown(uv_shutdown_t* request, int status);
  static void on_silence(uv_timer_t* timer);

  // Every one of these may destroy *this: their callers return at once.
  void received(std::span<char> bytes);
  void client_ended();
  void written(int status);
  void fin_sent(int status);
  void deliver(const Answer& answer);
  void end();
  void send_fin();
  void linger(std::size_t dropped);
  void balance_reading();
  void close();

  // False when the stream is broken; the caller closes.
  [[nodiscard]] bool send_now(std::string_view bytes);
  [[nodiscard]] bool send_later(std::string_view bytes);
  [[nodiscard]] bool write_backlog();

  std::size_t owed() const { return in_flight_ + backlog_.size(); }
  uv_stream_t* stream() { return reinterpret_cast<uv_stream_t*>(tcp_.get()); }

  uv_loop_t* loop_;
  std::span<char> read_buffer_;
  std::unique_ptr<TcpSession> session_;
  OnClosed on_closed_;
  Handle<uv_tcp_t> tcp_;
  Handle<uv_timer_t> silence_;  // only while lingering
  std::string backlog_;         // not yet with libuv: one write is in flight at a time
  std::size_t in_flight_ = 0;   // bytes of that write, none if 0
  std::size_t dropped_ = 0;     // bytes received since ending_
  bool reading_ = false;
  bool wants_more_ = false;    // the session asked for more()
  bool ending_ = false;        // nothing more will be answered: FIN follows what is owed
  bool fin_sent_ = false;      // ours
  bool client_ended_ = false;  // its FIN has come
};

}  // namespace sockspec::reference
