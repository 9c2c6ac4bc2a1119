#include "grade/room.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <utility>

#include "core/exit_codes.h"
#include "grade/room_script.h"
#include "io/descriptor.h"
#include "reports/check_json.h"
#include "scenario/read_file.h"
#include "supervise/child_process.h"
#include "supervise/memory_of_descendants.h"
#include "supervise/process_table.h"

namespace sockspec::grade {
namespace {

using namespace std::chrono_literals;

constexpr Duration kLookAgain = 100ms;
constexpr Duration kTimeToTell = 5s;  // for a check that was told to end and writes its report
constexpr Duration kEmptyAgain = 2ms;
constexpr Duration kTimeToDie = 5s;  // then what is left is killed, each by itself
constexpr std::size_t kMostSaid = 4096;

// The rooms that run now: their first processes, and what is below them, are not left-overs.
std::set<pid_t>& running() {
  static std::set<pid_t> pids;
  return pids;
}

Duration since(std::uint64_t ns) { return Duration(uv_hrtime() - ns); }

std::string first_bytes(const std::string& path, std::size_t most) {
  std::ifstream file(path, std::ios::binary);
  std::string text(most, '\0');
  file.read(text.data(), static_cast<std::streamsize>(most));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return text;
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

std::optional<int> number_in(const std::string& path) {
  const std::string text = trimmed(first_bytes(path, 16));
  if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos || text.size() > 6)
    return std::nullopt;
  return std::stoi(text);
}

std::set<pid_t> all_below(std::set<pid_t> members, const std::vector<supervise::ProcessInfo>& all) {
  for (std::size_t before = 0; before != members.size();) {
    before = members.size();
    for (const supervise::ProcessInfo& process : all) {
      if (members.contains(process.parent)) members.insert(process.pid);
    }
  }
  return members;
}

// What is below us and in no room that runs.
std::vector<pid_t> left_over() {
  const std::vector<supervise::ProcessInfo> all = supervise::own_descendants();
  const std::set<pid_t> known = all_below(running(), all);
  std::vector<pid_t> left;
  for (const supervise::ProcessInfo& process : all) {
    if (!known.contains(process.pid)) left.push_back(process.pid);
  }
  return left;
}

// The check of a room: the process that is called as we are. A server that takes our name gets a
// signal more; that is all.
void tell_check_to_end(pid_t room) {
  for (const pid_t pid : all_below({room}, supervise::own_descendants())) {
    const std::string name = first_bytes("/proc/" + std::to_string(pid) + "/comm", 32);
    if (trimmed(name) == "sockspec") kill(pid, SIGTERM);
  }
}

}  // namespace

Room::Room(io::Loop& loop, std::vector<std::string> words, StagedRoom staged, std::uint64_t memory,
           Duration time)
    : loop_(loop),
      words_(std::move(words)),
      staged_(std::move(staged)),
      memory_(memory),
      time_(time),
      look_(loop, [this] { look(); }),
      empty_(loop, [this] { wait_until_empty(); }) {}

Room::~Room() {
  if (pid_ > 0) kill(pid_, SIGKILL);
  running().erase(pid_);
}

void Room::start(std::function<void()> ended) {
  ended_ = std::move(ended);
  started_ns_ = uv_hrtime();
  const io::Descriptor errors(
      open(staged_.errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  std::vector<char*> argv = supervise::pointers_to(words_);
  uv_stdio_container_t stdio[3] = {};
  stdio[0].flags = stdio[1].flags = UV_IGNORE;
  stdio[2].flags = errors.get() >= 0 ? UV_INHERIT_FD : UV_IGNORE;
  stdio[2].data.fd = errors.get();
  uv_process_options_t options = {};
  options.file = argv[0];
  options.args = argv.data();
  options.stdio = stdio;
  options.stdio_count = 3;
  // Ctrl-C is for us, who then end the rooms; not for each of them at once.
  options.flags = UV_PROCESS_DETACHED;
  options.exit_cb = [](uv_process_t* process, std::int64_t code, int signal) {
    if (auto* room = static_cast<Room*>(process->data))
      room->exited(signal != 0 ? kSignalBase + signal : static_cast<int>(code));
  };
  process_ = io::Handle<uv_process_t>(new uv_process_t());
  process_->data = this;
  const int status = uv_spawn(loop_.get(), process_.get(), &options);
  if (status != 0) {
    start_error_ = words_[0] + ": " + uv_strerror(status);
    ended_ns_ = uv_hrtime();
    empty_.start(0ms);
    return;
  }
  pid_ = process_->pid;
  running().insert(pid_);
  look_.start(kLookAgain);
}

void Room::look() {
  if (pid_ <= 0) return;
  if (since(started_ns_) > time_ && stopped_ == Stopped::No) return stop(Stopped::Time);
  const bool too_much = supervise::descendants_use_more(pid_, memory_);
  if (too_much && stopped_ == Stopped::No) {
    stopped_ = Stopped::Memory;
    told_ns_ = uv_hrtime();
  }
  if (told_ns_ != 0) tell_check_to_end(pid_);  // the second time it waits for no server
  // While it tells it still uses memory; there is an end to that, too.
  if (told_ns_ != 0 &&
      (since(told_ns_) > kTimeToTell || supervise::descendants_use_more(pid_, 2 * memory_)))
    kill(pid_, SIGKILL);
  look_.start(kLookAgain);
}

void Room::stop(Stopped why) {
  if (stopped_ == Stopped::No) stopped_ = why;
  if (pid_ > 0) kill(pid_, SIGKILL);
}

void Room::exited(int code) {
  running().erase(pid_);
  pid_ = 0;
  exit_code_ = code;
  ended_ns_ = uv_hrtime();
  look_.stop();
  wait_until_empty();
}

// The kernel ends the processes of a room a moment after its first; without a sandbox nobody does.
void Room::wait_until_empty() {
  supervise::reap_orphans(running());
  const std::vector<pid_t> left = left_over();
  if (left.empty()) {
    const auto ended = std::exchange(ended_, nullptr);
    return ended();  // which may be the end of us
  }
  if (since(ended_ns_) > kTimeToDie || words_[0] == "sh") {
    for (const pid_t pid : left) kill(pid, SIGKILL);
  }
  empty_.start(kEmptyAgain);
}

RoomRecord Room::record() const {
  const auto path = [&](const char* name) { return staged_.report + "/" + name; };
  RoomRecord record;
  record.stopped = stopped_;
  record.stage = trimmed(first_bytes(path(kStageFile), 16));
  record.step = static_cast<std::size_t>(number_in(path(kStepFile)).value_or(0));
  record.built = number_in(path(kBuiltFile));
  record.output = first_bytes(path(kOutputFile), 1 << 20);
  record.exit_code = exit_code_;
  record.said = trimmed(first_bytes(staged_.errors, kMostSaid));
  if (!start_error_.empty()) record.said = start_error_;
  record.duration = Duration(ended_ns_ - started_ns_);
  const Result<std::string> text = scenario::read_file(path(kCheckFile));
  if (!text) return record;
  Result<CheckReport> report = reports::check_report_from_json(*text, kCheckFile);
  if (report) record.report = std::move(*report);
  if (!report) record.said = report.error().text;
  return record;
}

}  // namespace sockspec::grade
