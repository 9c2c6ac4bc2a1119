#include "io/test_world.h"

#include <poll.h>
#include <sys/socket.h>

#include <cassert>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <memory>

#include "core/match.h"
#include "io/polled_socket.h"

namespace sockspec::io::test {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLongest = 20s;
constexpr int kTurns = 50;

Descriptor bound_socket(const std::string& host, int type, int receive_buffer, Address* address) {
  const Address any = *Address::numeric(host, 0);
  Descriptor fd(::socket(any.family(), type | SOCK_CLOEXEC, 0));
  if (receive_buffer > 0) {
    setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  const int rc = ::bind(fd.get(), any.get(), any.size());
  assert(rc == 0);
  (void)rc;
  *address = *local_address(fd.get());
  return fd;
}

std::string word_of(Breakage breakage) {
  switch (breakage) {
    case Breakage::Refused: return "refused";
    case Breakage::Reset: return "reset";
    case Breakage::TooLong: return "too-long";
    case Breakage::TimedOut:
    case Breakage::Unreachable:
    case Breakage::NoDescriptors:
    case Breakage::NoPorts:
    case Breakage::NoBuffers:
    case Breakage::Other: return "otherwise";
  }
  return "?";
}

std::string word_of(Call call) {
  switch (call) {
    case Call::Connect: return "connect";
    case Call::Send: return "send";
    case Call::Receive: return "receive";
  }
  return "?";
}

}  // namespace

bool until(Loop& loop, const std::function<bool()>& done) {
  const std::uint64_t began = uv_hrtime();
  int status = 0;
  const auto pump = open_handle<uv_timer_t>(loop.get(), uv_timer_init, nullptr, &status);
  // Repeating: one that fires just before the loop waits would not wake it.
  uv_timer_start(
      pump.get(), [](uv_timer_t*) {}, 1, 1);
  while (!done()) {
    if (Duration(uv_hrtime() - began) > kLongest) return false;
    uv_run(loop.get(), UV_RUN_ONCE);
  }
  return true;
}

void turn(Loop& loop) {
  for (int i = 0; i < kTurns; ++i) uv_run(loop.get(), UV_RUN_NOWAIT);
}

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

void Remote::send(std::string_view bytes) {
  const ssize_t n = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  assert(n == static_cast<ssize_t>(bytes.size()));
  (void)n;
}

std::size_t Remote::send_until_full() {
  const std::string chunk(4096, 'x');
  std::size_t total = 0;
  for (;;) {
    const ssize_t n = ::send(fd_.get(), chunk.data(), chunk.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n <= 0) return total;
    total += static_cast<std::size_t>(n);
  }
}

bool Remote::read() {
  char buffer[64 * 1024];
  for (;;) {
    const ssize_t n = ::recv(fd_.get(), buffer, sizeof buffer, MSG_DONTWAIT);
    if (n > 0) {
      received_.append(buffer, static_cast<std::size_t>(n));
      continue;
    }
    if (n < 0 && errno == EAGAIN) return false;
    error_ = n < 0 ? errno : 0;
    return true;
  }
}

void Remote::fin() { ::shutdown(fd_.get(), SHUT_WR); }

void Remote::reset() {
  const linger at_once{1, 0};
  setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  fd_.reset();
}

Address Remote::peer() const {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  getpeername(fd_.get(), reinterpret_cast<sockaddr*>(&storage), &size);
  return {reinterpret_cast<sockaddr*>(&storage), size};
}

Listener::Listener(const std::string& host, int receive_buffer, int backlog)
    : fd_(bound_socket(host, SOCK_STREAM, receive_buffer, &address_)) {
  ::listen(fd_.get(), backlog);
}

bool Listener::waiting() const {
  pollfd ready{fd_.get(), POLLIN, 0};
  return ::poll(&ready, 1, 0) == 1;
}

Remote Listener::accept() {
  pollfd ready{fd_.get(), POLLIN, 0};
  ::poll(&ready, 1, static_cast<int>(kLongest / 1ms));
  return Remote(Descriptor(::accept4(fd_.get(), nullptr, nullptr, SOCK_CLOEXEC)));
}

Address nobody(Transport transport) {
  Address address;
  bound_socket("127.0.0.1", transport == Transport::Tcp ? SOCK_STREAM : SOCK_DGRAM, 0, &address);
  return address;
}

DatagramServer::DatagramServer(const std::string& host)
    : fd_(bound_socket(host, SOCK_DGRAM, 1 << 20, &address_)) {}

bool DatagramServer::read() {
  const auto buffer = std::make_unique<char[]>(1 << 16);
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  const ssize_t n = ::recvfrom(fd_.get(), buffer.get(), 1 << 16, MSG_DONTWAIT,
                               reinterpret_cast<sockaddr*>(&storage), &size);
  if (n < 0) return false;
  last_ = Address(reinterpret_cast<sockaddr*>(&storage), size);
  received_.emplace_back(buffer.get(), static_cast<std::size_t>(n));
  return true;
}

void DatagramServer::answer(std::string_view bytes) { send_to(last_, bytes); }

void DatagramServer::send_to(const Address& to, std::string_view bytes) {
  ::sendto(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL, to.get(), to.size());
}

Client::Client(Transport transport, const Address& target, CloseAfterEnd close_after_end)
    : peer_(make_peer(transport, loop_, target, close_after_end,
                      [this](decltype(Event::what) what) { take(what); })) {}

step::Connect Client::paused() {
  step::Connect options;
  options.paused = true;
  return options;
}

step::Connect Client::receive_buffer(std::size_t size) {
  step::Connect options;
  options.receive_buffer = size;
  return options;
}

step::Connect Client::send_buffer(std::size_t size) {
  step::Connect options;
  options.send_buffer = size;
  return options;
}

Client& Client::connect(step::Connect options) {
  peer_->connect(options);
  tells("connected");
  return *this;
}

void Client::take(const decltype(Event::what)& what) {
  std::visit(Match{
                 [&](const event::Connected&) { add("connected"); },
                 [&](const event::Sent& sent) {
                   sent_ += sent.bytes;
                   add("sent:" + std::to_string(sent.bytes));
                 },
                 [&](const event::Received& received) {
                   received_ += received.bytes;
                   const std::string from = received.from.empty() ? "" : "(elsewhere)";
                   add("received" + from + ":" + std::string(received.bytes));
                 },
                 [&](const event::Ended&) { add("ended"); },
                 [&](const event::Broke& broke) {
                   add("broke:" + word_of(broke.call) + ":" + word_of(broke.breakage));
                 },
                 [&](const auto&) { add("unexpected"); },
             },
             what);
}

std::string Client::story() const {
  std::string text;
  for (const std::string& word : words_) text += (text.empty() ? "" : " ") + word;
  return text;
}

bool Client::tells(std::string_view word) {
  return until(loop_, [&] {
    for (const std::string& told : words_) {
      if (std::string_view(told).starts_with(word)) return true;
    }
    return false;
  });
}

}  // namespace sockspec::io::test
