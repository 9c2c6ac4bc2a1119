// StartedServer: a server under test on a port of our own choice.
//
// Takes another port where somebody else had taken the first meanwhile; waits for a fixed one that
// connections of the server before still hold (TIME_WAIT). Lives on the loop's thread;
// must be stopped before it is destroyed.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "io/timer.h"
#include "supervise/ports.h"
#include "supervise/server_under_test.h"

namespace sockspec::supervise {

class StartedServer {
 public:
  // `command.port` 0: a port is chosen. Events as of ServerUnderTest.
  StartedServer(io::Loop& loop, ServerCommand command, ServerUnderTest::Events events);

  void start();
  void stop(std::function<void()> stopped);

  ServerUnderTest& server() { return *server_; }

 private:
  void ready(Result<io::Address> address);
  bool waits_for_port();

  io::Loop& loop_;
  ServerCommand command_;
  ServerUnderTest::Events events_;
  PortRange ports_;
  bool chosen_;
  int starts_ = 0;
  std::uint64_t first_start_ns_ = 0;
  io::Timer again_;
  std::unique_ptr<ServerUnderTest> server_;
};

}  // namespace sockspec::supervise
