#include "core/learn.h"

#include <algorithm>
#include <iterator>

#include "core/excerpt.h"
#include "core/learner.h"
#include "core/names.h"

namespace sockspec {
namespace {

namespace probes = learn_probes;

constexpr std::size_t kLargestDatagram = 65507;
constexpr std::size_t kLargestSegment = 32768;  // arrives in one piece on a loopback interface
constexpr std::size_t kLargestStream = 65536;
constexpr std::size_t kSizes[] = {64, 128, 256, 512, 1000, 1024, 2000, 2048, 4096, 8192, 16384};

}  // namespace

bool Learner::framing(const Observation& first) {
  const Answer answer = answer_to(first);
  const bool closed = !is_udp() && closed_by_itself(first);
  if (answer.when == Answer::When::AfterNewline) return line(first);
  if (answer.when == Answer::When::AfterEnd)
    return give_up({"learn.problem-waits-for-end", {{"got", quoted(answer.bytes)}}});
  if (is_udp()) {
    profile().framing = Framing::Datagram;
    const bool none = transform() == Transform::None;
    note("framing", "datagram", {none ? "learn.framing-none" : "learn.framing-datagram"});
  } else if (closed) {
    profile().framing = Framing::FirstRead;
    note("framing", "first-read", {"learn.framing-first-read", {{"sent", quoted(answer.sent)}}});
  } else {
    profile().framing = Framing::Stream;
    const bool none = transform() == Transform::None;
    note("framing", "stream",
         none ? Message{"learn.framing-none"}
              : Message{"learn.framing-stream", {{"sent", quoted(answer.sent)}}});
  }
  return true;
}

bool Learner::line(const Observation& first) {
  if (closed_by_itself(first)) return give_up({"learn.problem-line-closes"});
  const Observation* const lines = play(probes::lines());
  if (!lines) return false;
  const Seen& line_and_half = lines->seen[1];
  const Seen& rest = lines->seen[2];
  profile().framing = Framing::Line;
  if (line_and_half.bytes != expected("one\n") || rest.bytes != expected("two\n")) {
    return give_up({"learn.problem-lines",
                    {{"sent", quoted(probes::kLineAndHalf)},
                     {"got", quoted(line_and_half.bytes)},
                     {"rest", quoted(probes::kRestOfLine)},
                     {"then", quoted(rest.bytes)}}});
  }
  note("framing", "line", {"learn.framing-line", {{"sent", quoted(probes::kHello)}}});
  return true;
}

bool Learner::ending(const Observation& first) {
  if (is_udp()) return true;
  if (profile().framing == Framing::FirstRead) {
    profile().ending = Ending::AfterReply;
    const bool reset = closed_by_itself(first)->standing != Standing::Ended;
    note("ends", "after-reply", {reset ? "learn.ends-reset" : "learn.ends-after-reply"});
    return true;
  }
  if (transform() == Transform::Identity || transform() == Transform::Uppercase) {
    const Observation* const ends = play(probes::ends(profile().framing));
    if (!ends) return false;
    const std::vector<std::string>& messages = probes::end_messages(profile().framing);
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const Seen& seen = ends->seen[3 * i + 1];
      if (!seen.done || !left(seen)) continue;
      const bool answered = seen.bytes == expected(messages[i]);
      profile().ending = Ending::Message;
      profile().end_message = messages[i];
      note("ends", "message " + quoted(messages[i]),
           {answered ? "learn.ends-message" : "learn.ends-message-mute",
            {{"message", quoted(messages[i])}}});
      return true;
    }
  }
  profile().ending = Ending::Client;
  const bool mute = transform() == Transform::None;
  const bool closes = left(first.seen[3]);
  note("ends", "client",
       {!closes ? "learn.ends-never"
        : mute  ? "learn.ends-mute"
                : "learn.ends-client",
        {{"within", in_ms(first.seen[3].listened)}}});
  return true;
}

bool Learner::encoding() {
  const Observation* const observation = play(probes::bytes(profile()), true);
  if (!observation) return false;
  const Seen& seen = observation->seen[1];
  const bool none = transform() == Transform::None;
  const bool taken = none ? is_udp() || observation->seen[2].standing == Standing::Ended
                          : seen.bytes == expected(probes::all_bytes(profile()));
  profile().encoding = Encoding::Utf8;
  if (observation->gone) {
    note("encoding", "utf-8", {"learn.encoding-ends-server"});
  } else if (!taken) {
    note("encoding", "utf-8",
         seen.bytes.empty() ? Message{"learn.encoding-silent"}
                            : Message{"learn.encoding-changed", {{"got", quoted(seen.bytes, 40)}}});
  } else if (transform() == Transform::Uppercase) {
    note("encoding", "utf-8", {"learn.encoding-letters"});
  } else {
    profile().encoding = Encoding::Binary;
    const bool echo = transform() == Transform::Identity;
    note("encoding", "binary", {echo ? "learn.encoding-binary" : "learn.encoding-harmless"});
  }
  return true;
}

// The reply to a message of `size`; none while the probe is missing.
std::optional<std::string> Learner::whole_or_cut(std::size_t size, bool* whole) {
  const Observation* const observation = play(probes::size(profile(), size), true);
  if (!observation) return std::nullopt;
  const std::string& got = observation->seen[1].bytes;
  *whole = !observation->gone && got == expected(probes::letters(profile(), size));
  return got;
}

// The largest size that comes back whole: the largest of all, where a reply was cut off, or one of
// kSizes by halving.
bool Learner::limit() {
  if (transform() != Transform::Identity && transform() != Transform::Uppercase) return true;
  const bool once = profile().framing == Framing::FirstRead;
  const std::size_t most = is_udp() ? kLargestDatagram : once ? kLargestSegment : kLargestStream;
  std::size_t good = 0;
  std::size_t bad = most + 1;
  std::string cut;  // what came back of a message of `bad` bytes
  std::size_t next = most;
  while (next > 0) {
    bool whole = false;
    const std::optional<std::string> got = whole_or_cut(next, &whole);
    if (!got) return false;
    if (whole) {
      good = next;
    } else {
      bad = next;
      cut = *got;
    }
    next = 0;
    const bool prefix = !cut.empty() && expected(probes::letters(profile(), bad)).starts_with(cut);
    if (good == most || (prefix && cut.size() <= good)) break;
    if (prefix && cut.size() < bad) {
      if (cut.size() > good) next = cut.size();
      continue;
    }
    std::vector<std::size_t> between;
    std::copy_if(std::begin(kSizes), std::end(kSizes), std::back_inserter(between),
                 [&](std::size_t size) { return size > good && size < bad; });
    if (!between.empty()) next = between[between.size() / 2];
  }
  if (good == most) {
    profile().max_message = is_udp() ? most : 0;
    note("max_message", is_udp() ? in_digits(most) : "none",
         {is_udp() ? "learn.limit-datagram" : "learn.no-limit", {{"bytes", in_digits(most)}}});
    return true;
  }
  if (good == 0) return give_up({"learn.problem-size", {{"bytes", in_digits(kSizes[0])}}});
  profile().max_message = good;
  note("max_message", in_digits(good),
       {"learn.limit",
        {{"bytes", in_digits(good)},
         {"more", in_digits(bad)},
         {"received", in_digits(cut.size())}}});
  return true;
}

bool Learner::clients() {
  if (is_udp()) {
    note("concurrency", "concurrent", {"learn.concurrent-udp"});
    return true;
  }
  const auto served = [&](const Observation& observation) {
    const bool by_end = transform() == Transform::None;
    return std::any_of(observation.seen.begin(), observation.seen.end(), [&](const Seen& seen) {
      const auto act = static_cast<std::size_t>(&seen - observation.seen.data());
      if (observation.probe.acts[act].client != 1) return false;
      return by_end ? seen.standing == Standing::Ended : !seen.bytes.empty();
    });
  };
  const Observation* const together = play(probes::clients(profile(), false));
  if (!together) return false;
  if (served(*together)) {
    // A session of one question and one answer may well be served in turn: profiles.md.
    const bool short_one = profile().framing == Framing::FirstRead && !profile().speaks_first;
    profile().concurrency = short_one ? Concurrency::Sequential : Concurrency::Concurrent;
    note("concurrency", name_of(profile().concurrency),
         {short_one ? "learn.concurrent-short" : "learn.concurrent"});
    return true;
  }
  const Observation* const in_turn = play(probes::clients(profile(), true));
  if (!in_turn) return false;
  if (!served(*in_turn)) return give_up({"learn.problem-second-client"});
  profile().concurrency = Concurrency::Sequential;
  note("concurrency", "sequential", {"learn.sequential"});
  return true;
}

Lesson learn(Transport transport, const std::vector<Observation>& observations) {
  return Learner(transport, observations).result();
}

bool is_about_extra_words(const Message& problem) {
  return problem.id == "learn.problem-prefix" || problem.id == "learn.problem-suffix" ||
         problem.id == "learn.problem-around";
}

}  // namespace sockspec
