#include "supervise/started_server.h"

#include <unistd.h>

#include <utility>

namespace sockspec::supervise {
namespace {

constexpr int kMostStarts = 12;

}  // namespace

StartedServer::StartedServer(io::Loop& loop, ServerCommand command, ServerUnderTest::Events events)
    : loop_(loop),
      command_(std::move(command)),
      events_(std::move(events)),
      ports_(static_cast<std::uint64_t>(getpid()) * 7919 + uv_hrtime()),
      chosen_(command_.port == 0) {}

void StartedServer::start() {
  ++starts_;
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
  const bool again = !address && chosen_ && server_->port_was_taken() && starts_ < kMostStarts;
  if (!again) return events_.ready(std::move(address));
  server_->stop([this] { io::soon(loop_, [this] { start(); }); });
}

void StartedServer::stop(std::function<void()> stopped) {
  if (!server_) return io::soon(loop_, std::move(stopped));
  server_->stop([this, stopped = std::move(stopped)] {
    io::soon(loop_, [this, stopped] {
      server_.reset();
      stopped();
    });
  });
}

}  // namespace sockspec::supervise
