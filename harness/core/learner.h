// Learner: how learn() goes about it. Internal to core/learn*.cc.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/learn.h"
#include "core/learn_probes.h"
#include "core/resemblance.h"

namespace sockspec {

inline bool left(const Seen& seen) { return seen.standing != Standing::Open; }

// What a message of probes::message() was answered with, and when.
struct Answer {
  enum class When { AtOnce, AfterNewline, AfterEnd, Never };
  When when = When::Never;
  std::string sent;
  std::string bytes = {};
};

Answer answer_to(const Observation& observation);

// The act of probes::message() after which the server had closed, before the client's end.
const Seen* closed_by_itself(const Observation& observation);

// For messages.
std::string in_ms(Duration duration);
std::string in_digits(std::size_t value);

// Goes from field to field; each step returns false when the lesson is over, because a probe is
// missing or a problem was found.
class Learner {
 public:
  Learner(Transport transport, const std::vector<Observation>& observations)
      : observations_(observations) {
    profile().transport = transport;
  }

  Lesson result();

 private:
  Profile& profile() { return lesson_.profile; }
  Transport transport() { return profile().transport; }
  bool is_udp() { return transport() == Transport::Udp; }
  Transform transform() { return profile().reply.transform; }

  void note(std::string field, std::string_view value, Message seen) {
    lesson_.findings.push_back({std::move(field), std::string(value), std::move(seen)});
  }

  bool give_up(Message problem) {
    lesson_.problems.push_back(std::move(problem));
    return false;
  }

  // The observation of a probe, or null: it is still to be made, or the server did not survive it.
  const Observation* play(Probe probe, bool may_end_server = false);

  bool greeting(const Observation& first);
  bool reply(const Observation& first);
  bool unlike(const Observation& first, const Answer& answer,
              const std::optional<Resemblance>& like);
  bool no_reply(const Observation& first);
  bool framing(const Observation& first);
  bool line(const Observation& first);
  bool ending(const Observation& first);
  bool encoding();
  bool limit();
  bool clients();
  std::string expected(std::string_view sent);
  std::optional<std::string> whole_or_cut(std::size_t size, bool* whole);

  const std::vector<Observation>& observations_;
  Lesson lesson_;
  LetterMapping mapping_ = LetterMapping::Unchanged;
};

}  // namespace sockspec
