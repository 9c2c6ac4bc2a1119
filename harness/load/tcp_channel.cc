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
                       const io::Address& server, const LoadPlan& plan)
    : Channel(number),
      loop_(loop),
      host_(host),
      server_(server),
      plan_(plan),
      replies_(host.payloads(), number) {}

// An errno, or 0.
int TcpChannel::connect() {
  io::Descriptor fd(
      ::socket(server_.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
  if (!fd) return errno;
  const int on = 1;
  ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (const int error = bind_source(fd.get(), server_, plan_.source_addresses, number()))
    return error;
  const int status = ::connect(fd.get(), server_.get(), server_.size());
  if (status != 0 && errno != EINPROGRESS) return errno;
  const int error = socket_.open(
      loop_, std::move(fd), [this](int poll_status, int events) { ready(poll_status, events); });
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

// Bytes that may be read now.
std::size_t TcpChannel::readable(Duration now) {
  if (plan_.read_rate == 0) return SIZE_MAX;
  // A byte must fit into what is saved.
  const Duration most = std::max(kMostSaved, Duration(2 * kSecond / plan_.read_rate));
  read_until_ = std::max(read_until_, now - most);
  return static_cast<std::size_t>(in_seconds(std::max(now - read_until_, Duration{})) *
                                  static_cast<double>(plan_.read_rate));
}

void TcpChannel::look(Duration now) {
  if (!resting_ || state_ != State::Open || readable(now) == 0) return;
  resting_ = false;
  watch();
}

void TcpChannel::watch() {
  socket_.watch((resting_ ? 0 : UV_READABLE) | (blocked() ? UV_WRITABLE : 0));
}

void TcpChannel::receive() {
  const std::size_t most = readable(host_.now());
  if (most == 0) {
    resting_ = true;
    return watch();
  }
  std::span<char> buffer = host_.receive_buffer();
  buffer = buffer.first(std::min(buffer.size(), most));
  const ssize_t size = ::recv(socket_.fd(), buffer.data(), buffer.size(), 0);
  ++host_.cost().receives;
  if (size > 0) {
    const Duration now = host_.now();
    const auto bytes = buffer.first(static_cast<std::size_t>(size));
    if (now >= Duration::zero()) host_.tally().bytes_received += bytes.size();
    if (plan_.read_rate > 0) read_until_ += Duration(bytes.size() * kSecond / plan_.read_rate);
    if (checked()) {
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
  if (blocked()) {
    waiting_.push_back(due);
    if (due >= Duration::zero() && full_) ++host_.tally().requests.blocked;
    return;
  }
  put(due, now);
}

void TcpChannel::put(Duration due, Duration now) {
  const std::uint64_t sequence = sequence_++;
  const RequestId id = host_.payloads().id(number(), sequence);
  const std::size_t size = host_.server_speaks_first() ? 0 : host_.payloads().request_size(id);
  const std::size_t at = out_.size();
  out_.resize(at + size);
  if (size > 0) host_.payloads().write_request(id, out_.data() + at);
  if (checked()) {
    replies_.sent(sequence, due, now);
  } else {
    counted_.sent(sequence, host_.payloads().reply_size(id), due, now);
  }
  if (due < Duration::zero()) return;
  ++host_.tally().requests.sent;
  host_.tally().bytes_sent += size;
}

ssize_t TcpChannel::send(const char* data, std::size_t size) {
  ++host_.cost().sends;
  return ::send(socket_.fd(), data, std::min(size, most_written()), MSG_NOSIGNAL);
}

void TcpChannel::flush() {
  if (out_.empty() || blocked() || state_ != State::Open) return;
  const ssize_t size = send(out_.data(), out_.size());
  if (size == static_cast<ssize_t>(out_.size())) return out_.clear();
  if (size < 0 && !would_block(errno)) return out_.clear();  // recv() will say what broke
  full_ = size < static_cast<ssize_t>(std::min(out_.size(), most_written()));
  if (full_) ++host_.cost().would_block;
  std::swap(unsent_, out_);
  unsent_at_ = size < 0 ? 0 : static_cast<std::size_t>(size);
  out_.clear();
  watch();
}

// The socket takes bytes again.
void TcpChannel::drain() {
  if (!blocked()) return;
  const ssize_t size = send(unsent_.data() + unsent_at_, unsent_.size() - unsent_at_);
  full_ = size < 0;
  if (full_) return;
  unsent_at_ += static_cast<std::size_t>(size);
  if (blocked()) return;
  watch();
  const Duration now = host_.now();
  while (waiting() > 0 && !blocked()) {
    put(waiting_[waiting_at_++], now);
    flush();
  }
  if (waiting_at_ * 2 >= waiting_.size()) {  // moved seldom
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(waiting_at_));
    waiting_at_ = 0;
  }
  if (!blocked()) host_.unblocked(*this);
}

void TcpChannel::give_up(Duration sent_before, Duration now) {
  if (checked()) {
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
  if (checked()) {
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
  out_.clear();
  unsent_.clear();
  unsent_at_ = 0;
}

}  // namespace sockspec::load
