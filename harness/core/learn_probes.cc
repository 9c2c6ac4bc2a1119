#include "core/learn_probes.h"

#include <chrono>

namespace sockspec::learn_probes {
namespace {

using namespace std::chrono_literals;
using Kind = Act::Kind;

constexpr Duration kGreeting = 300ms;  // a server that speaks first has spoken by then
constexpr Duration kAnswer = 1000ms;
constexpr Duration kAnswerToMore = 700ms;

}  // namespace

Probe message(std::string id, std::string_view text, Transport transport) {
  const std::string sent(text);
  if (transport == Transport::Udp)
    return {std::move(id), {{Kind::Connect}, {Kind::Send, 0, sent, kAnswer}}};
  return {std::move(id),
          {{Kind::Connect, 0, {}, kGreeting, kPatternSize},
           {Kind::Send, 0, sent, kAnswer, kPatternSize},
           {Kind::Send, 0, "\n", kAnswerToMore, kPatternSize},
           {Kind::HalfClose, 0, {}, kAnswer, kPatternSize}}};
}

Probe visit(std::string id) {
  return {std::move(id), {{Kind::Connect, 0, {}, kAnswer, kPatternSize}}};
}

Probe lines() {
  return {"lines",
          {{Kind::Connect},
           {Kind::Send, 0, std::string(kLineAndHalf), kAnswer},
           {Kind::Send, 0, std::string(kRestOfLine), kAnswer}}};
}

const std::vector<std::string>& end_messages(Framing framing) {
  static const std::vector<std::string> kLines = {"/end\n", "quit\n",  "exit\n",
                                                  "bye\n",  "/quit\n", "/exit\n"};
  static const std::vector<std::string> kAll = {"/end",   "quit",  "exit",    "bye",
                                                "/quit",  "/exit", "/end\n",  "quit\n",
                                                "exit\n", "bye\n", "/quit\n", "/exit\n"};
  return framing == Framing::Line ? kLines : kAll;
}

Probe ends(Framing framing) {
  Probe probe{"ends", {}};
  std::size_t client = 0;
  for (const std::string& message : end_messages(framing)) {
    probe.acts.push_back({Kind::Connect, client});
    probe.acts.push_back({Kind::Send, client, message, kAnswerToMore});
    probe.acts.push_back({Kind::Close, client});
    ++client;
  }
  return probe;
}

std::string all_bytes(const Profile& profile) {
  const bool line = profile.framing == Framing::Line;
  std::string all;
  for (int byte = 0; byte < 256; ++byte) {
    if (!line || byte != '\n') all += static_cast<char>(byte);
  }
  return line ? all + "\n" : all;
}

Probe bytes(const Profile& profile) {
  Probe probe{"bytes", {{Kind::Connect}, {Kind::Send, 0, all_bytes(profile), kAnswer}}};
  if (profile.reply.transform == Transform::None) {
    probe.acts.back().patience = {};
    probe.acts.push_back({Kind::HalfClose, 0, {}, kAnswer});
  }
  return probe;
}

std::string letters(const Profile& profile, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('a' + i % 26);
  if (profile.framing == Framing::Line && size > 0) text.back() = '\n';
  return text;
}

Probe size(const Profile& profile, std::size_t size) {
  return {"size-" + std::to_string(size),
          {{Kind::Connect}, {Kind::Send, 0, letters(profile, size), kAnswer, size}}};
}

Probe clients(const Profile& profile, bool in_turn) {
  const bool greeted = profile.speaks_first;
  const bool mute = profile.reply.transform == Transform::None;
  Probe probe{in_turn ? "clients-in-turn" : "clients", {}};
  // The first one has been accepted once it was greeted, or after a while.
  probe.acts.push_back({Kind::Connect, 0, {}, greeted ? kAnswer : kSettle, 1});
  const Duration wait = in_turn ? kGreeting : kAnswer;
  probe.acts.push_back({Kind::Connect, 1, {}, greeted ? wait : Duration::zero(), 1});
  if (!greeted) {
    probe.acts.push_back(
        {Kind::Send, 1, std::string(kSecondClient), mute ? Duration::zero() : wait, 1});
  }
  if (mute) probe.acts.push_back({Kind::HalfClose, 1, {}, wait});
  if (in_turn) {
    probe.acts.push_back({Kind::Close, 0});
    probe.acts.push_back({Kind::Listen, 1, {}, kAnswer, 1});
  }
  return probe;
}

}  // namespace sockspec::learn_probes
