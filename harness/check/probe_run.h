// ProbeRun: one probe after another with one server, which is started again when it does not
// survive.
//
// Where nobody says which transport it speaks, the socket that the started server opens does. Lives
// on the loop's thread, from construction until `finished` was called.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check/probe_player.h"
#include "core/probe.h"
#include "core/result.h"
#include "supervise/ports.h"
#include "supervise/server_under_test.h"

namespace sockspec::check {

struct ProbeOptions {
  std::vector<std::string> command;   // a server to start ...
  std::vector<std::string> wrapper;   // ... with these words before it ...
  std::optional<io::Address> target;  // ... or one that runs already
  std::string host = "127.0.0.1";
  bool host_given = false;
  std::optional<std::uint16_t> port;  // a fixed one
  std::optional<Transport> transport;
  Duration start_limit{};
  double scale = 1.0;
};

struct ProbeRecord {
  Transport transport = Transport::Tcp;
  std::string address;
  std::vector<Observation> observations;
  std::string output;  // the last the server printed
};

class ProbeRun {
 public:
  // The probe to be played next; none = that is all.
  using Next =
      std::function<std::optional<Probe>(Transport, const std::vector<Observation>& so_far)>;

  ProbeRun(io::Loop& loop, ProbeOptions options, Next next);

  // `finished` is called once, when the server is gone. An error means that none could be started
  // or reached, or that its transport is not clear.
  void start(std::function<void(Result<ProbeRecord>)> finished);

  // Ends early, with what was observed so far.
  void interrupt();

 private:
  void start_server();
  void look_for_datagram_socket();
  void server_ready(const Result<io::Address>& address);
  void server_gone(Message how);
  void play_next();
  void play(Probe probe);
  void probe_done(Observation observation);
  void end_server(std::function<void()> then);
  void finish(std::optional<Error> error);

  io::Loop& loop_;
  ProbeOptions options_;
  Next next_;
  std::function<void(Result<ProbeRecord>)> finished_;
  supervise::PortRange ports_;
  std::uint16_t port_ = 0;
  std::optional<io::Address> address_;
  std::unique_ptr<supervise::ServerUnderTest> server_;
  bool server_is_gone_ = false;
  bool transport_known_ = false;
  int starts_ = 0;
  std::uint64_t start_began_ns_ = 0;
  std::uint64_t datagram_socket_since_ns_ = 0;
  std::unique_ptr<ProbePlayer> player_;
  ProbeRecord record_;
  bool ending_ = false;
  io::Timer look_;        // for a bound UDP socket
  io::Timer retry_;       // the port was still taken
  io::Timer last_words_;  // a server's exit is told a little after its connections end
  io::Timer ended_;       // outside of the server's own callback
  std::function<void()> after_end_;
};

}  // namespace sockspec::check
