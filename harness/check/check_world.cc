#include "check/check_world.h"

#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/names.h"
#include "supervise/process_table.h"

namespace sockspec::check::test {

using namespace std::chrono_literals;
using sockspec::test::connect;
using sockspec::test::exchange;

namespace {

constexpr char kServer[] = R"py(
import os, socket, sys, threading
def serve(client):
    while True:
        data = client.recv(65536)
        if not data: break
        if data == b"crash":
            print("I am going down", flush=True)
            os._exit(3)
        client.sendall(data)
    client.close()
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
)py";

std::string count_file() {
  static const std::string name =
      (std::filesystem::temp_directory_path() / ("sockspec_check_test." + std::to_string(getpid())))
          .string();
  return name;
}

}  // namespace

std::vector<std::string> echo_command() { return {"python3", "-c", kServer, "{port}"}; }

std::vector<std::string> echo_command_after(const std::string& prelude) {
  return {"sh", "-c", "COUNT=" + count_file() + "\n" + prelude + "\nexec python3 -c \"$0\" \"$1\"",
          kServer, "{port}"};
}

std::size_t starts() {
  std::ifstream file(count_file());
  return static_cast<std::size_t>(
      std::count(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>(), '\n'));
}

std::size_t living_children() {
  std::size_t living = 0;
  for (const supervise::ProcessInfo& process : supervise::own_descendants())
    living += process.state != 'Z' ? 1 : 0;
  return living;
}

CheckWorld::CheckWorld(Duration sanity_limit) {
  supervise::become_subreaper();
  std::filesystem::remove(count_file());
  options.profile = report.profile = sockspec::test::echo();
  options.start_limit = 20s;
  options.jobs = 1;
  options.seed = report.seed = 1;
  add("basic/sanity", "sanity", sanity_limit).sanity = true;
}

CheckWorld::~CheckWorld() { std::filesystem::remove(count_file()); }

Scenario& CheckWorld::add(const std::string& id, const std::string& message, Duration limit) {
  return add(id, {connect("a"), sockspec::test::within(limit, exchange("a", message))});
}

Scenario& CheckWorld::add(const std::string& id, std::vector<Step> steps) {
  scenarios_.push_back(sockspec::test::scenario(std::move(steps)));
  scenarios_.back().id = id;
  return scenarios_.back();
}

bool CheckWorld::runs(const std::function<void()>& meanwhile) {
  for (const Scenario& scenario : scenarios_) {
    if (scenario.sanity && with_sanity) selection_.sanity = &scenario;
    if (!scenario.sanity) selection_.chosen.push_back(&scenario);
  }
  run =
      std::make_unique<CheckRun>(loop, options, selection_, report, [this](const Progress& state) {
        progress.push_back(state);
        if (on_progress) on_progress(state);
      });
  run->start([this](Result<Nothing> result) { finished = std::move(result); });
  return io::test::until(loop, [&] {
    meanwhile();
    return finished.has_value();
  });
}

bool CheckWorld::runs_against(io::test::TinyServer& server) {
  options.target = server.address();
  return runs([&] { server.turn(); });
}

std::string CheckWorld::outcomes() const {
  std::string text;
  for (const ScenarioResult& each : report.results) {
    text += (text.empty() ? "" : " ") + each.scenario + ":" + std::string(name_of(each.outcome));
    if (!each.reason.empty()) text += "(" + each.reason.id + ")";
  }
  return text;
}

const ScenarioResult& CheckWorld::result(const std::string& id) const {
  static const ScenarioResult kNone;
  for (const ScenarioResult& each : report.results) {
    if (each.scenario == id) return each;
  }
  return kNone;
}

}  // namespace sockspec::check::test
