#include "io/tcp_peer.h"

#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <memory>

#include "io/breakage.h"

namespace sockspec::io {
namespace {

constexpr std::size_t kReadSize = 64 * 1024;
constexpr int kReadsPerTurn = 4;  // then other connections get their turn
constexpr std::size_t kWriteSize = 256 * 1024;

// One buffer serves all peers of a thread: what is read is told before the next read.
char* read_buffer() {
  thread_local const auto buffer = std::make_unique<std::array<char, kReadSize>>();
  return buffer->data();
}

void set_option(int fd, int level, int name, int value) {
  setsockopt(fd, level, name, &value, sizeof value);
}

}  // namespace

TcpPeer::TcpPeer(Loop& loop, const Address& target, CloseAfterEnd close_after_end, Tell tell)
    : loop_(loop), target_(target), close_after_end_(close_after_end), tell_(std::move(tell)) {}

void TcpPeer::connect(const step::Connect& options) {
  if (!options.to.empty()) {
    const auto there = Address::numeric(options.to, target_.port());
    if (!there) return tell_(broke(Call::Connect, EINVAL));  // not to the usual one instead
    target_ = *there;
  }
  Descriptor fd(::socket(target_.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return tell_(broke(Call::Connect, errno));
  set_option(fd.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  // Before connect, because the window scale is agreed upon in the handshake.
  if (options.send_buffer)
    set_option(fd.get(), SOL_SOCKET, SO_SNDBUF, static_cast<int>(*options.send_buffer));
  if (options.receive_buffer) {
    set_option(fd.get(), SOL_SOCKET, SO_RCVBUF, static_cast<int>(*options.receive_buffer));
  }
  paused_ = options.paused;
  at_once_ = !options.timed && !options.receive_buffer;
  const int rc = ::connect(fd.get(), target_.get(), target_.size());
  const int error = rc == 0 ? 0 : errno;
  if (error != 0 && error != EINPROGRESS) return tell_(broke(Call::Connect, error));
  state_ = State::Connecting;
  if (const int failed = socket_.open(loop_, std::move(fd), *this); failed != 0)
    return tell_(broke(Call::Connect, failed));
  watch();
}

void TcpPeer::watch() {
  if (state_ == State::Connecting) return socket_.watch(UV_WRITABLE);
  const bool read = state_ == State::Open && !paused_ && !ended_;
  const bool write = state_ == State::Open && !unsent_.empty();
  socket_.watch((read ? UV_READABLE : 0) | (write ? UV_WRITABLE : 0));
}

void TcpPeer::ready(int status, int events) {
  if (state_ == State::Connecting) return on_connected();
  if (state_ != State::Open) return;
  if (status < 0) return read_last_words();
  if ((events & UV_WRITABLE) != 0) {
    if (const int error = write_some(); error != 0) return fail_sending(error);
  }
  if ((events & UV_READABLE) != 0 && state_ == State::Open && socket_.is_open()) return read_some();
  watch();
}

void TcpPeer::on_connected() {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket_.fd(), SOL_SOCKET, SO_ERROR, &error, &size);
  // A server may have answered and reset before this loop saw the connection: its bytes count (F3).
  char first = 0;
  const bool was_reset = error == ECONNRESET || error == EPIPE;
  const bool answered = was_reset && ::recv(socket_.fd(), &first, sizeof first, MSG_PEEK) > 0;
  if (error != 0 && !answered) {
    state_ = State::Dead;
    socket_.close();
    return tell_(broke(Call::Connect, error));
  }
  state_ = State::Open;
  if (!answered) watch();
  tell_(event::Connected{});
  if (answered && socket_.is_open()) read_last_words();
}

// `tell_` may close or destroy this peer's socket, so every turn looks again.
void TcpPeer::read_some() {
  for (int turn = 0; turn < kReadsPerTurn && socket_.is_open() && !paused_; ++turn) {
    const ssize_t n = ::recv(socket_.fd(), read_buffer(), kReadSize, 0);
    if (n > 0) {
      const bool all = static_cast<std::size_t>(n) < kReadSize;
      if (all && at_once_) acknowledge();
      tell_(event::Received{{read_buffer(), static_cast<std::size_t>(n)}});
      if (all) break;
      continue;
    }
    const int error = n < 0 ? errno : 0;
    if (error == EINTR) continue;
    if (error == EAGAIN) break;
    if (n == 0) {
      ended_ = true;
      watch();
      return tell_(event::Ended{});
    }
    state_ = State::Dead;
    socket_.close();
    return tell_(broke(Call::Receive, error));
  }
  if (socket_.is_open()) watch();
}

// A server that writes a reply in pieces waits up to 40 ms for the acknowledgement of the first
// (RFC 9293 3.8.6.3, 3.7.4), and a hundred such exchanges cost seconds. Linux forgets this option
// with the next segment that is sent (tcp(7)). Not with a small buffer: what is acknowledged before
// the window has opened makes the server wait for its persist timer.
void TcpPeer::acknowledge() { set_option(socket_.fd(), IPPROTO_TCP, TCP_QUICKACK, 1); }

// The connection is broken. Linux still hands out what arrived before (F3, F11), so that is read
// first; the error comes last.
void TcpPeer::read_last_words() {
  int error = 0;
  while (socket_.is_open()) {
    const ssize_t n = ::recv(socket_.fd(), read_buffer(), kReadSize, 0);
    if (n > 0) {
      tell_(event::Received{{read_buffer(), static_cast<std::size_t>(n)}});
      continue;
    }
    error = n < 0 ? errno : 0;
    if (error != EINTR) break;
  }
  if (!socket_.is_open()) return;
  state_ = State::Dead;
  socket_.close();
  // The error may have been consumed by an earlier call; the end is what is left of it.
  if (error == EAGAIN || error == 0) error = ECONNRESET;
  tell_(broke(Call::Receive, error));
}

void TcpPeer::write(SharedBytes bytes) {
  if (state_ != State::Open || bytes.empty()) return;
  const bool first = unsent_.empty();
  unsent_.push_back(std::move(bytes));
  if (first) {
    if (const int error = write_some(); error != 0) return fail_sending(error);
  }
  watch();
}

int TcpPeer::write_some() {
  while (!unsent_.empty() && socket_.is_open()) {
    const std::string_view chunk = unsent_.front().view().substr(0, kWriteSize);
    const ssize_t n = ::send(socket_.fd(), chunk.data(), chunk.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) return 0;
    if (n < 0) return errno;
    const auto taken = static_cast<std::size_t>(n);
    SharedBytes& front = unsent_.front();
    if (taken == front.size()) {
      unsent_.pop_front();
    } else {
      front = front.slice(taken, front.size() - taken);
    }
    tell_(event::Sent{taken});
  }
  if (unsent_.empty()) finish_sending();
  return 0;
}

void TcpPeer::fail_sending(int error) {
  unsent_.clear();
  while (socket_.is_open()) {
    const ssize_t n = ::recv(socket_.fd(), read_buffer(), kReadSize, 0);
    if (n <= 0) break;
    tell_(event::Received{{read_buffer(), static_cast<std::size_t>(n)}});
  }
  if (!socket_.is_open()) return;
  state_ = State::Dead;
  socket_.close();
  tell_(broke(Call::Send, error));
}

void TcpPeer::finish_sending() {
  if (!half_close_wanted_ || !socket_.is_open()) return;
  half_close_wanted_ = false;
  ::shutdown(socket_.fd(), SHUT_WR);
}

void TcpPeer::half_close() {
  half_close_wanted_ = true;
  if (unsent_.empty()) finish_sending();
}

void TcpPeer::reset() {
  if (!socket_.is_open()) return;
  const linger at_once{1, 0};
  setsockopt(socket_.fd(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  socket_.close();
}

void TcpPeer::close() {
  if (ended_ && close_after_end_ == CloseAfterEnd::Reset) return reset();
  socket_.close();
}

void TcpPeer::pause() {
  paused_ = true;
  watch();
}

void TcpPeer::resume() {
  paused_ = false;
  watch();
}

void TcpPeer::drop_unsent() {
  unsent_.clear();
  finish_sending();
  watch();
}

// One byte always fits; where the connection is broken, the next event says so.
void TcpPeer::send_urgent(char byte) {
  if (state_ == State::Open) ::send(socket_.fd(), &byte, 1, MSG_OOB | MSG_NOSIGNAL);
}

int TcpPeer::unacknowledged() const {
  int bytes = 0;
  return socket_.is_open() && ioctl(socket_.fd(), SIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

bool TcpPeer::nothing_on_the_way() const {
  if (!socket_.is_open()) return true;
  tcp_info info{};
  socklen_t size = sizeof info;
  return getsockopt(socket_.fd(), IPPROTO_TCP, TCP_INFO, &info, &size) == 0 &&
         info.tcpi_unacked == 0;
}

}  // namespace sockspec::io
