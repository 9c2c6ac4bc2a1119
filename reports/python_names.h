// The names that the clients of a plan have in a Python snippet.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/script.h"
#include "reports/python_plan.h"

namespace sockspec::reports {

class PythonNames {
 public:
  PythonNames(const Script& script, const Plan& plan);

  // A new variable for the peers of a Connect; the same name as before where that is free again.
  std::string name(const std::vector<std::size_t>& peers);

  // From now on these peers are the elements of the list `variable`.
  void collect(const std::vector<std::size_t>& peers, const std::string& variable);

  // The peers' connections are over: their name may be used again.
  void release(const std::vector<std::size_t>& peers);

  // An expression: "client", "clients[2]"; for several: "clients", "reversed(clients)", "[a, b]".
  std::string of(std::size_t peer) const;
  std::string of(const std::vector<std::size_t>& peers) const;

  // A name that nothing else has: `wanted`, or with a number behind it.
  std::string unused(const std::string& wanted);

 private:
  std::string base(std::size_t peer) const;

  const Script& script_;
  bool alone_ = true;  // all clients share one name, so that it tells nothing
  std::map<std::size_t, std::string> single_;
  std::vector<std::pair<std::vector<std::size_t>, std::string>> lists_;
  std::set<std::string> taken_;
};

}  // namespace sockspec::reports
