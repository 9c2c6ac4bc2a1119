#include "supervise/started_server.h"

#include <unistd.h>

#include <utility>

#include "supervise/socket_table.h"

namespace sockspec::supervise {
namespace {

using namespace std::chrono_literals;

constexpr int kMostStarts = 12;
constexpr Duration kTimeWaitLimit = 70s;  // TIME_WAIT lasts 60 s on Linux
constexpr Duration kLookAgain = 200ms;

}  // namespace

StartedServer::StartedServer(io::Loop& loop, ServerCommand command, ServerUnderTest::Events events)
    : loop_(loop),
      command_(std::move(command)),
      events_(std::move(events)),
      ports_(static_cast<std::uint64_t>(getpid()) * 7919 + uv_hrtime()),
      chosen_(command_.port == 0),
      again_(loop, [this] { start(); }) {}

void StartedServer::start() {
  if (starts_++ == 0) first_start_ns_ = uv_hrtime();
  if (chosen_) {
    const Result<std::uint16_t> port = ports_.next();
    if (!port) {
      return io::soon(loop_, [ready = events_.ready, error = port.error()] { ready(error); });
    }
    command_.port = *port;
  }
  server_ = std::make_unique<ServerUnderTest>(
      loop_, command_,
      ServerUnderTest::Events{[this](Result<io::Address> address) { ready(std::move(address)); },
                              [this](Message how) { events_.gone(std::move(how)); }});
  server_->start();
}

void StartedServer::ready(Result<io::Address> address) {
  const bool taken = !address && server_->port_was_taken();
  const bool again = taken && (chosen_ ? starts_ < kMostStarts : waits_for_port());
  if (!again) return events_.ready(std::move(address));
  server_->stop([this] { again_.start(chosen_ ? 0ms : kLookAgain); });
}

// A server that does not ask for the reuse of its port cannot bind it meanwhile.
bool StartedServer::waits_for_port() {
  const Duration taken(uv_hrtime() - first_start_ns_);
  if (time_wait_count(command_.port) == 0 || taken > kTimeWaitLimit) return false;
  end_time_wait(command_.port);
  return true;
}

void StartedServer::stop(std::function<void()> stopped) {
  again_.stop();
  if (!server_) return io::soon(loop_, std::move(stopped));
  server_->stop([this, stopped = std::move(stopped)] {
    io::soon(loop_, [this, stopped] {
      server_.reset();
      stopped();
    });
  });
}

}  // namespace sockspec::supervise
