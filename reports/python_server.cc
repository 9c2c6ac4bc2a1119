// PythonWriter: the server's processes, and time.
#include <chrono>

#include "reports/python_body.h"

namespace sockspec::reports {
namespace {

std::string measure_of(Resource resource) {
  switch (resource) {
    case Resource::Descriptors: return "open_files";
    case Resource::CloseWait: return "unclosed_connections";
    case Resource::Cpu: return "cpu_percent";
    case Resource::Memory: return "megabytes";
    case Resource::Zombies: return "zombies";
  }
  return {};
}

std::string in_unit(Resource resource, std::uint64_t value) {
  constexpr std::uint64_t kMegabyte = 1024 * 1024;
  return std::to_string(resource == Resource::Memory ? value / kMegabyte : value);
}

}  // namespace

void PythonWriter::sample(const Deed& deed, const move::Sample& sample) {
  const step::Sample& what = sample.what;
  const std::string measure = measure_of(what.resource);
  if (!what.as.empty()) {
    const std::string variable = names_.unused("before");
    samples_[what.as] = variable;
    line(variable + " = " + measure + "()");
  }
  if (!what.at_most) return;
  const auto above = samples_.find(what.above);
  const std::string limit = (above == samples_.end() ? "" : above->second + " + ") +
                            in_unit(what.resource, *what.at_most);
  line("expect_at_most(" + measure + ", " + limit + ", " +
       python_number(in_seconds(deed.move.within)) + ")");
}

void PythonWriter::server(ServerAct act) {
  switch (act) {
    case ServerAct::Terminate:
      say("the server is told to end (SIGTERM, as by Ctrl-C or kill)");
      return line("os.kill(PID, signal.SIGTERM)");
    case ServerAct::Stop:
      say("the server is stopped for a moment (SIGSTOP, as by Ctrl-Z)");
      line("os.kill(PID, signal.SIGSTOP)");
      return line("time.sleep(0.05)");
    case ServerAct::Continue:
      say("and goes on (SIGCONT, as by fg)");
      return line("os.kill(PID, signal.SIGCONT)");
    case ServerAct::Restart:
    case ServerAct::StartSecond: body_.possible = false;  // a snippet cannot start the server
  }
}

std::string PythonWriter::times_of(const std::string& watch) {
  const auto [times, fresh] = watches_.try_emplace(watch);
  if (fresh) {
    times->second = names_.unused("times");
    top_.push_back(times->second + " = []  # " + watch);
  }
  return times->second;
}

void PythonWriter::median(const Deed& deed, const step::Median& wanted) {
  line("median = statistics.median(" + times_of(wanted.of) + ")");
  line("limit = " +
       (wanted.than.empty()
            ? python_number(in_seconds(wanted.at_most.value_or(Duration{})))
            : python_number(wanted.times) + " * statistics.median(" + times_of(wanted.than) +
                  ") + " + python_number(in_seconds(wanted.allowance))));
  line("print(f\"half of them take more than {median * 1000:.2f} ms\")");
  line("if median > limit:");
  ++depth_;
  line("fail(f\"at most {limit * 1000:.1f} ms\", f\"{median * 1000:.1f} ms\")");
  --depth_;
  static_cast<void>(deed);
}

}  // namespace sockspec::reports
