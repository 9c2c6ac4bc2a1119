// What the tests of check share: a run with made-up scenarios against a small server. Test code
// only.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check/check_run.h"
#include "core/test_language.h"
#include "io/tiny_server.h"

namespace sockspec::check::test {

// Time limits: one that a busy machine meets, and one for what never comes.
inline constexpr Duration kAmple = std::chrono::seconds(10);
inline constexpr Duration kShort = std::chrono::milliseconds(250);

// An echo server in Python, one process. The message "crash" makes it exit with code 3.
std::vector<std::string> echo_command();

// The same, after `prelude`, shell commands: "$COUNT" names a file of this test's own, for counting
// starts.
std::vector<std::string> echo_command_after(const std::string& prelude);

// How many lines are in that file.
std::size_t starts();

// Descends from this process and lives.
std::size_t living_children();

// An echo server that remembers what it was told, and swallows what `swallow` says.
struct Recorder {
  std::string heard;
  std::function<bool(std::string_view, int times)> swallow = [](std::string_view, int) {
    return false;
  };
  std::map<std::string, int, std::less<>> times;

  io::test::TinyServer server() {
    return io::test::TinyServer([this](io::test::Remote& remote, std::string_view bytes) {
      heard += (heard.empty() ? "" : " ") + std::string(bytes);
      if (!swallow(bytes, ++times[std::string(bytes)])) remote.send(bytes);
    });
  }
};

class CheckWorld {
 public:
  explicit CheckWorld(Duration sanity_limit = kAmple);
  ~CheckWorld();

  // One exchange of `message`, with a time limit; the sanity scenario's is "sanity".
  Scenario& add(const std::string& id, const std::string& message, Duration limit = kAmple);
  Scenario& add(const std::string& id, std::vector<Step> steps);

  // Until everything is over; `meanwhile` is called often.
  bool runs(const std::function<void()>& meanwhile = [] {});
  bool runs_against(io::test::TinyServer& server);

  // "basic/sanity:pass a/b:fail", in the order of the report.
  std::string outcomes() const;
  const ScenarioResult& result(const std::string& id) const;

  io::Loop loop;  // first: it must outlive the run
  CheckOptions options;
  CheckReport report;
  std::vector<Progress> progress;
  std::optional<Result<Nothing>> finished;
  std::function<void(const Progress&)> on_progress;
  std::unique_ptr<CheckRun> run;
  bool with_sanity = true;

 private:
  std::deque<Scenario> scenarios_;
  Selection selection_;
};

}  // namespace sockspec::check::test
