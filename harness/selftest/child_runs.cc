#include "selftest/child_runs.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "supervise/child_process.h"

namespace sockspec::selftest {

struct ChildRuns::Child {
  ChildRuns* owner;
  std::size_t place;
  std::uint64_t began_ns;
  io::Handle<uv_process_t> process;
};

ChildRuns::ChildRuns(io::Loop& loop, std::vector<std::vector<std::string>> commands, JobLimit limit)
    : loop_(loop),
      commands_(std::move(commands)),
      spare_(loop, limit, {[this] { return children_.size(); }, [this] { fill(); }}) {}

ChildRuns::~ChildRuns() = default;

void ChildRuns::start(std::function<void(const Ended&)> each, std::function<void()> all_done) {
  each_ = std::move(each);
  all_done_ = std::move(all_done);
  spare_.start();
  fill();
}

void ChildRuns::fill() {
  while (!interrupted_ && next_ < commands_.size() && children_.size() < spare_.limit()) {
    const std::size_t place = next_++;
    std::vector<char*> argv = supervise::pointers_to(commands_[place]);
    uv_stdio_container_t stdio[3] = {};
    stdio[0].flags = stdio[1].flags = UV_IGNORE;
    stdio[2].flags = UV_INHERIT_FD;
    stdio[2].data.fd = STDERR_FILENO;
    uv_process_options_t options = {};
    options.file = argv[0];
    options.args = argv.data();
    options.stdio = stdio;
    options.stdio_count = 3;
    options.exit_cb = [](uv_process_t* process, std::int64_t code, int signal) {
      if (auto* child = static_cast<Child*>(process->data))
        child->owner->child_ended({child->place,
                                   signal != 0 ? 128 + signal : static_cast<int>(code),
                                   Duration(uv_hrtime() - child->began_ns)});
    };
    auto child = std::make_unique<Child>(Child{this, place, uv_hrtime(), {}});
    child->process = io::Handle<uv_process_t>(new uv_process_t());
    child->process->data = child.get();
    const int status = uv_spawn(loop_.get(), child->process.get(), &options);
    if (status != 0) {
      each_({place, 127});
      continue;
    }
    children_.push_back(std::move(child));
  }
  const bool all_started = interrupted_ || next_ >= commands_.size();
  if (all_started) spare_.stop();
  const bool over = children_.empty() && all_started;
  if (over && all_done_) std::exchange(all_done_, nullptr)();
}

void ChildRuns::child_ended(const Ended& ended) {
  std::erase_if(children_, [&](const auto& child) { return child->place == ended.place; });
  each_(ended);
  fill();
}

void ChildRuns::interrupt() {
  interrupted_ = true;
  for (const auto& child : children_) uv_process_kill(child->process.get(), SIGTERM);
}

std::vector<std::size_t> ChildRuns::running() const {
  std::vector<std::size_t> places;
  for (const auto& child : children_) places.push_back(child->place);
  return places;
}

}  // namespace sockspec::selftest
