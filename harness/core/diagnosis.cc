#include "core/diagnosis.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace sockspec {
namespace {

constexpr double kSameScenario = 0.1;  // of a scenario's weight, for having found something at all,
constexpr double kSameCheck = 0.3;     // for the same checks,
constexpr double kSameSign = 0.6;      // and for the same signs
constexpr double kRowOnly = 0.8;       // a fault may show less in another server ...
constexpr double kSeenOnly = 1.0;      // ... but it does not show more
constexpr double kUnstable = 0.3;
constexpr double kProcess = 1.5;    // of a sign of the process, against a scenario of usual weight
constexpr double kOneEnded = 0.8;   // one server ended by itself, the other did not
constexpr double kBorrowed = 0.85;  // a row of another profile
constexpr double kSharpness = 14;   // how fast a rival with a lower score drops out
constexpr double kBetterTogether = 0.15;
constexpr double kWellKnown = 0.45;
constexpr double kMostSure = 0.99;  // other causes than the known ones remain
constexpr double kTogether = 0.85;  // two faults are never as sure as one

using Signs = std::set<std::string>;

Signs checks_of(const Signs& signs) {
  Signs checks;
  for (const std::string& sign : signs) checks.insert(sign.substr(0, sign.find('=')));
  return checks;
}

double overlap(const Signs& a, const Signs& b) {
  std::size_t common = 0;
  for (const std::string& sign : a) common += b.contains(sign) ? 1 : 0;
  const std::size_t all = a.size() + b.size() - common;
  return all == 0 ? 1.0 : static_cast<double>(common) / static_cast<double>(all);
}

int agreement(const Profile& a, const Profile& b) {
  int same = 0;
  same += a.transport == b.transport ? 4 : 0;
  same += a.framing == b.framing ? 3 : 0;
  same += a.ending == b.ending ? 3 : 0;
  same += a.speaks_first == b.speaks_first ? 3 : 0;
  same += a.reply.transform == b.reply.transform ? 2 : 0;
  same += a.concurrency == b.concurrency ? 1 : 0;
  return same;
}

// The table as one profile sees it.
class Knowledge {
 public:
  Knowledge(const Profile& profile, const FaultTable& table, const std::vector<Profile>& known) {
    const Profile* home = nullptr;
    for (const Profile& candidate : known) {
      if (candidate.id == profile.id) home = &candidate;
    }
    for (const Profile& candidate : known) {
      if (!home ||
          (home->id != profile.id && agreement(candidate, profile) > agreement(*home, profile)))
        home = &candidate;
    }
    if (!home) return;
    for (const FaultRow& row : table) {
      if (!row.fault.empty() && row.profile == home->id) rows_.push_back({&row, 1.0});
    }
    borrow(*home, table, known);
    count();
  }

  struct Row {
    const FaultRow* row;
    double trust;
  };
  const std::vector<Row>& rows() const { return rows_; }

  // How much a scenario says: the more, the fewer rows fail it.
  double weight(const std::string& scenario) const {
    const auto found = failing_.find(scenario);
    const double failing = found == failing_.end() ? 0 : found->second;
    return std::log((static_cast<double>(rows_.size()) + 2) / (failing + 1));
  }

 private:
  // A fault that has no row in this profile is known from the profile most like it.
  void borrow(const Profile& home, const FaultTable& table, const std::vector<Profile>& known) {
    std::map<std::string, std::pair<int, const FaultRow*>> best;
    for (const FaultRow& row : table) {
      const auto profile = std::find_if(known.begin(), known.end(),
                                        [&](const Profile& p) { return p.id == row.profile; });
      const bool here = std::any_of(rows_.begin(), rows_.end(),
                                    [&](const Row& own) { return own.row->fault == row.fault; });
      if (row.fault.empty() || here || profile == known.end()) continue;
      const int alike = agreement(*profile, home);
      if (profile->transport != home.transport || profile->speaks_first != home.speaks_first)
        continue;
      auto& kept = best[row.fault];
      if (!kept.second || alike > kept.first) kept = {alike, &row};
    }
    for (const auto& [fault, entry] : best) rows_.push_back({entry.second, kBorrowed});
  }

  void count() {
    for (const Row& row : rows_) {
      for (const auto& [scenario, signs] : row.row->signature.wrong) failing_[scenario] += 1;
    }
  }

  std::vector<Row> rows_;
  std::map<std::string, double> failing_;
};

bool judged(const Signature& signature, const std::string& scenario) {
  return signature.ran.contains(scenario) || signature.wrong.contains(scenario);
}

struct Sum {
  double match = 0;
  double all = 0;
  double score() const { return all > 0 ? match / all : 0; }
};

void weigh_scenarios(const Signature& seen, const Signature& row, const Signs& unstable,
                     const Knowledge& knowledge, Sum& sum) {
  Signs names;
  for (const auto& [scenario, signs] : seen.wrong) names.insert(scenario);
  for (const auto& [scenario, signs] : row.wrong) names.insert(scenario);
  for (const std::string& scenario : names) {
    if (!judged(seen, scenario) || !judged(row, scenario)) continue;
    const double weight =
        knowledge.weight(scenario) * (unstable.contains(scenario) ? kUnstable : 1.0);
    const auto here = seen.wrong.find(scenario);
    const auto there = row.wrong.find(scenario);
    if (here == seen.wrong.end() || there == row.wrong.end()) {
      sum.all += weight * (here == seen.wrong.end() ? kRowOnly : kSeenOnly);
      continue;
    }
    sum.all += weight;
    sum.match += weight * (kSameScenario +
                           kSameCheck * overlap(checks_of(here->second), checks_of(there->second)) +
                           kSameSign * overlap(here->second, there->second));
  }
}

bool ended(const Signs& process) {
  return std::any_of(process.begin(), process.end(),
                     [](const std::string& sign) { return sign.starts_with("exit."); });
}

void weigh_process(const Signature& seen, const Signature& row, Sum& sum) {
  Signs names = seen.process;
  names.insert(row.process.begin(), row.process.end());
  for (const std::string& sign : names) {
    const bool both = seen.process.contains(sign) && row.process.contains(sign);
    // What a server prints, and with which code it ends, is a matter of its language.
    const bool telling = sign.starts_with("exit.signal.") || both;
    sum.all += telling ? kProcess : 0.2 * kProcess;
    sum.match += both ? kProcess : 0;
  }
  if (ended(seen.process) != ended(row.process)) sum.all += kOneEnded;
}

double score_of(const Signature& seen, const Signature& row, const Signs& unstable,
                const Knowledge& knowledge) {
  Sum sum;
  weigh_scenarios(seen, row, unstable, knowledge, sum);
  // That both end with code 1 does not tell what a scenario found.
  if (sum.match == 0 && !seen.wrong.empty()) return 0;
  weigh_process(seen, row, sum);
  return sum.score();
}

Signature both_of(const Signature& a, const Signature& b) {
  Signature joined = a;
  for (const auto& [scenario, signs] : b.wrong)
    joined.wrong[scenario].insert(signs.begin(), signs.end());
  joined.ran.insert(b.ran.begin(), b.ran.end());
  for (const auto& [scenario, signs] : joined.wrong) joined.ran.erase(scenario);
  joined.process.insert(b.process.begin(), b.process.end());
  return joined;
}

// From likeness to a probability, divided among rivals that look the same; fitted on one half of
// tests/held-out and tried on the other.
double confidence_of(double score, double share) {
  constexpr double kEven = 0.36;  // the score at which right and wrong are equally frequent
  constexpr double kSteepness = 16;
  return std::min(kMostSure, share / (1.0 + std::exp(-kSteepness * (score - kEven))));
}

std::vector<Likeness> ranked(const Signature& seen, const Knowledge& knowledge) {
  std::vector<Likeness> found;
  for (const Knowledge::Row& row : knowledge.rows()) {
    const double score =
        row.trust * score_of(seen, row.row->signature, row.row->unstable, knowledge);
    found.push_back({row.row->fault, score});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Likeness& a, const Likeness& b) { return a.score > b.score; });
  return found;
}

double share_of(const std::vector<Likeness>& all, double score) {
  double sum = 0;
  for (const Likeness& one : all) sum += std::exp(kSharpness * (one.score - score));
  return sum > 0 ? 1.0 / sum : 0;
}

bool shows(const Signature& row, const std::string& scenario, const std::string& sign) {
  const auto found = row.wrong.find(scenario);
  return found != row.wrong.end() && found->second.contains(sign);
}

// Does `second` have a sign that was seen and that `first` leaves unexplained? A scenario in which
// both found something, but not the same, is not enough to accuse a server of one more thing.
bool explains_more(const Signature& seen, const Signature& first, const Signature& second) {
  for (const auto& [scenario, signs] : seen.wrong) {
    for (const std::string& sign : signs) {
      if (shows(second, scenario, sign) && !shows(first, scenario, sign)) return true;
    }
  }
  return false;
}

// Two faults that together explain clearly more than the best alone.
std::optional<std::pair<std::string, double>> second_fault(const Signature& seen,
                                                           const Likeness& best,
                                                           const Knowledge& knowledge) {
  const auto row_of = [&](const std::string& fault) {
    return std::find_if(knowledge.rows().begin(), knowledge.rows().end(),
                        [&](const Knowledge::Row& row) { return row.row->fault == fault; });
  };
  const Signature& first = row_of(best.fault)->row->signature;
  std::pair<std::string, double> found{"", best.score + kBetterTogether};
  for (const Knowledge::Row& row : knowledge.rows()) {
    if (row.row->fault == best.fault || !explains_more(seen, first, row.row->signature)) continue;
    const Signature joined = both_of(first, row.row->signature);
    const double score = row.trust * score_of(seen, joined, row.row->unstable, knowledge);
    if (score > found.second) found = {row.row->fault, score};
  }
  if (found.first.empty()) return std::nullopt;
  return found;
}

}  // namespace

std::vector<Likeness> likenesses(const Signature& seen, const Profile& profile,
                                 const FaultTable& table, const std::vector<Profile>& known) {
  return ranked(seen, Knowledge(profile, table, known));
}

std::vector<Diagnosis> diagnose(const Signature& seen, const Profile& profile,
                                const FaultTable& table, const std::vector<Profile>& known) {
  constexpr std::size_t kMost = 3;
  if (seen.empty()) return {};
  const Knowledge knowledge(profile, table, known);
  const std::vector<Likeness> all = ranked(seen, knowledge);
  std::vector<Diagnosis> found;
  if (all.empty()) return found;
  // Half-likenesses add up to anything: one of the two has to be well known.
  const bool well_known = all.front().score >= kWellKnown;
  if (const auto second = well_known ? second_fault(seen, all.front(), knowledge) : std::nullopt) {
    const double together = confidence_of(second->second, kTogether);
    found.push_back({all.front().fault, together, false});
    found.push_back({second->first, together, true});
  }
  for (const Likeness& one : all) {
    if (found.size() >= kMost) break;
    const double confidence = confidence_of(one.score, share_of(all, one.score));
    const bool told = std::any_of(found.begin(), found.end(),
                                  [&](const Diagnosis& d) { return d.fault == one.fault; });
    if (!told && confidence >= Diagnosis::kShown) found.push_back({one.fault, confidence, false});
  }
  std::erase_if(found, [](const Diagnosis& d) { return d.confidence < Diagnosis::kShown; });
  return found;
}

}  // namespace sockspec
