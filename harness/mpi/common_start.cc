#include "mpi/common_start.h"

#include <sched.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "load/clock.h"

namespace sockspec::mpi {
namespace {

using namespace std::chrono_literals;
using load::Clock;

constexpr int kPings = 16;
constexpr Duration kLeastLead = 200ms;
constexpr int kLeadInErrors = 40;  // twenty round trips
constexpr Duration kAnswer = 5s;

std::string text_of(Duration time) { return std::to_string(time.count()); }

Duration time_of(const std::string& text) {
  return Duration(std::strtoll(text.c_str(), nullptr, 10));
}

Result<load::ClockOffset> compare_clocks(Ranks& ranks, int other) {
  std::vector<load::ClockSample> samples;
  for (int i = 0; i < kPings; ++i) {
    load::ClockSample sample;
    sample.asked = Clock::monotonic();
    ranks.post(other, Tag::Ping, "");
    const Result<std::string> answer = ranks.receive(other, Tag::Pong, kAnswer, true);
    if (!answer) return answer.error();
    sample.heard = Clock::monotonic();
    sample.theirs = time_of(*answer);
    samples.push_back(sample);
  }
  return *load::clock_offset(samples);
}

Result<CommonStart> lead(Ranks& ranks) {
  std::vector<load::ClockOffset> offsets(1);
  Duration worst{};
  for (int other = 1; other < ranks.size(); ++other) {
    const Result<load::ClockOffset> offset = compare_clocks(ranks, other);
    if (!offset) return offset.error();
    offsets.push_back(*offset);
    worst = std::max(worst, offset->error);
  }
  const Duration at = Clock::monotonic() + std::max(kLeastLead, kLeadInErrors * worst);
  for (int other = 1; other < ranks.size(); ++other) {
    const load::ClockOffset& offset = offsets[static_cast<std::size_t>(other)];
    ranks.post(other, Tag::Start, text_of(at + offset.ahead) + " " + text_of(offset.error));
  }
  return CommonStart{at, {}};
}

Result<CommonStart> follow(Ranks& ranks) {
  const Duration until = Clock::monotonic() + kAnswer * ranks.size();
  while (Clock::monotonic() < until) {
    // The clock is read when the question is seen: what comes between is within the round trip.
    if (ranks.waiting(0, Tag::Ping)) ranks.post(0, Tag::Pong, text_of(Clock::monotonic()));
    const std::optional<std::string> start = ranks.waiting(0, Tag::Start);
    if (!start) {
      ::sched_yield();
      continue;
    }
    const std::size_t space = start->find(' ');
    return CommonStart{time_of(start->substr(0, space)), time_of(start->substr(space + 1))};
  }
  return Error{ErrorKind::Harness, "rank 0 has not said when the run begins"};
}

}  // namespace

Result<CommonStart> common_start(Ranks& ranks, Duration limit) {
  if (auto ready = ranks.agree("waiting for its connections", std::string(), limit); !ready)
    return ready.error();
  const Result<CommonStart> start = ranks.first() ? lead(ranks) : follow(ranks);
  Result<std::string> in_time = std::string();
  if (!start) {
    in_time = start.error();
  } else if (const Duration late = Clock::monotonic() - start->at; late > Duration::zero()) {
    in_time = Error{ErrorKind::Harness, "it would have begun " + std::to_string(late / 1ms) +
                                            " ms late, and late is not together"};
  }
  if (auto all = ranks.agree("agreeing on the start", in_time, kAnswer); !all) return all.error();
  return *start;
}

}  // namespace sockspec::mpi
