// ServerUnderTest: one started server, from spawn until nothing of it is left.
//
// The command runs in a session and process group of its own, with default signal dispositions, an
// empty mask, standard input from /dev/null and both outputs drained into a bounded tail. It is
// ready when one of its processes owns the listening socket (TCP) or the bound one (UDP): seen in
// the kernel's table, so no probe connection uses up a one-client server. stop() ends the whole
// family, wherever its members went.
//
// Lives on the loop's thread. Destroying it without stop() kills the family at once.
#pragma once

#include <csignal>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/message.h"
#include "core/profile.h"
#include "core/result.h"
#include "core/scenario.h"
#include "core/time.h"
#include "io/address.h"
#include "io/timer.h"
#include "io/uv_own.h"
#include "supervise/child_process.h"
#include "supervise/kept_waiting.h"
#include "supervise/output_tail.h"
#include "supervise/own_time.h"
#include "supervise/process_table.h"

namespace sockspec::supervise {

struct ServerCommand {
  std::vector<std::string> argv;  // "{port}" and "{host}" are replaced
  // Words before argv: a sandbox around the server (supervise/sandbox_words.h). Where there are
  // any, an exit code above 128 is read as the signal that ended the server, since sandboxes say it
  // so.
  std::vector<std::string> wrapper = {};
  std::string host = "127.0.0.1";
  bool host_given = false;  // connect to `host`, not to where the server is seen to listen
  std::uint16_t port = 0;   // the one it is asked to listen on
  Transport transport = Transport::Tcp;
  Duration start_limit{};
  Duration stop_limit = std::chrono::seconds(2);  // from SIGTERM to SIGKILL
};

class ServerUnderTest {
 public:
  struct Events {
    std::function<void(Result<io::Address>)> ready;  // once: where it listens, or why it does not
    std::function<void(Message)> gone;               // once, after it was ready, unless stopped
  };

  ServerUnderTest(io::Loop& loop, ServerCommand command, Events events);
  ~ServerUnderTest();
  ServerUnderTest(const ServerUnderTest&) = delete;
  ServerUnderTest& operator=(const ServerUnderTest&) = delete;

  void start();

  // SIGTERM, after the stop limit SIGKILL, for every process of the family; `stopped` when all are
  // gone.
  void stop(std::function<void()> stopped);

  // SIGTERM and nothing more; `gone` is told once every process of the family has ended.
  void terminate();

  void signal(int number) { signal_family(number); }

  // SIGKILL at once; stop() still has to be waited for.
  void kill_now() {
    if (pid() > 0) signal_family(SIGKILL);
  }

  // What all its processes use together; none where the system does not tell.
  std::optional<std::uint64_t> sample(Resource resource, const io::Address& server);
  // Nanoseconds that they used so far, and that they had to wait for a processor since the first
  // call. None where the system does not tell.
  std::optional<std::uint64_t> processor_time_wanted();

  std::optional<std::uint64_t> context_switches();  // of all its processes, so far
  std::optional<Activity> activity();

  pid_t pid() const { return process_.pid(); }
  bool running() const { return running_; }

  // stop() had to kill it, or one of its processes.
  bool ignored_sigterm() const { return ignored_sigterm_; }

  const OutputTail& output() const { return output_; }

  // How it ended: "exit.code", "exit.signal". Empty while it runs.
  const Message& how_it_ended() const { return how_; }

  // The start failed because somebody else has the port; another one may do.
  bool port_was_taken() const { return port_taken_; }

 private:
  struct Pipe;

  Result<Nothing> spawn();
  void look_for_socket();
  std::optional<io::Address> owned_address(const std::vector<ProcessInfo>& family) const;
  std::optional<Error> wrong_port(const std::vector<ProcessInfo>& family);
  void settle(Result<io::Address> result);
  void on_exit(std::int64_t code, int signal);
  std::string last_words() const;
  void take_output(std::string_view bytes, bool standard_output);
  std::vector<ProcessInfo> family();
  void end_family();
  void look_whether_gone();
  void signal_family(int signal);

  io::Loop& loop_;
  ServerCommand command_;
  Events events_;
  std::string marker_;
  ChildProcess process_;
  io::Timer look_;
  io::Timer end_;
  io::Timer terminating_look_;
  std::unique_ptr<Pipe> standard_output_;
  std::unique_ptr<Pipe> standard_error_;
  bool running_ = false;
  bool settled_ = false;
  bool port_taken_ = false;
  bool ignored_sigterm_ = false;
  bool terminating_ = false;
  bool daemonized_ = false;  // the started process has gone, the server lives on in another
  std::set<pid_t> members_;  // every process that ever belonged to the family
  KeptWaiting kept_waiting_;
  int empty_looks_ = 0;  // so many looks at the processes in a row found none of them alive
  std::uint64_t started_ns_ = 0;
  std::uint64_t wrong_port_since_ns_ = 0;
  OutputTail output_;
  std::string first_output_;  // until the READY line was found, bounded
  Message how_;
  std::function<void()> stopped_;
  std::uint64_t stop_began_ns_ = 0;
};

}  // namespace sockspec::supervise
