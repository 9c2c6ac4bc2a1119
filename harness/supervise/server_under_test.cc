#include "supervise/server_under_test.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <regex>
#include <set>
#include <utility>

#include "core/excerpt.h"
#include "core/exit_codes.h"
#include "supervise/resources.h"
#include "supervise/socket_table.h"
#include "supervise/start_error.h"

extern char** environ;

namespace sockspec::supervise {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLookSoon = 2ms;
constexpr Duration kLookLater = 10ms;
constexpr Duration kLookRarely = 25ms;
constexpr Duration kGraceForWrongPort = 700ms;  // a server may open another port first
constexpr Duration kKillLimit =
    3s;  // after SIGKILL; a process stuck in the kernel cannot be waited for
constexpr std::size_t kFirstOutput = 4096;
constexpr std::size_t kLastWords = 5;  // lines
// While one process forks and exits, a look at the table may miss its child; so many do not.
constexpr int kEmptyLooks = 3;

Duration since(std::uint64_t ns) { return Duration(uv_hrtime() - ns); }

std::string replaced(std::string text, std::string_view what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

// The processes that libuv waits for, of every instance. reap_orphans() must leave them alone: an
// exit status that it collected first would never be told, and the server would seem to run on.
std::set<pid_t>& waited_for() {
  static std::set<pid_t> pids;
  return pids;
}

std::string unique_marker() {
  static std::atomic<unsigned> count{0};
  // The time, too: in another namespace there may be a process of our number.
  return "SOCKSPEC_INSTANCE=" + std::to_string(getpid()) + "-" + std::to_string(uv_hrtime()) + "-" +
         std::to_string(++count);
}

bool says_address_in_use(const std::string& output) {
  for (const char* const words :
       {"ddress already in use", "EADDRINUSE", "ddress in use", "Errno 98"}) {
    if (output.find(words) != std::string::npos) return true;
  }
  return false;
}

std::string port_text(std::uint16_t port) { return std::to_string(port); }

bool nobody_lives(const std::vector<ProcessInfo>& processes) {
  return std::all_of(processes.begin(), processes.end(),
                     [](const ProcessInfo& process) { return process.state == 'Z'; });
}

}  // namespace

// The read end of a pipe whose write end the server holds. A pipe and not libuv's socket pair,
// because programs open /dev/stderr, which cannot be done on a socket.
struct ServerUnderTest::Pipe {
  io::Handle<uv_pipe_t> handle;
  std::function<void(std::string_view)> take;
  char buffer[64 * 1024];

  // Returns the write end, or -1 with errno.
  int open(io::Loop& loop) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    int status = 0;
    handle = io::open_handle<uv_pipe_t>(
        loop.get(), [](uv_loop_t* on, uv_pipe_t* pipe) { return uv_pipe_init(on, pipe, 0); }, this,
        &status);
    if (status == 0) status = uv_pipe_open(handle.get(), ends[0]);
    if (status != 0) {
      ::close(ends[0]);
      ::close(ends[1]);
      errno = -status;
      return -1;
    }
    uv_read_start(
        reinterpret_cast<uv_stream_t*>(handle.get()),
        [](uv_handle_t* h, std::size_t, uv_buf_t* buf) {
          auto* self = static_cast<Pipe*>(h->data);
          *buf = self ? uv_buf_init(self->buffer, sizeof self->buffer) : uv_buf_init(nullptr, 0);
        },
        [](uv_stream_t* stream, ssize_t n, const uv_buf_t* buf) {
          auto* self = static_cast<Pipe*>(stream->data);
          if (!self) return;
          if (n > 0) self->take({buf->base, static_cast<std::size_t>(n)});
          if (n < 0) uv_read_stop(stream);
        });
    return ends[1];
  }
};

ServerUnderTest::ServerUnderTest(io::Loop& loop, ServerCommand command, Events events)
    : loop_(loop),
      command_(std::move(command)),
      events_(std::move(events)),
      marker_(unique_marker()),
      process_(loop, [this](std::int64_t code, int signal) { on_exit(code, signal); }),
      look_(loop, [this] { look_for_socket(); }),
      end_(loop, [this] { end_family(); }),
      terminating_look_(loop, [this] { look_whether_gone(); }) {}

ServerUnderTest::~ServerUnderTest() {
  if (pid() > 0 && (running_ || daemonized_)) signal_family(SIGKILL);
  waited_for().erase(pid());
}

void ServerUnderTest::start() {
  started_ns_ = uv_hrtime();
  if (auto spawned = spawn(); !spawned) {
    // Not from inside the caller: whoever starts us is not prepared for an answer yet.
    events_.gone = nullptr;
    settled_ = true;
    io::soon(loop_, [ready = events_.ready, error = spawned.error()] { ready(error); });
    return;
  }
  look_.start(kLookSoon);
}

Result<Nothing> ServerUnderTest::spawn() {
  const auto harness = [](const std::string& what, int error) {
    return Error{ErrorKind::Harness, what + ": " + std::strerror(error)};
  };
  standard_output_ = std::make_unique<Pipe>();
  standard_error_ = std::make_unique<Pipe>();
  standard_output_->take = [this](std::string_view bytes) { take_output(bytes, true); };
  standard_error_->take = [this](std::string_view bytes) { take_output(bytes, false); };
  const int out = standard_output_->open(loop_);
  if (out < 0) return harness("no pipe for the server's output", errno);
  const int err = standard_error_->open(loop_);
  if (err < 0) {
    const int error = errno;
    ::close(out);
    return harness("no pipe for the server's output", error);
  }

  std::vector<std::string> arguments = command_.wrapper;
  for (const std::string& argument : command_.argv) {
    arguments.push_back(
        replaced(replaced(argument, "{port}", port_text(command_.port)), "{host}", command_.host));
  }
  std::vector<std::string> environment;
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view line = *entry;
    const bool ours = line.starts_with("PORT=") || line.starts_with("SOCKSPEC_PORT=") ||
                      line.starts_with("SOCKSPEC_INSTANCE=");
    if (!ours) environment.emplace_back(line);
  }
  environment.push_back("PORT=" + port_text(command_.port));
  environment.push_back("SOCKSPEC_PORT=" + port_text(command_.port));
  environment.push_back(marker_);
  const std::string name = arguments[0];
  const int status = process_.start({std::move(arguments), std::move(environment), out, err});
  ::close(out);
  ::close(err);
  if (status != 0) return could_not_be_started(name, status == ENOENT ? "" : uv_strerror(-status));
  waited_for().insert(pid());
  running_ = true;
  return Nothing{};
}

// A member that is dying has lost its environment, and so its mark, before it lets go of its
// sockets: those that were seen once are remembered.
std::vector<ProcessInfo> ServerUnderTest::family() {
  std::set<pid_t> others = waited_for();
  others.erase(pid());
  const std::vector<ProcessInfo> all = processes_in_reach(others);
  std::vector<ProcessInfo> found = family_of(pid(), marker_, all);
  std::set<pid_t> listed;
  for (const ProcessInfo& process : found) listed.insert(process.pid);
  for (const ProcessInfo& process : all) {
    const bool somebody_elses = waited_for().contains(process.pid) && process.pid != pid();
    const bool remembered =
        members_.contains(process.pid) && process.parent == getpid() && !somebody_elses;
    if (remembered && listed.insert(process.pid).second) found.push_back(process);
  }
  members_.merge(listed);
  return found;
}

void ServerUnderTest::take_output(std::string_view bytes, bool standard_output) {
  output_.append(bytes);
  if (!standard_output || settled_ || first_output_.size() >= kFirstOutput) return;
  first_output_ += bytes.substr(0, kFirstOutput - first_output_.size());
  static const std::regex kReady(R"((^|\n)READY \S*?:(\d{1,5})\s)");
  std::smatch match;
  if (std::regex_search(first_output_, match, kReady)) {
    const int port = std::stoi(match[2].str());
    if (port >= 1 && port <= 65535) command_.port = static_cast<std::uint16_t>(port);
  }
}

void ServerUnderTest::look_for_socket() {
  if (settled_) return;
  const std::vector<BoundSocket> sockets = bound_sockets(command_.transport);
  const bool present = std::any_of(sockets.begin(), sockets.end(), [&](const BoundSocket& s) {
    return s.local.port() == command_.port;
  });
  const std::vector<ProcessInfo> processes = present ? family() : std::vector<ProcessInfo>();
  if (present) {
    if (const auto address = owned_address(processes)) return settle(*address);
  }
  if (!running_) empty_looks_ = nobody_lives(family()) ? empty_looks_ + 1 : 0;
  if (empty_looks_ >= kEmptyLooks) {  // though somebody else may listen on that port
    port_taken_ = says_address_in_use(output_.since(0));
    return settle(exited_early(how_, command_.port, last_words()));
  }
  if (since(started_ns_) > 300ms) {
    if (const auto error = wrong_port(present ? processes : family())) return settle(*error);
  }
  if (since(started_ns_) > command_.start_limit) {
    return settle(
        never_listened(command_.transport, command_.port, command_.start_limit, last_words()));
  }
  const Duration age = since(started_ns_);
  look_.start(age < 50ms ? kLookSoon : age < 300ms ? kLookLater : kLookRarely);
}

std::optional<io::Address> ServerUnderTest::owned_address(
    const std::vector<ProcessInfo>& processes) const {
  const Result<io::Address> asked = io::Address::resolve(command_.host, command_.port);
  std::optional<io::Address> found;
  for (const BoundSocket& socket : bound_sockets(command_.transport)) {
    if (socket.local.port() != command_.port || !holds_socket(processes, socket.inode)) continue;
    if (command_.host_given && asked) return *asked;
    if (!socket.local.is_any()) {
      if (!found || (asked && socket.local == *asked)) found = socket.local;
      continue;
    }
    // Bound to every address: talk to it over loopback, IPv4 where it takes that.
    const bool v6_only =
        socket.local.family() == AF_INET6 && command_.host.find(':') != std::string::npos;
    const Result<io::Address> loopback =
        io::Address::numeric(v6_only ? "::1" : "127.0.0.1", command_.port);
    found = *loopback;
  }
  return found;
}

std::optional<Error> ServerUnderTest::wrong_port(const std::vector<ProcessInfo>& processes) {
  for (const BoundSocket& socket : bound_sockets(command_.transport)) {
    const std::uint16_t port = socket.local.port();
    if (port == command_.port || port == 0 || !holds_socket(processes, socket.inode)) continue;
    if (wrong_port_since_ns_ == 0) wrong_port_since_ns_ = uv_hrtime();
    if (since(wrong_port_since_ns_) < kGraceForWrongPort) return std::nullopt;
    return listens_on_another_port(port, command_.port);
  }
  return std::nullopt;
}

void ServerUnderTest::settle(Result<io::Address> result) {
  settled_ = true;
  daemonized_ = !running_ && (result.ok() || empty_looks_ == 0);
  look_.stop();
  const auto ready = events_.ready;
  ready(std::move(result));
}

std::string ServerUnderTest::last_words() const { return last_lines(output_.since(0), kLastWords); }

void ServerUnderTest::on_exit(std::int64_t code, int signal) {
  running_ = false;
  waited_for().erase(pid());
  if (signal == 0 && !command_.wrapper.empty() && code > kSignalBase && code < kSignalBase + NSIG)
    signal = static_cast<int>(code) - kSignalBase;
  how_ = signal != 0 ? Message{"exit.signal",
                               {{"signal", std::to_string(signal)}, {"name", strsignal(signal)}}}
                     : Message{"exit.code", {{"code", std::to_string(code)}}};
  if (stopped_) return end_family();
  if (terminating_) return look_whether_gone();
  const std::vector<ProcessInfo> rest = family();
  daemonized_ = !nobody_lives(rest);  // or it is a wrapper that left its server behind
  // The pipes may still hold its last words; look_for_socket tells once they are in.
  if (!settled_) return look_.start(20ms);
  daemonized_ = daemonized_ && owned_address(rest).has_value();
  if (daemonized_) return;
  if (const auto gone = std::exchange(events_.gone, nullptr)) gone(how_);
}

void ServerUnderTest::terminate() {
  terminating_ = true;
  empty_looks_ = 0;
  signal_family(SIGTERM);
  terminating_look_.start(kLookSoon);
}

void ServerUnderTest::look_whether_gone() {
  if (!terminating_ || !events_.gone) return;
  reap_orphans(waited_for());
  empty_looks_ = !running_ && nobody_lives(family()) ? empty_looks_ + 1 : 0;
  const int looks = members_.size() > 1 ? kEmptyLooks : 1;
  if (empty_looks_ < looks) return terminating_look_.start(kLookLater);
  std::exchange(events_.gone, nullptr)(how_);
}

std::optional<std::uint64_t> ServerUnderTest::context_switches() {
  return supervise::context_switches(family());
}

std::optional<Activity> ServerUnderTest::activity() { return activity_of(threads_of(family())); }

std::optional<std::uint64_t> ServerUnderTest::processor_time_wanted() {
  const std::vector<ProcessInfo> processes = family();
  const auto used = measure(Resource::Cpu, processes, {});
  kept_waiting_.look(threads_of(processes).living);
  if (!used) return std::nullopt;
  return *used + static_cast<std::uint64_t>(kept_waiting_.total().count());
}

std::optional<std::uint64_t> ServerUnderTest::sample(Resource resource, const io::Address& server) {
  return measure(resource, family(), server);
}

void ServerUnderTest::stop(std::function<void()> stopped) {
  events_.gone = nullptr;
  settled_ = true;
  look_.stop();
  terminating_look_.stop();
  stopped_ = std::move(stopped);
  stop_began_ns_ = uv_hrtime();
  empty_looks_ = 0;
  if (pid() > 0) {
    signal_family(SIGTERM);
    signal_family(SIGCONT);  // what is stopped does not hear SIGTERM
  }
  end_.start(0ms);
}

// Until nothing of it is left.
void ServerUnderTest::end_family() {
  if (!stopped_) return;
  reap_orphans(waited_for());
  const Duration taken = since(stop_began_ns_);
  // on_exit() tells of the end of the first; as long as it lives nobody needs to look for the rest.
  if (running_ && taken <= command_.stop_limit)
    return end_.start(command_.stop_limit - taken + kLookSoon);
  std::vector<ProcessInfo> rest;
  if (pid() > 0) rest = family();
  empty_looks_ = !running_ && nobody_lives(rest) ? empty_looks_ + 1 : 0;
  const bool over = empty_looks_ >= (members_.size() > 1 ? kEmptyLooks : 1);
  if (over || taken > command_.stop_limit + kKillLimit) {
    end_.stop();
    daemonized_ = false;
    const auto stopped = std::exchange(stopped_, nullptr);
    return stopped();
  }
  // Members that came up after the first signal get theirs too.
  if (taken > command_.stop_limit) {
    ignored_sigterm_ = true;
    signal_family(SIGKILL);
  }
  end_.start(taken < 50ms ? kLookSoon : kLookLater);
}

void ServerUnderTest::signal_family(int signal) {
  const std::vector<ProcessInfo> members = family();
  // Once the leader was waited for and its group is empty, the number may be another program's.
  const bool group_is_ours =
      running_ || std::any_of(members.begin(), members.end(),
                              [&](const ProcessInfo& process) { return process.group == pid(); });
  if (group_is_ours) kill(-pid(), signal);
  for (const ProcessInfo& process : members) {
    if (process.group != pid() && process.state != 'Z') kill(process.pid, signal);
  }
}

}  // namespace sockspec::supervise
