#include "core/neighbours.h"

#include <algorithm>
#include <string_view>

#include "core/fits.h"
#include "core/profile_difference.h"

namespace sockspec {
namespace {

constexpr std::size_t kMost = 2;

bool echoes(const Profile& profile) {
  return profile.reply.transform == Transform::Identity ||
         profile.reply.transform == Transform::Uppercase;
}

// Is there a failed check for which this holds?
template <class Holds>
bool any_failure(const CheckReport& report, Holds holds) {
  for (const ScenarioResult& result : report.results) {
    if (result.outcome != Outcome::Fail) continue;
    for (const Check& check : result.checks) {
      if (check.outcome == Outcome::Fail && check.level == Level::Must && holds(result, check))
        return true;
    }
  }
  return false;
}

bool observed(const CheckReport& report, std::initializer_list<std::string_view> ids) {
  return any_failure(report, [&](const ScenarioResult&, const Check& check) {
    return std::find(ids.begin(), ids.end(), check.observed.id) != ids.end();
  });
}

bool failed(const CheckReport& report, std::string_view scenario,
            std::initializer_list<std::string_view> ids = {}) {
  return any_failure(report, [&](const ScenarioResult& result, const Check& check) {
    const bool seen =
        ids.size() == 0 || std::find(ids.begin(), ids.end(), check.observed.id) != ids.end();
    return result.scenario == scenario && seen;
  });
}

bool same_steps(const std::vector<Step>& steps, const Profile& a, const Profile& b) {
  return std::all_of(steps.begin(), steps.end(), [&](const Step& step) {
    const std::vector<Step>* const inner = inner_steps(step);
    return fits(step.when, a) == fits(step.when, b) && (!inner || same_steps(*inner, a, b));
  });
}

// How many bytes of the expected excerpt lie before the difference.
std::size_t right_bytes(const Difference& difference) {
  return static_cast<std::size_t>(difference.offset - difference.window_offset);
}

}  // namespace

std::vector<Neighbour> neighbours_of(const CheckReport& report) {
  std::vector<Neighbour> found;
  const Profile& own = report.profile;
  const auto suggest = [&](Message difference, auto change) {
    if (found.size() == kMost) return;
    Profile profile = own;
    profile.json.clear();
    change(profile);
    found.push_back({std::move(profile), std::move(difference)});
  };
  if (own.transport == Transport::Udp || own.speaks_first) return found;

  // The second client waits in vain; one that gets what belongs to the first is another matter.
  const bool waits =
      failed(report, "concurrency/idle-first-client", {"seen.nothing", "seen.not-accepted"});
  if (own.concurrency == Concurrency::Concurrent && waits) {
    suggest({"instead.sequential"},
            [](Profile& profile) { profile.concurrency = Concurrency::Sequential; });
  }

  // What ends in a newline is answered, what does not is not.
  const bool by_lines = failed(report, "stream/no-newline", {"seen.nothing", "seen.partial"}) &&
                        !failed(report, "stream/basic");
  if (own.framing == Framing::Stream && echoes(own) && by_lines)
    suggest({"instead.lines"}, [](Profile& profile) {
      profile.framing = Framing::Line;
      const bool message = profile.ending == Ending::Message;
      if (message && !profile.end_message.ends_with('\n')) profile.end_message += '\n';
    });
  if (own.framing == Framing::Line && observed(report, {"seen.unasked"}))
    suggest({"instead.stream"}, [](Profile& profile) { profile.framing = Framing::Stream; });

  // It closes although the client still has something to say; after a half-close it ought to.
  const bool closes = failed(report, "stream/basic", {"seen.ended", "seen.reset"}) ||
                      failed(report, "stream/many-exchanges", {"seen.ended", "seen.reset"});
  if (own.ending == Ending::Client && echoes(own) && closes) {
    suggest({"instead.closes"}, [](Profile& profile) {
      profile.framing = Framing::FirstRead;
      profile.ending = Ending::AfterReply;
      profile.concurrency = Concurrency::Sequential;  // as in every contract of short sessions
    });
  }
  const bool stays = observed(report, {"seen.still-open"});
  if (own.ending == Ending::AfterReply && echoes(own) && stays) {
    suggest({"instead.stays-open"}, [](Profile& profile) {
      profile.framing = Framing::Stream;
      profile.ending = Ending::Client;
    });
  }
  if (own.ending == Ending::Message && failed(report, "session/end-message-ends")) {
    suggest({"instead.no-end-message"}, [](Profile& profile) {
      profile.ending = Ending::Client;
      profile.end_message.clear();
    });
  }
  return found;
}

// Any other difference changes what a server owes.
bool asks_the_same(const Scenario& scenario, const Profile& a, const Profile& b) {
  return differing_fields(a, b) == std::vector<std::string>{"concurrency"} &&
         fits(scenario.requires_, a) == fits(scenario.requires_, b) &&
         same_steps(scenario.steps, a, b);
}

bool suggests_extra_words(const CheckReport& report) {
  if (!echoes(report.profile)) return false;
  return any_failure(report, [](const ScenarioResult&, const Check& check) {
    if (!check.difference) return false;
    const Difference& difference = *check.difference;
    const std::size_t right = right_bytes(difference);
    // After everything that was owed, or in front of what is owed.
    if (right >= difference.expected.size()) return difference.received.size() > right;
    return right == 0 && difference.offset == 0 &&
           difference.received.find(difference.expected) != std::string::npos;
  });
}

}  // namespace sockspec
