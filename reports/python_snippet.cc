#include "reports/python_snippet.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <sstream>

#include "reports/messages.h"
#include "reports/python_body.h"
#include "reports/python_functions.h"
#include "reports/python_literal.h"
#include "reports/python_plan.h"

namespace sockspec::reports {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostLines = 160;     // a longer one explains nothing
constexpr std::size_t kMostMoves = 20'000;  // of the script
constexpr std::size_t kWidest = 96;         // of a comment
constexpr std::size_t kDefaultLine = 1000;  // as the payloads of core/payload.cc

// One line of a comment: nothing in it may end the line.
std::string comment(const std::string& text) {
  std::string out = "#";
  std::size_t width = 1;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    word.erase(std::remove_if(word.begin(), word.end(),
                              [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }),
               word.end());
    if (word.empty()) continue;
    if (width > 1 && width + word.size() > kWidest) out += "\n#", width = 1;
    out += " " + word;
    width += word.size() + 1;
  }
  return out + "\n";
}

// Longer than the two seconds only where the scenario waits longer for a reply.
double longest_wait(const Plan& plan, double least) {
  for (const Deed& deed : plan) {
    least = longest_wait(deed.body, least);
    const bool waits = std::holds_alternative<move::AwaitReply>(deed.move.what) ||
                       std::holds_alternative<move::AwaitEnd>(deed.move.what);
    if (deed.kind == Deed::Kind::Move && waits)
      least = std::max(least, in_seconds(deed.move.within));
  }
  return least;
}

class Snippet {
 public:
  Snippet(const Script& script, const ScenarioResult& result, const Check& check,
          std::uint64_t seed)
      : script_(script), result_(result), check_(check), seed_(seed) {}

  std::string write(Plan plan) {
    limit_ = longest_wait(plan, 2 * result_.scale);
    const bool ask_after = result_.server_gone && plan.back().kind != Deed::Kind::Probe;
    const bool can_ask = replies_to_input(script_.profile) || script_.profile.speaks_first ||
                         script_.profile.transport == Transport::Tcp;
    if (ask_after && can_ask) add_probe(plan);
    if (fails_at_once(plan)) {
      for (Deed& deed : plan_probe(script_)) plan.insert(plan.begin(), std::move(deed));
    }
    body_ = PythonWriter(script_, plan).write();
    if (!body_.possible) return "";
    if (ask_after && !can_ask) add_port_check();
    const std::string text = assemble();
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    return lines > kMostLines ? std::string() : text;
  }

 private:
  // Over UDP nothing shows that a server remembers a client that has gone, except to the next.
  bool fails_at_once(const Plan& plan) const {
    if (script_.profile.transport == Transport::Tcp || !replies_to_input(script_.profile))
      return false;
    for (const Deed& deed : plan) {
      if (deed.failed) return true;
      if (deed.kind != Deed::Kind::Move) return false;
      if (std::holds_alternative<move::AwaitReply>(deed.move.what)) return false;
    }
    return false;
  }

  // It takes a moment until a server that gives up has ended.
  void add_probe(Plan& plan) {
    Deed moment;
    moment.move.within = 300ms;
    moment.move.what = move::Hold{};
    plan.push_back(moment);
    for (Deed& deed : plan_probe(script_)) plan.push_back(std::move(deed));
  }

  void add_port_check() {
    for (const char* const line :
         {"time.sleep(0.3)", "# Where no program listens, the system answers by an error.",
          "probe = open_socket()", "probe.connect(SERVER)",
          "for _ in range(3):", "    probe.send(b\"still there?\")", "    time.sleep(0.1)"})
      body_.lines.emplace_back(line);
  }

  std::string assemble() {
    std::string main = function("main", body_.lines);
    if (!body_.probe.empty()) main = function("still_served", body_.probe) + "\n\n" + main;
    std::string functions;
    std::set<std::string> imports = {"sys"};
    // fail() is called below main().
    for (const PythonFunction& one : functions_used_by("fail()\n" + main, body_.forms)) {
      functions += "\n\n" + one.code;
      imports.insert(one.imports.begin(), one.imports.end());
    }
    const std::string code = functions + "\n\n" + main;
    for (const char* const module : {"os", "random", "signal", "socket", "statistics", "time"}) {
      if (mentions(code, std::string(module) + ".")) imports.insert(module);
    }
    std::string text = head(mentions(code, "PID"));
    for (const std::string& module : imports) text += "import " + module + "\n";
    return text + "\n" + constants(code) + code + "\n\n" + python_function("tail").code;
  }

  std::string head(bool pid) const {
    std::string text = "#!/usr/bin/env python3\n";
    text += comment(result_.scenario + ": " + result_.title.en);
    text += comment("expected: " + render(check_.expected, "en"));
    text += comment("came: " + render(check_.observed, "en"));
    text += "#\n" + comment("Shows it without sockspec:  python3 " +
                            snippet_file(result_.scenario) + " HOST PORT" + (pid ? " PID" : ""));
    if (pid) text += comment("PID is the process id of the server, on this machine.");
    return text;
  }

  std::string constants(const std::string& code) const {
    std::string text = "HOST, PORT = sys.argv[1], int(sys.argv[2])\n";
    if (mentions(code, "PID")) text += "PID = int(sys.argv[3])\n";
    if (mentions(code, "SERVER")) text += "SERVER = (HOST, PORT)\n";
    if (mentions(code, "FAMILY"))
      text += "FAMILY = socket.AF_INET6 if \":\" in HOST else socket.AF_INET\n";
    if (mentions(code, "LIMIT"))
      text += "LIMIT = " + python_number(limit_) + "  # seconds that the server may take\n";
    if (mentions(code, "LINE")) {
      const std::size_t limit = script_.profile.max_message;
      text += "LINE = " + std::to_string(limit > 0 ? limit : kDefaultLine) +
              "  # bytes of a line, at most\n";
    }
    if (mentions(code, "random."))
      text += "random.seed(" + std::to_string(seed_) + ")  # the same bytes in every run\n";
    return text;
  }

  static std::string function(const std::string& name, const std::vector<std::string>& lines) {
    std::string text = "def " + name + "():\n";
    for (const std::string& line : lines) {
      text += "    ";
      for (const char c : line) text += c == '\n' ? std::string("\n    ") : std::string(1, c);
      text += "\n";
    }
    return text;
  }

  const Script& script_;
  const ScenarioResult& result_;
  const Check& check_;
  std::uint64_t seed_;
  PythonBody body_;
  double limit_ = 2;
};

}  // namespace

std::string python_snippet(const Scenario& scenario, const Script& script,
                           const ScenarioResult& result, std::uint64_t seed) {
  if (!is_bad(result.outcome) || script.moves.size() > kMostMoves) return "";
  const Check* const check = check_to_show(result);
  if (!check) return "";
  Plan plan = plan_snippet(scenario, script, result, *check);
  return plan.empty() ? "" : Snippet(script, result, *check, seed).write(std::move(plan));
}

std::string snippet_file(const std::string& scenario) {
  std::string name = scenario;
  std::replace(name.begin(), name.end(), '/', '-');
  return name + ".py";
}

}  // namespace sockspec::reports
