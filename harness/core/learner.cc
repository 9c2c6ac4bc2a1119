#include "core/learner.h"

#include <algorithm>
#include <cassert>
#include <chrono>

#include "core/names.h"

namespace sockspec {
namespace {

Message server_ended(const Message& how) {
  const bool killed = how.id == "exit.signal";
  Message problem{killed ? "learn.problem-killed" : "learn.problem-exited", how.params};
  std::erase_if(problem.params, [](const auto& param) { return param.first == "name"; });
  return problem;
}

}  // namespace

std::string in_ms(Duration duration) {
  return std::to_string(std::chrono::round<std::chrono::milliseconds>(duration).count()) + " ms";
}

std::string in_digits(std::size_t value) { return std::to_string(value); }

Answer answer_to(const Observation& observation) {
  const std::string& text = observation.probe.acts[1].bytes;
  const std::vector<Seen>& seen = observation.seen;
  if (!seen[1].bytes.empty()) return {Answer::When::AtOnce, text, seen[1].bytes};
  if (seen.size() < 4) return {Answer::When::Never, text};
  if (!seen[2].bytes.empty()) return {Answer::When::AfterNewline, text + "\n", seen[2].bytes};
  if (!seen[3].bytes.empty()) return {Answer::When::AfterEnd, text + "\n", seen[3].bytes};
  return {Answer::When::Never, text};
}

const Seen* closed_by_itself(const Observation& observation) {
  for (std::size_t act = 1; act < 3 && act < observation.seen.size(); ++act) {
    if (left(observation.seen[act])) return &observation.seen[act];
  }
  return nullptr;
}

Lesson Learner::result() {
  const Observation* const first =
      play(learn_probes::message("first", learn_probes::kHello, transport()));
  if (!first) return std::move(lesson_);
  note("transport", name_of(transport()),
       {is_udp() ? "learn.transport-udp" : "learn.transport-tcp"});
  if (!first->seen[0].bytes.empty()) {
    greeting(*first) && clients();
  } else {
    if (!is_udp()) {
      note("speaks_first", "false", {"learn.silent", {{"within", in_ms(first->seen[0].listened)}}});
    }
    reply(*first) && framing(*first) && ending(*first) && encoding() && limit() && clients();
  }
  return std::move(lesson_);
}

const Observation* Learner::play(Probe probe, bool may_end_server) {
  for (const Observation& observation : observations_) {
    if (observation.probe.id != probe.id) continue;
    assert(observation.seen.size() == observation.probe.acts.size());
    if (observation.gone && !may_end_server) {
      give_up(server_ended(*observation.gone));
      return nullptr;
    }
    const bool refused =
        std::any_of(observation.seen.begin(), observation.seen.end(),
                    [](const Seen& seen) { return seen.standing == Standing::Refused; });
    if (refused && !may_end_server) {
      give_up({"learn.problem-refused"});
      return nullptr;
    }
    return &observation;
  }
  lesson_.next = std::move(probe);
  return nullptr;
}

}  // namespace sockspec
