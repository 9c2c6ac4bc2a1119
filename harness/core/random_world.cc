#include "core/random_world.h"

#include <algorithm>
#include <array>
#include <functional>

#include "core/chargen.h"
#include "core/match.h"
#include "core/test_language.h"
#include "core/unicode_uppercase.h"

namespace sockspec::test {
namespace {

constexpr int kMostTicks = 20'000;

Step cut(std::string_view peer, std::string_view bytes, Barrier barrier) {
  step::Send send = sending(bytes);
  send.split = {Split::Kind::Every, {2}};
  send.barrier = barrier;
  return send_as(peer, send);
}

Step stalling(std::string_view peer, bool keep_rest) {
  step::Send send = sending(std::string(300, 's'));
  send.stalled_after = 30ms;
  send.keep_rest = keep_rest;
  return send_as(peer, send);
}

Step should(Step step) { return at_level(Level::Should, std::move(step)); }

using Made = std::function<Script()>;

const std::vector<Made>& all_scripts() {
  static const std::vector<Made> all = {
      [] {
        return script(echo(),
                      {connect("a"), cut("a", "hello\n", Barrier::Reply), expect_reply("a"),
                       quiet("a", 80ms), half_close("a"), expect_end("a"), close("a"), alive()});
      },
      [] {
        return script(echo(), {connect("c", 3), send("c", "tagged"), in_turn(expect_reply("c")),
                               repeat(3, {exchange("c", "again")}), expect_end_by_fin("c")});
      },
      [] {
        return script(
            echo(), {connect("a"), stalling("a", false), connect("b"), stalling("b", true),
                     pause("b"), should(expect_reply("a")), resume("b"), should(expect_reply("b")),
                     hold("a", 5ms), expect_any_end("a")});
      },
      [] {
        return script(echo(),
                      {should(connect("a")), should(exchange("a", "one")),
                       should(exchange("a", "two")), should(exchange("a", "three")),
                       should(exchange("a", "four")), exchange("a", "five"), reset("a"), alive()});
      },
      [] {
        return script(
            uppercase(LetterCase::Either),
            {connect("a"), cut("a", "aßé€\xFF\xC3z", Barrier::Written), expect_reply("a"),
             should(exchange("a", "ǆﬁ")), quiet("a", 80ms), half_close("a"), expect_end("a")});
      },
      [] {
        return script(echo_lines(), {connect("a"), cut("a", "one\ntwo\nthr", Barrier::Received),
                                     expect_reply("a"), send("a", "ee\n"), expect_reply("a")});
      },
      [] {
        return script(greeting(), {exchange("a", "x"), connect("b"), quiet("b", 9ms), alive()});
      },
      [] {
        return script(greeting(), {connect("c", 2), send("c", "x"), expect_bytes("c", "Hello"),
                                   expect_bytes("c", "!"), quiet("c", 5ms), expect_end("c")});
      },
      [] {
        return script(discard(), {exchange("a", "swallowed"), quiet("a", 9ms), alive()});
      },
      [] {
        return script(daytime(), {connect("a"), send("a", "x"), expect_reply("a"), alive()});
      },
      [] {
        return script(quote(), {exchange("a", "x"), alive()});
      },
      [] {
        return script(chargen(), {connect("a"), expect_reply_bytes("a", 200), hold("a", 9ms),
                                  close("a"), alive()});
      },
      [] {
        return script(udp_echo(),
                      {connect("c", 2), send("c", "one"), send("c", ""), expect_same_source("c"),
                       should(exchange("c", "two")), exchange("c", "three"), quiet("c", 9ms)});
      },
      [] {
        return script(udp(uppercase(LetterCase::Either)),
                      {connect("a"), cut("a", "éöabcdef", Barrier::Reply), expect_reply("a")});
      },
      [] {
        return script(udp_echo(), {connect("a"), send("a", "x"), expect_bytes("a", "y")});
      },
      [] {
        return script(echo(), {keep_sample(Resource::Memory, "start"), connect("a"),
                               stopwatch("w", {exchange("a", "one")}), urgent("a", '!'),
                               should(judge_sample(Resource::Memory, 9, "start")),
                               should(median("w", 1ms)), judge_cpu(10, 50ms), alive()});
      },
      [] {
        return script(echo(), {connect("a"), server(ServerAct::Stop), server(ServerAct::Continue),
                               should(server(ServerAct::StartSecond)), server(ServerAct::Terminate),
                               should(expect_exit()), server(ServerAct::Restart), alive()});
      },
  };
  return all;
}

}  // namespace

std::size_t script_count() { return all_scripts().size(); }
Script script_number(std::size_t number) { return all_scripts()[number % script_count()](); }

RandomWorld::RandomWorld(Script script, std::string_view choices)
    : script_(std::move(script)), conversation_(script_), choices_(choices) {
  clients_.resize(conversation_.script().peers.size());
}

std::uint8_t RandomWorld::choose() {
  if (choices_.empty()) return 0;
  const auto choice = static_cast<std::uint8_t>(choices_[0]);
  choices_.remove_prefix(1);
  return choice;
}

void RandomWorld::run() {
  tell({0, event::Begin{}});
  while (!choices_.empty()) happen(choose());
  while (!conversation_.finished() && broken_promise_.empty()) tick();
  tell({0, event::Received{"late"}});
  tell({0, event::Tick{}});
}

void RandomWorld::happen(std::uint8_t choice) {
  const std::size_t peer = choose() % (clients_.size() + 1);  // one of them does not exist
  if (peer == clients_.size() && choice % 16 > 9) return tell({peer, event::Received{"?"}});
  const std::size_t known = peer % clients_.size();
  switch (choice % 16) {
    case 0:
    case 1:
    case 2: return send_some(known, choose());
    case 3:
    case 4:
    case 5: return answer(known, 255);
    case 6: return answer(known, choose());
    case 7:
    case 8: return tell({known, event::Connected{}});
    case 9: return tick();
    case 10: return tell({known, event::QueueEmpty{}});
    case 11: now_ += std::chrono::microseconds(choose() * 100); return;
    case 12:
      return tell({known, event::Received{std::string_view("Hello!\0\xFFwrong", choose() % 14),
                                          choose() % 8 == 0 ? "10.0.0.9:9" : ""}});
    case 13: return choose() % 4 == 0 ? tell({known, event::Ended{}}) : void();
    case 14: {
      const std::uint8_t how = choose();
      const auto breakage = static_cast<Breakage>(how % 9);
      const auto call = static_cast<Call>(how / 9 % 3);
      return how < 60 ? tell({known, event::Broke{breakage, call, "words"}}) : void();
    }
    default: return happen_to_the_server(choose());
  }
}

void RandomWorld::happen_to_the_server(std::uint8_t choice) {
  switch (choice % 16) {
    case 0: return tell({0, event::ServerGone{{"gone.exit"}}});
    case 1:
    case 2: {
      const auto resource = static_cast<Resource>(choice / 16 % 5);
      return tell({0, event::Sampled{resource, choose()}});
    }
    case 3: return tell({0, event::Sampled{static_cast<Resource>(choice / 16 % 5), {}}});
    case 4: return tell({0, event::ServerStarted{true, {}}});
    case 5: return tell({0, event::ServerStarted{false, {"gone.exit"}}});
    default: return;
  }
}

void RandomWorld::send_some(std::size_t peer, std::uint8_t choice) {
  Client& client = clients_[peer];
  if (client.writes.empty()) return;
  std::string& first = client.writes.front();
  const bool udp = conversation_.script().profile.transport == Transport::Udp;
  const std::size_t taken = udp ? first.size() : std::min<std::size_t>(first.size(), choice + 1U);
  if (udp) {
    client.datagrams.push_back(first);
  } else {
    client.to_answer += first.substr(0, taken);
  }
  first.erase(0, taken);
  if (first.empty()) client.writes.erase(client.writes.begin());
  tell({peer, event::Sent{taken}});
}

std::string RandomWorld::reply_to(std::string bytes) const {
  const Reply& reply = conversation_.script().profile.reply;
  switch (reply.transform) {
    case Transform::Identity: return bytes;
    case Transform::Uppercase: return unicode_uppercase(bytes);
    case Transform::Text: return reply.text;
    case Transform::None: return {};
    case Transform::Date: return "Sat Nov 21 10:01:22 2026\r\n";
    case Transform::AnyText: return "To be or not to be\r\n";
    case Transform::Chargen: return chargen::excerpt(5, pattern_at_, 40);
  }
  return {};
}

// The server answers what it has, or some bytes of it.
void RandomWorld::answer(std::size_t peer, std::uint8_t most) {
  Client& client = clients_[peer];
  if (conversation_.script().profile.transport == Transport::Udp) {
    if (client.datagrams.empty()) return;
    const std::size_t which = most % client.datagrams.size();
    const std::string reply = reply_to(client.datagrams[which]);
    client.datagrams.erase(client.datagrams.begin() + static_cast<std::ptrdiff_t>(which));
    return tell({peer, event::Received{reply}});
  }
  const bool first = conversation_.script().profile.speaks_first;
  if (client.to_answer.empty() && !first) return;
  const std::string request = client.to_answer.substr(0, most);
  client.to_answer.erase(0, request.size());
  const std::string reply = reply_to(request);
  pattern_at_ += reply.size();
  if (!reply.empty()) tell({peer, event::Received{reply}});
}

void RandomWorld::tick() {
  if (wake_at_) now_ = std::max(now_, *wake_at_);
  if (++ticks_without_progress_ > kMostTicks) broken_promise_ = "the conversation never ends";
  tell({0, event::Tick{}});
}

void RandomWorld::tell(Event event) {
  const bool was_finished = conversation_.finished();
  const Output output = conversation_.step(now_, event);
  check_promises(output, was_finished);
  wake_at_ = output.wake_at;
  for (const Action& action : output.actions) obey(action);
}

void RandomWorld::obey(const Action& action) {
  const bool about_the_server = std::holds_alternative<action::Sample>(action.what) ||
                                std::holds_alternative<action::Server>(action.what);
  if (about_the_server) return;
  if (action.peer >= clients_.size()) {
    broken_promise_ = "an action for a peer that does not exist";
    return;
  }
  Client& client = clients_[action.peer];
  if (const auto* write = std::get_if<action::Write>(&action.what)) {
    const bool udp = conversation_.script().profile.transport == Transport::Udp;
    if (udp || !write->bytes.empty()) client.writes.emplace_back(write->bytes.view());
  }
  if (std::holds_alternative<action::DropUnsent>(action.what)) client.writes.clear();
}

void RandomWorld::check_promises(const Output& output, bool was_finished) {
  const bool finished = conversation_.finished();
  if (was_finished && !finished) broken_promise_ = "a finished conversation goes on";
  if (was_finished && (!output.actions.empty() || output.wake_at)) {
    broken_promise_ = "a finished conversation wants something";
  }
  if (!finished && !output.wake_at) broken_promise_ = "nothing will ever wake the conversation";
}

}  // namespace sockspec::test
