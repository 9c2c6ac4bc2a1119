#include "reports/python_names.h"

#include <algorithm>
#include <cctype>

#include "reports/python_functions.h"

namespace sockspec::reports {
namespace {

// What a name must not be: words of Python, and names that snippets use themselves.
const std::set<std::string>& reserved() {
  static const std::set<std::string> kReserved = {
      "and",       "as",          "assert", "async",      "await",       "break",    "class",
      "continue",  "def",         "del",    "elif",       "else",        "except",   "finally",
      "for",       "from",        "global", "if",         "import",      "in",       "is",
      "lambda",    "nonlocal",    "not",    "or",         "pass",        "raise",    "return",
      "try",       "while",       "with",   "yield",      "None",        "True",     "False",
      "match",     "case",        "type",   "main",       "print",       "len",      "range",
      "reversed",  "zip",         "bytes",  "sorted",     "int",         "list",     "min",
      "max",       "sum",         "open",   "repr",       "base64",      "os",       "random",
      "re",        "signal",      "socket", "statistics", "string",      "struct",   "sys",
      "threading", "time",        "HOST",   "PORT",       "PID",         "LIMIT",    "SERVER",
      "FAMILY",    "LINE",        "TEXT",   "RING",       "message",     "messages", "size",
      "start",     "piece",       "pieces", "began",      "first_reply", "limit",    "median",
      "problem",   "still_served"};
  return kReserved;
}

bool is_reserved(const std::string& name) {
  const auto& functions = python_function_names();
  return reserved().contains(name) ||
         std::find(functions.begin(), functions.end(), name) != functions.end();
}

std::string without_number(const std::string& name) { return name.substr(0, name.find('[')); }

// The peers that a plan connects, by the name that the scenario gives them.
void collect_bases(const Script& script, const Plan& plan, std::set<std::string>& bases) {
  for (const Deed& deed : plan) {
    if (deed.kind == Deed::Kind::Loop) collect_bases(script, deed.body, bases);
    if (deed.kind != Deed::Kind::Move) continue;
    for (const std::size_t peer : deed.move.peers)
      if (peer < script.peers.size()) bases.insert(without_number(script.peers[peer].name));
  }
}

}  // namespace

PythonNames::PythonNames(const Script& script, const Plan& plan) : script_(script) {
  std::set<std::string> bases;
  collect_bases(script, plan, bases);
  alone_ = bases.size() <= 1;
}

std::string PythonNames::base(std::size_t peer) const {
  if (peer >= script_.peers.size()) return "probe";
  if (alone_) return "client";
  std::string name;
  for (const char c : without_number(script_.peers[peer].name)) {
    const bool word = std::isalnum(static_cast<unsigned char>(c)) != 0;
    name += word ? c : '_';
  }
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) != 0)
    name = "client_" + name;
  return is_reserved(name) || name == "client" || name == "clients" ? name + "_client" : name;
}

std::string PythonNames::unused(const std::string& wanted) {
  std::string name = wanted;
  for (int number = 2; taken_.contains(name) || is_reserved(name); ++number)
    name = wanted + std::to_string(number);
  taken_.insert(name);
  return name;
}

std::string PythonNames::name(const std::vector<std::size_t>& peers) {
  const std::string first = base(peers.front());
  if (peers.size() > 1) {
    const std::string variable = unused(alone_ ? "clients" : first + "_clients");
    collect(peers, variable);
    return variable;
  }
  const std::string variable = unused(first);
  single_[peers.front()] = variable;
  return variable;
}

void PythonNames::collect(const std::vector<std::size_t>& peers, const std::string& variable) {
  std::erase_if(lists_, [&](const auto& list) {
    return std::any_of(list.first.begin(), list.first.end(), [&](std::size_t peer) {
      return std::find(peers.begin(), peers.end(), peer) != peers.end();
    });
  });
  for (std::size_t i = 0; i < peers.size(); ++i)
    single_[peers[i]] = variable + "[" + std::to_string(i) + "]";
  lists_.emplace_back(peers, variable);
}

void PythonNames::release(const std::vector<std::size_t>& peers) {
  for (const auto& [list, variable] : lists_) {
    if (list == peers) taken_.erase(variable);
  }
  for (const std::size_t peer : peers) {
    if (const auto found = single_.find(peer); found != single_.end()) taken_.erase(found->second);
  }
}

std::string PythonNames::of(std::size_t peer) const {
  const auto found = single_.find(peer);
  return found == single_.end() ? "client" : found->second;
}

std::string PythonNames::of(const std::vector<std::size_t>& peers) const {
  const std::vector<std::size_t> backwards(peers.rbegin(), peers.rend());
  for (const auto& [list, variable] : lists_) {
    if (list == peers) return variable;
  }
  for (const auto& [list, variable] : lists_) {
    if (list == backwards) return "reversed(" + variable + ")";
  }
  std::string all;
  for (const std::size_t peer : peers) all += (all.empty() ? "" : ", ") + of(peer);
  return "[" + all + "]";
}

}  // namespace sockspec::reports
