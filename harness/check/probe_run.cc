#include "check/probe_run.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "supervise/process_table.h"
#include "supervise/socket_table.h"

namespace sockspec::check {
namespace {

using namespace std::chrono_literals;

constexpr int kMostStarts = 12;
constexpr Duration kLook = 25ms;
constexpr Duration kDatagramGrace = 300ms;  // a server may open its TCP socket second
constexpr Duration kTimeWaitLimit = 70s;    // TIME_WAIT lasts 60 s on Linux
constexpr Duration kExitGrace = 100ms;
constexpr std::size_t kOutputLines = 5;

Duration since(std::uint64_t ns) { return Duration(uv_hrtime() - ns); }

bool holds_datagram_socket(std::uint16_t port) {
  for (const supervise::BoundSocket& socket : supervise::bound_sockets(Transport::Udp)) {
    if (socket.local.port() != port) continue;
    if (supervise::holds_socket(supervise::own_descendants(), socket.inode)) return true;
  }
  return false;
}

}  // namespace

ProbeRun::ProbeRun(io::Loop& loop, ProbeOptions options, Next next)
    : loop_(loop),
      options_(std::move(options)),
      next_(std::move(next)),
      ports_(static_cast<std::uint64_t>(getpid()) * 7919 + uv_hrtime()),
      look_(loop, [this] { look_for_datagram_socket(); }),
      retry_(loop, [this] { start_server(); }),
      last_words_(loop, [this] { play_next(); }),
      ended_(loop, [this] {
        server_.reset();
        std::exchange(after_end_, nullptr)();
      }) {
  record_.transport = options_.transport.value_or(Transport::Tcp);
  transport_known_ = options_.transport.has_value() || options_.target.has_value();
}

void ProbeRun::start(std::function<void(Result<ProbeRecord>)> finished) {
  finished_ = std::move(finished);
  start_began_ns_ = uv_hrtime();
  if (!options_.target) return start_server();
  address_ = options_.target;
  record_.address = address_->text();
  play_next();
}

void ProbeRun::start_server() {
  if (ending_) return;
  const Result<std::uint16_t> port = options_.port ? *options_.port : ports_.next();
  if (!port) return finish(port.error());
  port_ = *port;
  server_is_gone_ = false;
  datagram_socket_since_ns_ = 0;
  supervise::ServerCommand command;
  command.argv = options_.command;
  command.wrapper = options_.wrapper;
  command.host = options_.host;
  command.host_given = options_.host_given;
  command.port = port_;
  command.transport = record_.transport;
  command.start_limit = options_.start_limit;
  server_ = std::make_unique<supervise::ServerUnderTest>(
      loop_, command,
      supervise::ServerUnderTest::Events{
          [this](const Result<io::Address>& address) { server_ready(address); },
          [this](Message how) { server_gone(std::move(how)); }});
  server_->start();
  if (!transport_known_) look_.start(kLook);
}

// ServerUnderTest waits for a listening TCP socket; a UDP server never has one.
void ProbeRun::look_for_datagram_socket() {
  if (ending_ || transport_known_) return;
  if (!holds_datagram_socket(port_)) return look_.start(kLook);
  if (datagram_socket_since_ns_ == 0) datagram_socket_since_ns_ = uv_hrtime();
  const auto grace = std::chrono::duration_cast<Duration>(kDatagramGrace * options_.scale);
  if (since(datagram_socket_since_ns_) < grace) return look_.start(kLook);
  transport_known_ = true;
  record_.transport = Transport::Udp;
  end_server([this] { start_server(); });
}

void ProbeRun::server_ready(const Result<io::Address>& address) {
  look_.stop();
  if (ending_) return;
  if (!address) {
    // The port may have been taken meanwhile, or be held in TIME_WAIT by the server before.
    const bool taken = server_->port_was_taken() && ++starts_ < kMostStarts;
    const bool time_wait = options_.port && supervise::time_wait_count(port_) > 0 &&
                           since(start_began_ns_) < kTimeWaitLimit;
    const Error error = address.error();
    if (time_wait || (taken && !options_.port)) {
      if (time_wait) supervise::end_time_wait(port_);
      return end_server([this, time_wait] { retry_.start(time_wait ? 200ms : 0ms); });
    }
    return finish(error);
  }
  if (!transport_known_ && holds_datagram_socket(port_)) {
    return finish(usage_error("the server opens a TCP and a UDP socket on port " +
                              std::to_string(port_) +
                              "; say which one is meant: --transport tcp or --transport udp"));
  }
  transport_known_ = true;
  address_ = *address;
  record_.address = address_->text();
  play_next();
}

void ProbeRun::server_gone(Message how) {
  server_is_gone_ = true;
  if (player_) return player_->server_gone(std::move(how));
  if (!record_.observations.empty() && !record_.observations.back().gone)
    record_.observations.back().gone = std::move(how);
}

void ProbeRun::play_next() {
  if (ending_) return;
  std::optional<Probe> probe = next_(record_.transport, record_.observations);
  if (!probe) return finish(std::nullopt);
  if (!server_is_gone_) return play(std::move(*probe));
  if (++starts_ >= kMostStarts) return finish(std::nullopt);
  start_began_ns_ = uv_hrtime();
  end_server([this] { start_server(); });  // and then the same probe
}

void ProbeRun::play(Probe probe) {
  // On a fixed port the next server could not bind for a minute, where it does not ask for reuse.
  const auto close = options_.port ? io::CloseAfterEnd::Reset : io::CloseAfterEnd::Fin;
  player_ = std::make_unique<ProbePlayer>(
      loop_, ProbeTarget{record_.transport, *address_, close, options_.scale}, std::move(probe),
      [this](Observation observation) { probe_done(std::move(observation)); });
  player_->start();
}

void ProbeRun::probe_done(Observation observation) {
  player_.reset();
  const bool first = record_.observations.empty();
  const bool unreachable =
      first && options_.target &&
      std::any_of(observation.seen.begin(), observation.seen.end(), [](const Seen& seen) {
        return seen.standing == Standing::Refused || seen.standing == Standing::Broke;
      });
  const bool ended = std::any_of(observation.seen.begin(), observation.seen.end(),
                                 [](const Seen& seen) { return seen.standing != Standing::Open; });
  record_.observations.push_back(std::move(observation));
  if (unreachable) {
    const bool tcp = record_.transport == Transport::Tcp;
    return finish(Error{ErrorKind::Unreachable,
                        "nobody listens on " + address_->text() + (tcp ? " (TCP)" : " (UDP)") +
                            "; is the server running, and is that its port?" +
                            (tcp ? " For a UDP server: --transport udp" : "")});
  }
  const bool wait = server_ && ended && !server_is_gone_;
  last_words_.start(wait ? std::chrono::duration_cast<Duration>(kExitGrace * options_.scale)
                         : Duration::zero());
}

void ProbeRun::end_server(std::function<void()> then) {
  look_.stop();
  after_end_ = std::move(then);
  if (!server_) return ended_.start(0ms);
  server_->stop([this] { ended_.start(0ms); });
}

void ProbeRun::interrupt() { finish(std::nullopt); }

void ProbeRun::finish(std::optional<Error> error) {
  if (std::exchange(ending_, true)) return;
  player_.reset();
  retry_.stop();
  last_words_.stop();
  if (server_) {
    record_.output = supervise::last_lines(server_->output().since(0), kOutputLines);
  }
  end_server([this, error = std::move(error)] {
    const auto finished = std::exchange(finished_, nullptr);
    if (!finished) return;
    finished(error ? Result<ProbeRecord>(*error) : Result<ProbeRecord>(std::move(record_)));
  });
}

}  // namespace sockspec::check
