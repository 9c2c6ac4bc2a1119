#include "core/learn_report.h"

#include "core/profile_difference.h"

namespace sockspec {
namespace {

// Limits are a smaller matter than what a server does.
std::size_t distance_of(const std::vector<std::string>& fields) {
  std::size_t distance = 0;
  for (const std::string& field : fields) {
    const bool limit = field == "encoding" || field == "max_message" || field == "concurrency" ||
                       field == "reply.text" || field == "reply.at_most";
    distance += limit ? 1 : 10;
  }
  return distance;
}

}  // namespace

Verification verification_of(const CheckReport& report) {
  Verification verification;
  for (const ScenarioResult& result : report.results) {
    switch (result.outcome) {
      case Outcome::Pass:
      case Outcome::Warn:
        ++verification.ran;
        ++verification.passed;
        break;
      case Outcome::Fail:
        ++verification.ran;
        verification.failed.push_back(result.scenario);
        break;
      case Outcome::Inconclusive:
        ++verification.ran;
        verification.unsure.push_back(result.scenario);
        break;
      case Outcome::Skipped:
      case Outcome::NotRun: break;
    }
  }
  return verification;
}

void compare_with(const std::vector<Profile>& known, LearnReport& report) {
  std::size_t least = 0;
  for (const Profile& profile : known) {
    std::vector<std::string> fields = differing_fields(profile, report.lesson.profile);
    const std::size_t distance = distance_of(fields);
    if (!report.nearest.empty() && distance >= least) continue;
    least = distance;
    report.nearest = profile.id;
    report.differs = std::move(fields);
  }
}

}  // namespace sockspec
