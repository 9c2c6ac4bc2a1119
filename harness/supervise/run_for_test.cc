#include "supervise/run_for_test.h"

#include <fstream>

#include "io/test_world.h"
#include "supervise/ports.h"

namespace sockspec::supervise::test {

using namespace std::chrono_literals;

std::vector<std::string> python(const std::string& program) {
  return {"python3", "-u", "-c",
          "import os, signal, socket, sys, time\nport = int(sys.argv[1])\n" + program, "{port}"};
}

std::vector<std::string> listening(const std::string& afterwards) {
  return python("s = socket.create_server(('127.0.0.1', port))\n" + afterwards);
}

std::vector<std::string> shell(const std::string& program) { return {"sh", "-c", program}; }

std::uint16_t free_port() {
  static PortRange ports(uv_hrtime());
  return *ports.next();
}

ServerRun::ServerRun(std::vector<std::string> argv) {
  become_subreaper();
  command.argv = std::move(argv);
  command.port = free_port();
  command.start_limit = 20s;
}

ServerRun::~ServerRun() {
  if (server && server->pid() > 0) stops();
}

std::string ServerRun::error() const {
  if (!told || told->ok()) return "no error";
  const Error& error = told->error();
  std::string text = error.text + error.message.id;
  for (const auto& [name, value] : error.message.params) text += " " + name + "=" + value;
  return text;
}

bool ServerRun::starts() {
  server = std::make_unique<ServerUnderTest>(
      loop, command,
      ServerUnderTest::Events{[this](Result<io::Address> result) {
                                told = std::move(result);
                                ++ready_calls;
                              },
                              [this](Message how) { gone.push_back(std::move(how)); }});
  server->start();
  return io::test::until(loop, [&] { return told.has_value(); }) && ready();
}

bool ServerRun::ends() {
  return io::test::until(loop, [&] { return !gone.empty(); });
}

bool ServerRun::stops() {
  bool stopped = false;
  server->stop([&] { stopped = true; });
  return io::test::until(loop, [&] { return stopped; });
}

bool ServerRun::prints(const std::string& text) {
  return io::test::until(loop, [&] { return output().find(text) != std::string::npos; });
}

std::string survivors() {
  std::string names;
  for (const ProcessInfo& process : own_descendants()) {
    if (process.state == 'Z') continue;
    std::ifstream file("/proc/" + std::to_string(process.pid) + "/cmdline");
    std::string line;
    std::getline(file, line, '\0');
    names += line + " (" + std::to_string(process.pid) + ") ";
  }
  return names;
}

}  // namespace sockspec::supervise::test
