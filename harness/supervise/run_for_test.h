// Starting servers in the tests of supervise: small programs in Python or shell. Test code only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "supervise/server_under_test.h"

namespace sockspec::supervise::test {

// A Python program that imports what servers need. `port` is its first argument.
std::vector<std::string> python(const std::string& program);

// Listens on 127.0.0.1:port, then does `afterwards`; by default it waits for ever.
std::vector<std::string> listening(const std::string& afterwards = "time.sleep(1000)");

std::vector<std::string> shell(const std::string& program);

std::uint16_t free_port();

// One server with its loop, and what it told.
class ServerRun {
 public:
  explicit ServerRun(std::vector<std::string> argv);
  ~ServerRun();

  ServerCommand command;

  // Until it is ready or has failed to become so.
  bool starts();
  bool ends();  // by itself, after it was ready
  bool stops();
  bool prints(const std::string& text);

  bool ready() const { return told && told->ok(); }
  // "start.exited code=3 port=…", or the text of an error that has no message.
  std::string error() const;
  std::string output() const { return server->output().since(0); }

  io::Loop loop;
  std::unique_ptr<ServerUnderTest> server;
  std::optional<Result<io::Address>> told;
  int ready_calls = 0;
  std::vector<Message> gone;
};

// Processes that descend from this one and are not dead: "" or their names, for a message.
std::string survivors();

}  // namespace sockspec::supervise::test
