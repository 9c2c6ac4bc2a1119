#include "load/tcp_channel.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "load/source_address.h"

namespace sockspec::load {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kSecond = 1'000'000'000;  // nanoseconds
constexpr Duration kMostSaved = 20ms;             // of reading, by one who reads slowly

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

}  // namespace

TcpChannel::TcpChannel(io::Loop& loop, ChannelHost& host, std::uint32_t number,
                       const io::Address& server)
    : Channel(number),
      loop_(loop),
      host_(host),
      server_(server),
      checked_(host.plan().validate == Validate::All),
      replies_(host.payloads(), number) {}

// An errno, or 0.
int TcpChannel::connect() {
  io::Descriptor fd(
      ::socket(server_.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
  if (!fd) return errno;
  const int on = 1;
  ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (const int error = bind_source(fd.get(), server_, plan().source_addresses, number()))
    return error;
  const int status = ::connect(fd.get(), server_.get(), server_.size());
  if (status != 0 && errno != EINPROGRESS) return errno;
  const int error = socket_.open(loop_, std::move(fd), *this);
  if (error == 0) socket_.watch(UV_WRITABLE);
  return error;
}

void TcpChannel::open() {
  state_ = State::Connecting;
  const int error = connect();
  if (error == 0) return;
  state_ = State::Closed;
  socket_.close();
  host_.closed(*this, is_own_limit(error) ? Closed::NotHere : Closed::NotEstablished);
}

void TcpChannel::ready(int status, int events) {
  if (state_ == State::Connecting) return connected();
  if (status != 0) return broke(true);
  if ((events & UV_WRITABLE) != 0) drain();
  if (state_ == State::Open && (events & UV_READABLE) != 0) receive();
}

void TcpChannel::connected() {
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket_.fd(), SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) {
    state_ = State::Closed;
    socket_.close();
    return host_.closed(*this, Closed::NotEstablished);
  }
  state_ = State::Open;
  read_until_ = host_.now();
  resting_ = false;
  watch();
  host_.opened(*this);
}

// Bytes that may be read now, by one who reads slowly.
std::size_t TcpChannel::readable(Duration now) {
  // A byte must fit into what is saved.
  const Duration most = std::max(kMostSaved, Duration(2 * kSecond / plan().read_rate));
  read_until_ = std::max(read_until_, now - most);
  return static_cast<std::size_t>(in_seconds(std::max(now - read_until_, Duration{})) *
                                  static_cast<double>(plan().read_rate));
}

void TcpChannel::look(Duration now) {
  if (!resting_ || state_ != State::Open || readable(now) == 0) return;
  resting_ = false;
  watch();
}

void TcpChannel::watch() {
  socket_.watch((resting_ ? 0 : UV_READABLE) | (blocked_ ? UV_WRITABLE : 0));
}

void TcpChannel::receive() {
  std::span<char> buffer = host_.receive_buffer();
  if (plan().read_rate > 0) {
    const std::size_t most = readable(host_.now());
    if (most == 0) {
      resting_ = true;
      return watch();
    }
    buffer = buffer.first(std::min(buffer.size(), most));
  }
  const ssize_t size = ::recv(socket_.fd(), buffer.data(), buffer.size(), 0);
  ++host_.cost().receives;
  if (size > 0) {
    const Duration now = host_.now();
    const auto bytes = buffer.first(static_cast<std::size_t>(size));
    if (now >= Duration::zero()) host_.tally().bytes_received += bytes.size();
    if (plan().read_rate > 0) read_until_ += Duration(bytes.size() * kSecond / plan().read_rate);
    if (checked_) {
      replies_.received(bytes, now, host_.judgements());
    } else {
      counted_.received(bytes.size(), host_.judgements());
    }
    return tell(now);
  }
  if (size < 0 && (would_block(errno) || errno == EINTR)) return;
  broke(size < 0);
}

void TcpChannel::tell(Duration now) {
  if (host_.judgements().empty()) return;
  host_.judged(*this, host_.judgements(), now);
  host_.judgements().clear();
}

void TcpChannel::broke(bool reset) {
  state_ = State::Closed;
  socket_.close();
  end_replies(reset);
  forget_unsent();
  tell(host_.now());
  host_.closed(*this, reset ? Closed::Reset : Closed::Ended);
}

void TcpChannel::request(Duration due, Duration now) {
  if (blocked_) {
    waiting_.push_back(due);
    if (due >= Duration::zero() && full_) ++host_.tally().requests.blocked;
    return;
  }
  put(due, now);
}

void TcpChannel::put(Duration due, Duration now) {
  const std::uint64_t sequence = sequence_++;
  const ConnectionPayloads& payloads = replies_.payloads();
  if (checked_) {
    replies_.sent(sequence, due, now);
  } else {
    counted_.sent(sequence, payloads.reply_size(sequence), due, now);
  }
  const bool silent = plan().profile.speaks_first;  // the connection is the request
  if (silent) written_ = {sequence_, 0};
  if (due < Duration::zero()) return;
  ++host_.tally().requests.sent;
  if (!silent) host_.tally().bytes_sent += payloads.request_size(sequence);
}

void TcpChannel::flush() {
  if (written_.sequence == sequence_ || blocked_ || state_ != State::Open) return;
  write();
  if (blocked_) watch();
}

// Makes the bytes that follow `from`, as far as there is room, and moves it behind them.
std::size_t TcpChannel::make(Place& from, std::span<char> room) const {
  std::size_t size = 0;
  while (from.sequence < sequence_ && size < room.size()) {
    const Pieces request = replies_.payloads().request(from.sequence);
    const std::size_t made = request.write_from(from.offset, room.subspan(size));
    size += made;
    from.offset += made;
    if (from.offset == request.size()) from = {from.sequence + 1, 0};
  }
  return size;
}

// What was put and is not yet written. False: it cannot be any more, and recv() will say why.
bool TcpChannel::write() {
  const std::size_t most = plan().write_size > 0 ? plan().write_size : SIZE_MAX;
  std::span<char> buffer = host_.send_buffer();
  buffer = buffer.first(std::min(buffer.size(), most));
  full_ = false;
  do {
    Place end = written_;
    const std::size_t size = make(end, buffer);
    ++host_.cost().sends;
    const ssize_t sent = ::send(socket_.fd(), buffer.data(), size, MSG_NOSIGNAL);
    if (sent < 0 && !would_block(errno)) {
      written_ = {sequence_, 0};
      return false;
    }
    full_ = sent < static_cast<ssize_t>(size);
    if (full_) {
      ++host_.cost().would_block;
      if (sent > 0) make(written_, buffer.first(static_cast<std::size_t>(sent)));
    } else {
      written_ = end;
    }
    blocked_ = written_.sequence < sequence_;
  } while (blocked_ && !full_ && plan().write_size == 0);
  return true;
}

// The socket takes bytes again.
void TcpChannel::drain() {
  if (!blocked_ || !write() || blocked_) return;
  watch();
  const Duration now = host_.now();
  while (waiting() > 0 && !blocked_) {
    put(waiting_[waiting_at_++], now);
    flush();
  }
  if (waiting_at_ * 2 >= waiting_.size()) {  // moved seldom
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(waiting_at_));
    waiting_at_ = 0;
  }
  if (!blocked_) host_.unblocked(*this);
}

void TcpChannel::give_up(Duration sent_before, Duration now) {
  if (checked_) {
    replies_.give_up(sent_before, host_.judgements());
  } else {
    counted_.give_up(sent_before, host_.judgements());
  }
  tell(now);
}

void TcpChannel::close(bool reset) {
  if (reset && socket_.is_open()) {
    const linger now{1, 0};
    ::setsockopt(socket_.fd(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }
  socket_.close();
  state_ = State::Closed;
  end_replies(false);
  host_.judgements().clear();
  forget_unsent();
}

void TcpChannel::end_replies(bool reset) {
  if (checked_) {
    replies_.closed(reset, host_.judgements());
  } else {
    counted_.closed(reset, host_.judgements());
  }
}

void TcpChannel::forget_unsent() {
  for (; waiting() > 0; ++waiting_at_)
    host_.tally().requests.not_sent += waiting_[waiting_at_] >= Duration::zero();
  waiting_.clear();
  waiting_at_ = 0;
  written_ = {sequence_, 0};
  blocked_ = full_ = false;
}

}  // namespace sockspec::load
