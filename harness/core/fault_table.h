// FaultTable: the signature of every faulty server, measured by `sockspec selftest`. The proof of
// the suite, and what a diagnosis knows.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/fault.h"
#include "core/scenario.h"
#include "core/signature.h"

namespace sockspec {

struct FaultRow {
  std::string fault;  // "" = the correct reference server
  std::string profile;
  Signature signature;
  std::set<std::string> unstable;  // scenarios that were not the same in every run
  int seconds = 0;                 // its check took, among others; 0 = not known
};

using FaultTable = std::vector<FaultRow>;

const FaultRow* find_row(const FaultTable& table, const std::string& fault,
                         const std::string& profile);

// Joins the runs of one pair: what was not the same in all of them is unstable.
FaultRow join_runs(const std::vector<FaultRow>& runs);

// What is wrong with the suite, by this table; each as a Message for people.
//   a correct server fails something, a fault that nothing catches, a scenario that catches nothing
//   or not what it says
std::vector<Message> weaknesses(const FaultTable& table, const std::vector<Fault>& faults,
                                const std::vector<Scenario>& suite);

// Where a new table says something else than the one that is kept. Unstable cells, and what was not
// judged in one of them, are left out.
std::vector<Message> differences(const FaultTable& kept, const FaultTable& now);

// Does this scenario find something at the faulty server, each time, that it does not find at the
// correct server of the profile?
bool catches(const FaultTable& table, const FaultRow& row, const std::string& scenario);

// The faults that no other scenario catches, in any profile.
std::set<std::string> only_caught_by(const FaultTable& table, const std::string& scenario);

// The scenarios that catch this fault in some profile.
std::set<std::string> catchers_of(const FaultTable& table, const std::string& fault);

}  // namespace sockspec
