#include "core/test_language.h"

#include <cassert>

#include "core/match.h"
#include "core/names.h"

namespace sockspec::test {
namespace {

Profile tcp(std::string id, Transform transform) {
  Profile profile;
  profile.id = std::move(id);
  profile.reply.transform = transform;
  return profile;
}

Profile one_shot(Profile profile) {
  profile.framing = Framing::FirstRead;
  profile.ending = Ending::AfterReply;
  return profile;
}

Profile first_speaker(Profile profile) {
  profile.speaks_first = true;
  return profile;
}

Step step_of(std::string_view peer, decltype(Step::action) action) {
  Step step;
  step.peer = peer;
  step.pointer = "/steps";
  step.action = std::move(action);
  return step;
}

std::string parameter_of(const Message& message, std::string_view name) {
  const std::string value = message.param(name);
  return value.empty() ? "no parameter" : value;
}

std::string text_of(const Message& message) {
  std::string text = message.id;
  for (const auto& [key, value] : message.params) text += " " + key + "=" + value;
  return text;
}

}  // namespace

Profile echo() { return tcp("tcp-echo", Transform::Identity); }

Profile echo_lines() {
  Profile profile = tcp("tcp-echo-line", Transform::Identity);
  profile.framing = Framing::Line;
  profile.max_message = 1024;
  return profile;
}

Profile udp(Profile profile) {
  profile.transport = Transport::Udp;
  profile.framing = Framing::Datagram;
  return profile;
}

Profile udp_echo() { return udp(tcp("udp-echo", Transform::Identity)); }

Profile uppercase(LetterCase letter_case) {
  Profile profile = tcp("tcp-uppercase", Transform::Uppercase);
  profile.reply.letter_case = letter_case;
  profile.encoding = Encoding::Utf8;
  return profile;
}

Profile greeting() {
  Profile profile = one_shot(tcp("tcp-greeting", Transform::Text));
  profile.reply.text = "Hello!";
  return profile;
}

Profile discard() { return tcp("tcp-discard", Transform::None); }

Profile daytime() { return one_shot(first_speaker(tcp("tcp-daytime", Transform::Date))); }

Profile quote() {
  Profile profile = one_shot(first_speaker(tcp("tcp-qotd", Transform::AnyText)));
  profile.reply.at_most = 512;
  return profile;
}

Profile chargen() { return first_speaker(tcp("tcp-chargen", Transform::Chargen)); }

Payload text(std::string_view bytes) {
  Payload payload;
  payload.bytes = bytes;
  return payload;
}

Payload random(std::uint64_t size) {
  Payload payload;
  payload.kind = Payload::Kind::Random;
  payload.size.factor = size;
  return payload;
}

Step at_level(Level level, Step step) {
  step.level = level;
  return step;
}

Step as_check(std::string_view id, Step step) {
  step.check = id;
  return step;
}

Step within(Duration limit, Step step) {
  step.within = limit;
  return step;
}

Step in_turn(Step step) {
  step.in_turn = true;
  return step;
}

Step reversed(Step step) {
  step.reverse = true;
  return step;
}

Step connect(std::string_view peer, std::size_t count) {
  step::Connect options;
  options.count = count;
  return step_of(peer, options);
}

Step connect_with(std::string_view peer, step::Connect options) {
  return step_of(peer, std::move(options));
}

step::Send sending(std::string_view bytes) {
  step::Send send;
  send.payload = text(bytes);
  return send;
}

Step send(std::string_view peer, std::string_view bytes) { return step_of(peer, sending(bytes)); }
Step send_as(std::string_view peer, step::Send send) { return step_of(peer, std::move(send)); }
Step exchange(std::string_view peer, std::string_view bytes) {
  return step_of(peer, step::Exchange{text(bytes), {}, Barrier::Written});
}
Step expect_reply(std::string_view peer) { return step_of(peer, step::ExpectReply{}); }
Step expect_reply_bytes(std::string_view peer, std::uint64_t bytes) {
  Size size;
  size.factor = bytes;
  return step_of(peer, step::ExpectReply{size, false});
}
Step expect_same_source(std::string_view peer) {
  return step_of(peer, step::ExpectReply{std::nullopt, true});
}
Step expect_bytes(std::string_view peer, std::string_view bytes) {
  return step_of(peer, step::ExpectBytes{text(bytes)});
}
Step expect_end(std::string_view peer) { return step_of(peer, step::ExpectEnd{}); }
Step expect_end_by_fin(std::string_view peer) {
  return step_of(peer, step::ExpectEnd{true, false});
}
Step expect_any_end(std::string_view peer) { return step_of(peer, step::ExpectEnd{false, true}); }
Step quiet(std::string_view peer, Duration window) { return step_of(peer, step::Quiet{window}); }
Step hold(std::string_view peer, Duration window) { return step_of(peer, step::Hold{window}); }
Step half_close(std::string_view peer) { return step_of(peer, step::HalfClose{}); }
Step reset(std::string_view peer) { return step_of(peer, step::Reset{}); }
Step close(std::string_view peer) { return step_of(peer, step::Close{}); }
Step pause(std::string_view peer) { return step_of(peer, step::Pause{}); }
Step resume(std::string_view peer) { return step_of(peer, step::Resume{}); }
Step alive() { return step_of("", step::Alive{}); }

Step urgent(std::string_view peer, char byte) { return step_of(peer, step::Urgent{byte}); }

Step keep_sample(Resource resource, std::string_view as) {
  return step_of("", step::Sample{resource, std::string(as), {}, {}, {}});
}

Step judge_sample(Resource resource, std::uint64_t at_most, std::string_view above) {
  return step_of("", step::Sample{resource, {}, at_most, std::string(above), {}});
}

Step judge_cpu(std::uint64_t percent, Duration over) {
  return step_of("", step::Sample{Resource::Cpu, {}, percent, {}, over});
}

Step server(ServerAct act) { return step_of("", step::Server{act}); }

Step expect_exit() { return step_of("", step::ExpectExit{}); }

Step stopwatch(std::string_view name, std::vector<Step> body) {
  return step_of("", step::Stopwatch{std::string(name), std::move(body)});
}

Step median(std::string_view of, Duration at_most) {
  return step_of("", step::Median{std::string(of), at_most, 0, {}, {}});
}

Step repeat(std::uint64_t rounds, std::vector<Step> body) {
  step::Loop loop;
  for (std::uint64_t i = 1; i <= rounds; ++i) loop.over.push_back(i);
  loop.body = std::move(body);
  return step_of("", std::move(loop));
}

Step for_each(std::string_view variable, std::vector<std::uint64_t> values,
              std::vector<Step> body) {
  return step_of("", step::Loop{std::string(variable), {}, std::move(values), std::move(body)});
}

Scenario scenario(std::vector<Step> steps) {
  Scenario made;
  made.id = "topic/test";
  made.title.en = "A test";
  made.steps = std::move(steps);
  return made;
}

Script script(const Profile& profile, std::vector<Step> steps) {
  Result<Script> bound = bind(scenario(std::move(steps)), profile, Environment(), 1);
  assert(bound.ok());
  return std::move(*bound);
}

std::string bind_error(const Profile& profile, std::vector<Step> steps) {
  const Result<Script> bound = bind(scenario(std::move(steps)), profile, Environment(), 1);
  return bound ? std::string() : bound.error().text;
}

std::string summary(const Check& check) {
  std::string line = check.id + " " + std::string(name_of(check.outcome));
  if (!check.observed.empty()) line += " " + check.observed.id;
  if (check.timing_only) line += " timing-only";
  return line;
}

std::string whole(const std::vector<Check>& checks) {
  std::string text;
  for (const Check& check : checks) {
    text += summary(check) + " " + std::string(name_of(check.level)) + " " +
            std::string(name_of(check.axis)) + " at " + std::to_string(check.at.count()) + " " +
            check.peer + " " + check.pointer + " expected: " + text_of(check.expected) +
            " observed: " + text_of(check.observed);
    if (const auto& difference = check.difference) {
      text += " offset " + std::to_string(difference->offset) + " window " +
              std::to_string(difference->window_offset) + " expected [" + difference->expected +
              "] received [" + difference->received + "]";
    }
    text += "\n";
  }
  return text;
}

Driver::Driver(const Profile& profile, std::vector<Step> steps)
    : Driver(script(profile, std::move(steps))) {}

Driver::Driver(Script script) : conversation_(std::move(script)) {}

void Driver::tell(Event event) {
  const Output output = conversation_.step(now_, event);
  wake_at_ = output.wake_at;
  std::vector<Event> follow;
  for (const Action& action : output.actions) obey(action, follow);
  for (Event& next : follow) tell(std::move(next));
}

void Driver::obey(const Action& action, std::vector<Event>& follow) {
  const std::size_t peer = action.peer;
  std::string word;
  std::visit(Match{
                 [&](const action::Connect&) {
                   word = "connect";
                   if (accepts) follow.push_back({peer, event::Connected{}});
                 },
                 [&](const action::Write& write) {
                   word = "write:" + std::string(write.bytes.view().substr(0, 20));
                   written_[peer] += write.bytes.view();
                   if (takes) follow.push_back({peer, event::Sent{write.bytes.size()}});
                 },
                 [&](const action::HalfClose&) { word = "half-close"; },
                 [&](const action::Reset&) { word = "reset"; },
                 [&](const action::Close&) { word = "close"; },
                 [&](const action::Pause&) { word = "pause"; },
                 [&](const action::Resume&) { word = "resume"; },
                 [&](const action::DropUnsent&) { word = "drop-unsent"; },
                 [&](const action::WatchQueue&) { word = "watch-queue"; },
                 [&](const action::Urgent& urgent) { word = std::string("urgent:") + urgent.byte; },
                 [&](const action::Sample& sample) { sample_asked(sample, word, follow); },
                 [&](const action::Server& server) {
                   word = "server:" + std::string(name_of(server.act));
                 },
             },
             action.what);
  asked_[peer] += (asked_[peer].empty() ? "" : " ") + word;
}

void Driver::sample_asked(const action::Sample& sample, std::string& word,
                          std::vector<Event>& follow) {
  word = "sample:" + std::string(name_of(sample.resource));
  const auto value = figures.find(sample.resource);
  follow.push_back(
      {0, event::Sampled{sample.resource,
                         value == figures.end() ? std::nullopt : std::optional(value->second)}});
}

Driver& Driver::server_started(bool listens, Message how) {
  return tell({0, event::ServerStarted{listens, std::move(how)}}), *this;
}

Driver& Driver::begin() { return tell({0, event::Begin{}}), *this; }

Driver& Driver::at(Instant now) {
  while (!finished() && wake_at_ && *wake_at_ <= now) {
    now_ = std::max(now_, *wake_at_);
    tick();
  }
  now_ = now;
  return *this;
}

Driver& Driver::without_ticks_at(Instant now) {
  now_ = now;
  return *this;
}

Driver& Driver::trickle(std::string_view bytes, Duration every, int times) {
  for (int i = 0; i < times; ++i) at(now_ + every).receive(bytes);
  return *this;
}

Driver& Driver::connected(std::size_t peer) { return tell({peer, event::Connected{}}), *this; }
Driver& Driver::take(std::uint64_t bytes, std::size_t peer) {
  return tell({peer, event::Sent{bytes}}), *this;
}
Driver& Driver::receive(std::string_view bytes, std::size_t peer) {
  return tell({peer, event::Received{bytes}}), *this;
}
Driver& Driver::receive_from(std::string_view stranger, std::string_view bytes, std::size_t peer) {
  return tell({peer, event::Received{bytes, stranger}}), *this;
}
Driver& Driver::fin(std::size_t peer) { return tell({peer, event::Ended{}}), *this; }
Driver& Driver::rst(std::size_t peer) { return breaks(Breakage::Reset, Call::Receive, peer); }
Driver& Driver::refuse(std::size_t peer) { return breaks(Breakage::Refused, Call::Connect, peer); }
Driver& Driver::breaks(Breakage breakage, Call call, std::size_t peer) {
  return tell({peer, event::Broke{breakage, call, "the system's words"}}), *this;
}
Driver& Driver::queue_empty(std::size_t peer) { return tell({peer, event::QueueEmpty{}}), *this; }
Driver& Driver::server_gone() {
  return tell({0, event::ServerGone{{"gone.exit", {{"status", "1"}}}}}), *this;
}
Driver& Driver::tick() { return tell({0, event::Tick{}}), *this; }

const Check& Driver::full_check(std::string_view id) const {
  static const Check kNone;
  for (const Check& check : conversation_.checks()) {
    if (check.id == id) return check;
  }
  return kNone;
}

std::string Driver::check(std::string_view id) const {
  const Check& found = full_check(id);
  return found.id.empty() ? "no check" : summary(found);
}

std::string Driver::observed(std::string_view id, std::string_view parameter) const {
  return parameter_of(full_check(id).observed, parameter);
}

std::string Driver::expected(std::string_view id, std::string_view parameter) const {
  return parameter_of(full_check(id).expected, parameter);
}

std::string Driver::asked(std::size_t peer) const {
  const auto found = asked_.find(peer);
  return found == asked_.end() ? std::string() : found->second;
}

std::string Driver::written(std::size_t peer) const {
  const auto found = written_.find(peer);
  return found == written_.end() ? std::string() : found->second;
}

}  // namespace sockspec::test
