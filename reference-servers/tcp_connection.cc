#include "reference-servers/tcp_connection.h"

#include <cstdint>
#include <utility>

namespace sockspec::reference {
namespace {

constexpr std::size_t kMostOwedBytes = 256 * 1024;
constexpr std::size_t kResumeOwedBytes = 128 * 1024;
constexpr std::uint64_t kLingerSilenceMs = 1000;
constexpr std::size_t kLingerBytes = 64 * 1024 * 1024;

uv_buf_t buffer_of(std::string_view bytes) {
  // libuv's buffers are mutable because reads use them too; a write does not change them.
  return uv_buf_init(const_cast<char*>(bytes.data()), static_cast<unsigned>(bytes.size()));
}

}  // namespace

struct TcpConnection::Write {
  uv_write_t request;
  std::string bytes;
};

TcpConnection::TcpConnection(uv_loop_t* loop, std::span<char> read_buffer,
                             std::unique_ptr<TcpSession> session, OnClosed on_closed)
    : loop_(loop),
      read_buffer_(read_buffer),
      session_(std::move(session)),
      on_closed_(std::move(on_closed)) {}

void TcpConnection::start(FileDescriptor socket) {
  int status = 0;
  tcp_ = open_handle<uv_tcp_t>(this, &status,
                               [&](uv_tcp_t* bare) { return uv_tcp_init(loop_, bare); });
  if (status == 0) status = uv_tcp_open(tcp_.get(), socket.get());
  if (status != 0) return close();
  socket.release();               // libuv's now
  uv_tcp_nodelay(tcp_.get(), 1);  // an answer is never worth waiting for the next one
  deliver(session_->opened());
}

void TcpConnection::on_alloc(uv_handle_t* handle, std::size_t, uv_buf_t* buffer) {
  const auto* self = owner_of<TcpConnection>(handle);
  *buffer = self ? buffer_of(as_text(self->read_buffer_)) : uv_buf_init(nullptr, 0);
}

void TcpConnection::on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  auto* self = owner_of<TcpConnection>(stream);
  if (!self || count == 0) return;
  if (count > 0) return self->received({buffer->base, static_cast<std::size_t>(count)});
  if (count == UV_EOF) return self->client_ended();
  self->close();
}

void TcpConnection::on_write(uv_write_t* request, int status) {
  const std::unique_ptr<Write> home(static_cast<Write*>(request->data));
  if (auto* self = owner_of<TcpConnection>(request->handle)) self->written(status);
}

void TcpConnection::on_shutdown(uv_shutdown_t* request, int status) {
  const std::unique_ptr<uv_shutdown_t> home(request);
  if (auto* self = owner_of<TcpConnection>(request->handle)) self->fin_sent(status);
}

void TcpConnection::on_silence(uv_timer_t* timer) {
  if (auto* self = owner_of<TcpConnection>(timer)) self->close();
}

void TcpConnection::received(std::span<char> bytes) {
  if (ending_) return linger(bytes.size());
  deliver(session_->received(bytes));
}

void TcpConnection::client_ended() {
  client_ended_ = true;
  reading_ = false;  // libuv stops by itself at the end of the stream
  if (fin_sent_) return close();
  end();
}

void TcpConnection::deliver(const Answer& answer) {
  const bool paced = answer.then == Then::SendMore;
  if (!(paced ? send_later(answer.send) : send_now(answer.send))) return close();
  wants_more_ = wants_more_ || paced;
  if (answer.then == Then::End) return end();
  balance_reading();
}

// The common case, an answer that fits into the kernel's buffer, costs one write() and no memory.
bool TcpConnection::send_now(std::string_view bytes) {
  if (bytes.empty()) return true;
  if (in_flight_ == 0) {
    const uv_buf_t buffer = buffer_of(bytes);
    const int sent = uv_try_write(stream(), &buffer, 1);
    if (sent < 0 && sent != UV_EAGAIN) return false;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return send_later(bytes);
}

bool TcpConnection::send_later(std::string_view bytes) {
  backlog_.append(bytes);
  return in_flight_ > 0 || backlog_.empty() || write_backlog();
}

bool TcpConnection::write_backlog() {
  auto write = std::make_unique<Write>(Write{{}, std::exchange(backlog_, {})});
  write->request.data = write.get();
  const uv_buf_t buffer = buffer_of(write->bytes);
  if (uv_write(&write->request, stream(), &buffer, 1, on_write) != 0) return false;
  in_flight_ = write->bytes.size();
  (void)write.release();  // comes home in on_write
  return true;
}

void TcpConnection::written(int status) {
  in_flight_ = 0;
  if (status != 0 || (!backlog_.empty() && !write_backlog())) return close();
  if (ending_) {
    if (owed() == 0) send_fin();
  } else if (owed() == 0 && std::exchange(wants_more_, false)) {
    deliver(session_->more());
  } else {
    balance_reading();
  }
}

void TcpConnection::end() {
  if (std::exchange(ending_, true)) return;
  if (owed() == 0) return send_fin();
  balance_reading();
}

void TcpConnection::send_fin() {
  auto request = std::make_unique<uv_shutdown_t>();
  if (uv_shutdown(request.get(), stream(), on_shutdown) != 0) return close();
  (void)request.release();  // comes home in on_shutdown
  balance_reading();
}

void TcpConnection::fin_sent(int status) {
  fin_sent_ = true;
  if (status != 0 || client_ended_) return close();
  silence_ = open_handle<uv_timer_t>(this, &status,
                                     [&](uv_timer_t* bare) { return uv_timer_init(loop_, bare); });
  if (status != 0) return close();
  linger(0);
}

void TcpConnection::linger(std::size_t dropped) {
  dropped_ += dropped;
  if (dropped_ > kLingerBytes) return close();
  if (silence_) uv_timer_start(silence_.get(), on_silence, kLingerSilenceMs, 0);
}

// Two thresholds, so that a client at the limit does not toggle its reading with every write.
void TcpConnection::balance_reading() {
  if (client_ended_) return;
  if (reading_ && !ending_ && owed() > kMostOwedBytes) {
    uv_read_stop(stream());
    reading_ = false;
  } else if (!reading_ && (ending_ || owed() <= kResumeOwedBytes)) {
    if (uv_read_start(stream(), on_alloc, on_read) != 0) return close();
    reading_ = true;
  }
}

void TcpConnection::close() {
  const OnClosed closed = std::move(on_closed_);  // it destroys what it is a member of
  closed(*this);
}

}  // namespace sockspec::reference
