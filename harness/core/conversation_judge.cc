// Conversation: is what was observed what the move expects?
#include <algorithm>
#include <chrono>

#include "core/conversation.h"
#include "core/excerpt.h"
#include "core/match.h"
#include "core/same_prefix.h"

namespace sockspec {
namespace {

std::string count(std::uint64_t number) { return std::to_string(number); }

}  // namespace

std::optional<Conversation::Failure> Conversation::wrong_bytes(std::size_t index) const {
  const PeerState& peer = peers_[index];
  if (peer.literal || peer.muted || !peer.oracle.difference()) return std::nullopt;
  const Difference& difference = *peer.oracle.difference();
  const std::string_view wrong =
      std::string_view(difference.received)
          .substr(std::min<std::size_t>(difference.received.size(),
                                        difference.offset - difference.window_offset));
  if (peer.oracle.unasked()) {
    return Failure{{"expect.nothing-more", {{"bytes", count(difference.offset)}}},
                   {"seen.unasked", {{"excerpt", quoted(wrong)}, {"peer", peer_name(index)}}},
                   index,
                   difference,
                   false,
                   true};
  }
  return Failure{expectation(index),
                 {"seen.different",
                  {{"offset", count(difference.offset)},
                   {"excerpt", quoted(wrong)},
                   {"peer", peer_name(index)}}},
                 index,
                 difference};
}

std::optional<Conversation::Failure> Conversation::judge(std::size_t peer) const {
  return std::visit(Match{
                        [&](const move::Connect&) { return judge_connect(peer); },
                        [&](const move::Send&) { return judge_send(peer); },
                        [&](const move::AwaitReply& await) { return judge_reply(peer, await); },
                        [&](const move::AwaitBytes& await) { return judge_bytes(peer, await); },
                        [&](const move::AwaitEnd& await) { return judge_end(peer, await); },
                        [&](const move::Quiet&) { return judge_quiet(peer); },
                        [](const auto&) { return std::optional<Failure>(); },
                    },
                    move().what);
}

std::optional<Conversation::Failure> Conversation::judge_connect(std::size_t index) const {
  const PeerState& peer = peers_[index];
  if (!peer.broke || peer.link == PeerState::Link::Open) return std::nullopt;
  return Failure{{"expect.connect"}, end_seen(index), index};
}

std::optional<Conversation::Failure> Conversation::judge_send(std::size_t index) const {
  const PeerState& peer = peers_[index];
  if (script_.profile.speaks_first) return std::nullopt;
  const bool waits_for_reply = std::get<move::Send>(move().what).barrier == Barrier::Reply;
  const bool cut = peer.broke || (peer.ended && !peer.oracle.settled() && waits_for_reply);
  if (!cut) return std::nullopt;
  const Message expected = peer.oracle.missing() > 0
                               ? expectation(index)
                               : Message{"expect.takes", {{"bytes", count(peer.queued)}}};
  return Failure{expected, end_seen(index), index};
}

std::optional<Conversation::Failure> Conversation::judge_reply(
    std::size_t index, const move::AwaitReply& await) const {
  const PeerState& peer = peers_[index];
  if (await.same_source && !peer.foreign_source.empty()) {
    return Failure{
        {"expect.same-source"}, {"seen.foreign-source", {{"from", peer.foreign_source}}}, index};
  }
  if (peer.oracle.judged_at_end()) return judge_text(index);
  const bool complete =
      await.bytes > 0 ? peer.oracle.bytes_received() >= await.bytes : peer.oracle.settled();
  if (complete || !peer.gone()) return std::nullopt;
  return Failure{expectation(index), end_seen(index), index};
}

// A reset after the whole text is no failure: the server's kernel sends it where bytes of ours were
// still unread at the close.
std::optional<Conversation::Failure> Conversation::judge_text(std::size_t index) const {
  const PeerState& peer = peers_[index];
  if (!peer.gone() && !peer.oracle.text_too_long()) return std::nullopt;
  const bool cut =
      peer.broke && !peer.ended && (peer.broke->breakage != Breakage::Reset || peer.received == 0);
  if (cut) return Failure{expectation(index), end_seen(index), index};
  if (const auto wrong = peer.oracle.judge_text())
    return Failure{expectation(index), *wrong, index};
  return std::nullopt;
}

std::optional<Conversation::Failure> Conversation::judge_bytes(
    std::size_t index, const move::AwaitBytes& await) const {
  const PeerState& peer = peers_[index];
  const std::string_view want = await.bytes.view();
  const std::size_t common = std::min(want.size(), peer.unread.size());
  const std::size_t same = same_prefix(want, peer.unread);
  const Message expected{"expect.bytes",
                         {{"excerpt", quoted(want)}, {"bytes", count(want.size())}}};
  if (same < common) {
    const std::size_t start = same > 24 ? same - 24 : 0;
    const std::uint64_t base = peer.received - peer.unread.size();
    return Failure{expected,
                   {"seen.different",
                    {{"offset", count(base + same)},
                     {"excerpt", quoted(std::string_view(peer.unread).substr(same))},
                     {"peer", peer_name(index)}}},
                   index,
                   Difference{base + same, base + start, std::string(want.substr(start, 64)),
                              peer.unread.substr(start, 64)}};
  }
  if (peer.unread.size() >= want.size() || !peer.gone()) return std::nullopt;
  return Failure{expected, end_seen(index), index};
}

std::optional<Conversation::Failure> Conversation::judge_end(std::size_t index,
                                                             const move::AwaitEnd& await) const {
  const PeerState& peer = peers_[index];
  if (!peer.gone()) return std::nullopt;
  const bool owed = !peer.literal && !peer.oracle.judged_at_end() && !peer.oracle.settled();
  if (owed) return Failure{expectation(index), end_seen(index), index};
  if (!peer.unread.empty()) {
    return Failure{{"expect.nothing-more", {{"bytes", count(peer.received - peer.unread.size())}}},
                   {"seen.unasked", {{"excerpt", quoted(peer.unread)}, {"peer", peer_name(index)}}},
                   index};
  }
  const bool reset = peer.broke.has_value() && !peer.ended;
  if (!reset || await.any_close || !await.reset_fails) return std::nullopt;
  return Failure{{"expect.end"}, end_seen(index), index};
}

std::optional<Conversation::Failure> Conversation::judge_quiet(std::size_t index) const {
  const PeerState& peer = peers_[index];
  const Message expected{"expect.quiet", {{"window", in_whole_ms(move().within)}}};
  if (peer.literal && !peer.unread.empty()) {
    return Failure{expected,
                   {"seen.unasked", {{"excerpt", quoted(peer.unread)}, {"peer", peer_name(index)}}},
                   index};
  }
  if (peer.link != PeerState::Link::Open || !peer.gone()) return std::nullopt;
  return Failure{expected, end_seen(index), index};
}

Conversation::Failure Conversation::late(std::size_t index) const {
  const PeerState& peer = peers_[index];
  const bool trickled = now_ < last_progress_ + move().within;
  const std::string within = in_whole_ms(now_ - (trickled ? move_began_ : last_progress_));
  const bool send = std::holds_alternative<move::Send>(move().what);
  const bool end = std::holds_alternative<move::AwaitEnd>(move().what);
  const bool text = peer.oracle.judged_at_end() && peer.received > 0;  // complete with the end
  const bool waits_for_end = text || (end && (peer.literal || peer.oracle.settled()));
  Failure failure{expectation(index), {}, index, std::nullopt, !server_gone_};
  if (server_gone_) {
    failure.observed = server_gone_seen();
  } else if (std::holds_alternative<move::Connect>(move().what)) {
    failure.observed = {"seen.not-accepted", {{"within", within}}};
  } else if (send && !peer.all_taken()) {
    failure.expected = {"expect.takes", {{"bytes", count(peer.queued)}}};
    failure.observed = {
        "seen.not-taken",
        {{"within", within}, {"taken", count(peer.taken)}, {"bytes", count(peer.queued)}}};
  } else if (waits_for_end) {
    failure.observed = {"seen.still-open", {{"within", within}}};
  } else if (peer.received == 0 || missing(index) == 0) {  // an empty datagram has no bytes to miss
    failure.observed = {"seen.nothing", {{"within", within}}};
  } else {
    failure.observed = {"seen.partial",
                        {{"within", within},
                         {"received", count(peer.received)},
                         {"missing", count(missing(index))},
                         {"next", quoted(next_owed(index))}}};
  }
  return failure;
}

// Bytes still to come, for the move we are on.
std::uint64_t Conversation::missing(std::size_t index) const {
  const PeerState& peer = peers_[index];
  const auto beyond = [](std::uint64_t all, std::uint64_t there) {
    return all - std::min(all, there);
  };
  if (const auto* bytes = std::get_if<move::AwaitBytes>(&move().what)) {
    return beyond(bytes->bytes.size(), peer.unread.size());
  }
  const auto* reply = std::get_if<move::AwaitReply>(&move().what);
  if (reply && reply->bytes > 0) return beyond(reply->bytes, peer.oracle.bytes_received());
  return peer.oracle.missing();
}

std::string Conversation::next_owed(std::size_t index) const {
  constexpr std::size_t kShown = 61;  // one more than is quoted, which shows the cut
  const PeerState& peer = peers_[index];
  if (const auto* await = std::get_if<move::AwaitBytes>(&move().what)) {
    const std::string_view want = await->bytes.view();
    return std::string(want.substr(std::min(want.size(), peer.unread.size()), kShown));
  }
  return peer.oracle.next_owed(kShown);
}

Message Conversation::expectation(std::size_t index) const {
  const PeerState& peer = peers_[index];
  if (std::holds_alternative<move::Connect>(move().what)) return {"expect.connect"};
  if (std::holds_alternative<move::AwaitEnd>(move().what) && peer.oracle.settled() &&
      !peer.oracle.difference()) {
    return {"expect.end"};
  }
  if (const auto* await = std::get_if<move::AwaitBytes>(&move().what)) {
    return {"expect.bytes",
            {{"excerpt", quoted(await->bytes.view())}, {"bytes", count(await->bytes.size())}}};
  }
  switch (script_.profile.reply.transform) {
    case Transform::Date: return {"expect.date"};
    case Transform::AnyText:
      return {"expect.any-text", {{"limit", count(script_.profile.reply.at_most)}}};
    case Transform::Chargen: return {"expect.chargen"};
    case Transform::None: return {"expect.no-reply"};
    case Transform::Identity: return {"expect.same", {{"bytes", count(peer.oracle.bytes_owed())}}};
    case Transform::Uppercase:
      return {"expect.uppercase", {{"bytes", count(peer.oracle.bytes_owed())}}};
    case Transform::Text: return {"expect.text", {{"text", quoted(script_.profile.reply.text)}}};
  }
  return {"expect.no-reply"};
}

Message Conversation::end_seen(std::size_t index) const {
  const PeerState& peer = peers_[index];
  Message message;
  const bool reset = peer.broke && peer.broke->breakage == Breakage::Reset;
  if (peer.broke && peer.broke->breakage == Breakage::Refused) {
    message.id = "seen.refused";
  } else if (reset && !peer.ended) {
    message.id = peer.link == PeerState::Link::Connecting ? "seen.reset-at-connect" : "seen.reset";
  } else if (peer.ended) {
    message.id = "seen.ended";
  } else {
    message.id = "seen.broke";
    message.params.emplace_back("error", peer.broke ? peer.broke->text : "");
  }
  message.params.emplace_back("received", count(peer.received));
  message.params.emplace_back("missing", count(missing(index)));
  return message;
}

}  // namespace sockspec
