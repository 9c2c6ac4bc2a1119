// RunningServer: a reference server in a process of its own, for tests.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "reference-servers/file_descriptor.h"
#include "reference-servers/serve.h"

namespace sockspec::reference {

// How long a test waits for what must come; only a failing test waits this long.
constexpr std::chrono::seconds kPatience{10};

// Forks on construction and returns when the first line of output has come. The server is stopped
// on destruction, and a test whose server then does not end with exit code 0 (a crash, a leaked
// handle, a sanitizer's finding) fails. Not thread-safe.
class RunningServer {
 public:
  struct Exit {
    std::optional<int> code;             // none: it was killed by a signal
    std::chrono::milliseconds returned;  // from the signal to the return of the serve function
    std::string output;                  // all it wrote after the first line
  };

  // in_child runs in the new process before the server does: to set limits, for instance.
  explicit RunningServer(std::string_view profile, const ServeOptions& options = {},
                         const std::function<void()>& in_child = {});
  ~RunningServer();
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  const std::string& first_line() const { return first_line_; }  // without its line end
  const std::string& host() const { return host_; }              // of the READY line
  std::uint16_t port() const { return port_; }                   // 0: there was no READY line

  // Sends the signal (0 for none) and waits for the end. Once.
  Exit stop(int signal);

  std::size_t resident_bytes() const;  // VmRSS
  std::size_t open_descriptors() const;
  std::chrono::milliseconds cpu_time() const;  // user and system, in clock ticks of 10 ms

 private:
  std::string read_line();

  pid_t pid_ = -1;  // -1 after stop()
  FileDescriptor output_;
  std::string first_line_, host_;
  std::uint16_t port_ = 0;
};

// For what only /proc shows: asks every 10 ms until the condition holds. False at the time limit.
bool eventually(const std::function<bool()>& condition);

}  // namespace sockspec::reference
