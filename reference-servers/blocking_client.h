// Plain blocking clients for tests. Every wait has a limit (kPatience); a test that runs into one
// sees less than it expected.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "reference-servers/file_descriptor.h"
#include "reference-servers/running_server.h"

namespace sockspec::reference {

enum class Ending { Fin, Reset, Open };  // Open: neither came in time

// For a failed expectation to be readable.
std::string to_string(Ending ending);

struct Received {
  std::string bytes;
  Ending ending = Ending::Open;
};

struct TcpClientOptions {
  std::string host{};            // empty: the host that the server said
  int receive_buffer_bytes = 0;  // SO_RCVBUF, set before connect; 0: the kernel's choice
};

class TcpClient {
 public:
  explicit TcpClient(const RunningServer& server, const TcpClientOptions& options = {});

  bool connected() const { return connected_; }
  int descriptor() const { return socket_.get(); }

  // False when the server no longer takes bytes. SIGPIPE is not raised.
  bool send(std::string_view bytes);

  // Sends zero bytes until nothing has moved for the time given, or the most is sent. Returns how
  // many were taken.
  std::size_t send_until_stalled(std::size_t most, std::chrono::milliseconds stalled);

  void end();    // FIN: half-close
  void reset();  // RST
  void close();

  // Exactly count bytes, or what came before the end or the time limit.
  std::string receive(std::size_t count);
  Received receive_to_end();
  std::string exchange(std::string_view bytes);  // send, then receive as many

  // Nothing arrives, not even an end, for this time.
  bool quiet_for(std::chrono::milliseconds time);

 private:
  FileDescriptor socket_;
  bool connected_ = false;
};

// Connected, so that only what comes from the very address and port it asks is received.
class UdpClient {
 public:
  explicit UdpClient(const RunningServer& server, const std::string& host = {});

  bool send(std::string_view datagram);
  std::optional<std::string> receive(std::chrono::milliseconds within = kPatience);
  std::optional<std::string> exchange(std::string_view datagram);

 private:
  FileDescriptor socket_;
};

}  // namespace sockspec::reference
