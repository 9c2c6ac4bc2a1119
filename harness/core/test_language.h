// The small language in which the tests of core speak: profiles, steps, and a Driver that tells a
// Conversation what happens. Also used by the fuzz targets. Test code only.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/conversation.h"
#include "core/profile.h"
#include "core/scenario.h"
#include "core/script.h"

namespace sockspec::test {

using namespace std::chrono_literals;

Profile echo();
Profile echo_lines();
Profile udp_echo();
Profile uppercase(LetterCase letter_case);
Profile greeting();  // answers the first bytes with "Hello!", then ends
Profile discard();
Profile daytime();
Profile quote();  // at most 512 bytes
Profile chargen();
Profile udp(Profile profile);

Payload text(std::string_view bytes);
Payload random(std::uint64_t size);

// `step` with another level, check or time limit.
Step at_level(Level level, Step step);
Step as_check(std::string_view id, Step step);
Step within(Duration limit, Step step);
Step in_turn(Step step);
Step reversed(Step step);

Step connect(std::string_view peer, std::size_t count = 1);
Step connect_with(std::string_view peer, step::Connect options);
Step send(std::string_view peer, std::string_view bytes);
Step send_as(std::string_view peer, step::Send send);
Step exchange(std::string_view peer, std::string_view bytes);
Step expect_reply(std::string_view peer);
Step expect_reply_bytes(std::string_view peer, std::uint64_t bytes);
Step expect_same_source(std::string_view peer);
Step expect_bytes(std::string_view peer, std::string_view bytes);
Step expect_end(std::string_view peer);
Step expect_end_by_fin(std::string_view peer);
Step expect_any_end(std::string_view peer);
Step quiet(std::string_view peer, Duration window);
Step hold(std::string_view peer, Duration window);
Step half_close(std::string_view peer);
Step reset(std::string_view peer);
Step close(std::string_view peer);
Step pause(std::string_view peer);
Step resume(std::string_view peer);
Step alive();
Step urgent(std::string_view peer, char byte);
Step keep_sample(Resource resource, std::string_view as);
Step judge_sample(Resource resource, std::uint64_t at_most, std::string_view above = {});
Step judge_cpu(std::uint64_t percent, Duration over);
Step server(ServerAct act);
Step expect_exit();
Step stopwatch(std::string_view name, std::vector<Step> body);
Step median(std::string_view of, Duration at_most);
Step repeat(std::uint64_t rounds, std::vector<Step> body);
Step for_each(std::string_view variable, std::vector<std::uint64_t> values, std::vector<Step> body);

// A send with options, to be changed field by field.
step::Send sending(std::string_view bytes);

Scenario scenario(std::vector<Step> steps);
Script script(const Profile& profile, std::vector<Step> steps);

// The error of bind(), or "" where there is none.
std::string bind_error(const Profile& profile, std::vector<Step> steps);

// A check in one line: "reply fail seen.reset", for comparing and for messages.
std::string summary(const Check& check);

// Everything that two equal runs must have in common.
std::string whole(const std::vector<Check>& checks);

// Plays the part of the network. Time is what at() says; Ticks come when they were asked for.
class Driver {
 public:
  Driver(const Profile& profile, std::vector<Step> steps);
  explicit Driver(Script script);

  // What happens by itself: connections are accepted, and the kernel takes all bytes.
  bool accepts = true;
  bool takes = true;
  std::map<Resource, std::uint64_t> figures;  // what samples say; none = the system does not tell

  Driver& begin();
  Driver& at(Instant now);
  Driver& without_ticks_at(Instant now);  // time passes, but nobody has told the conversation yet
  Driver& connected(std::size_t peer = 0);
  Driver& take(std::uint64_t bytes, std::size_t peer = 0);
  Driver& receive(std::string_view bytes, std::size_t peer = 0);
  Driver& receive_from(std::string_view stranger, std::string_view bytes, std::size_t peer = 0);
  Driver& trickle(std::string_view bytes, Duration every, int times);
  Driver& fin(std::size_t peer = 0);
  Driver& rst(std::size_t peer = 0);
  Driver& refuse(std::size_t peer = 0);
  Driver& breaks(Breakage breakage, Call call, std::size_t peer = 0);
  Driver& queue_empty(std::size_t peer = 0);
  Driver& server_gone();
  Driver& server_started(bool listens, Message how = {});
  Driver& tick();

  const Conversation& conversation() const { return conversation_; }
  bool finished() const { return conversation_.finished(); }
  Instant now() const { return now_; }
  std::optional<Instant> wake_at() const { return wake_at_; }

  // The check in one line, or "no check".
  std::string check(std::string_view id) const;
  const Check& full_check(std::string_view id) const;
  std::string observed(std::string_view id, std::string_view parameter) const;
  std::string expected(std::string_view id, std::string_view parameter) const;

  // What the conversation asked for so far: "connect write:hello half-close", of one peer.
  std::string asked(std::size_t peer = 0) const;
  std::string written(std::size_t peer = 0) const;

 private:
  void tell(Event event);
  void obey(const Action& action, std::vector<Event>& follow);
  void sample_asked(const action::Sample& sample, std::string& word, std::vector<Event>& follow);

  Conversation conversation_;
  Instant now_{};
  std::optional<Instant> wake_at_;
  std::map<std::size_t, std::string> asked_;
  std::map<std::size_t, std::string> written_;
};

}  // namespace sockspec::test
