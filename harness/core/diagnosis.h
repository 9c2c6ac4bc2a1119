// Diagnosis: which known faults a failing server looks like, and how sure that is.
//
// The server's signature is compared with those of the faulty servers. A scenario weighs the more,
// the fewer faults fail it, and how it failed counts more than that it did. The confidence is
// calibrated on servers in other languages that the table was not made from (tests/held-out): of
// the diagnoses given with 0.8 and more, at least nine of ten were right there.
#pragma once

#include <string>
#include <vector>

#include "core/fault_table.h"
#include "core/profile.h"
#include "core/signature.h"

namespace sockspec {

struct Diagnosis {
  std::string fault;
  double confidence = 0;  // 0 to 1; below kShown it is not given at all
  bool beside = false;    // together with the one before it: only both explain what was seen

  static constexpr double kShown = 0.25;
};

// How alike two signatures are, 0 to 1, in the eyes of one table. For tests and calibration.
struct Likeness {
  std::string fault;
  double score = 0;
};
std::vector<Likeness> likenesses(const Signature& seen, const Profile& profile,
                                 const FaultTable& table, const std::vector<Profile>& known);

// Best first, at most three. Empty when nothing is wrong or nothing is near. `known` are the
// profiles of the table: for a profile of the user's own, that which is most like it stands in.
std::vector<Diagnosis> diagnose(const Signature& seen, const Profile& profile,
                                const FaultTable& table, const std::vector<Profile>& known);

}  // namespace sockspec
