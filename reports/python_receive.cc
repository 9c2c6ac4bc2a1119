// PythonWriter: what must come back.
#include <algorithm>
#include <chrono>

#include "reports/python_body.h"

namespace sockspec::reports {
std::string PythonWriter::reply_in_words() const {
  switch (profile_.reply.transform) {
    case Transform::Identity: return "The same bytes must come back.";
    case Transform::Uppercase: return "The same must come back in capital letters.";
    case Transform::Text: return "Every client gets this text.";
    case Transform::None: return "Nothing may come back.";
    case Transform::Date: return "A date and a time must come.";
    case Transform::AnyText: return "A text must come.";
    case Transform::Chargen: return "The pattern of RFC 864 must come.";
  }
  return {};
}

// The replies that are right, as arguments of expect().
std::string PythonWriter::allowed(const std::string& sent, bool ascii) {
  switch (profile_.reply.transform) {
    case Transform::Identity: return sent;
    case Transform::Text: {
      const std::string text = python_literal(profile_.reply.text);
      return tcp_ && profile_.framing == Framing::Line ? text + " * " + sent + ".count(b\"\\n\")"
                                                       : text;
    }
    case Transform::Uppercase: break;
    case Transform::None:
    case Transform::Date:
    case Transform::AnyText:
    case Transform::Chargen: return "b\"\"";
  }
  const std::string bytes = sent + ".upper()";
  const std::string letters = sent + ".decode().upper().encode()";
  if (ascii || profile_.reply.letter_case == LetterCase::Ascii) return bytes;
  if (profile_.reply.letter_case == LetterCase::Unicode) return letters;
  if (tcp_) body_.forms["expect"] = "expect_choice";
  return bytes + ", " + letters;
}

void PythonWriter::await_reply(const Deed& deed, const move::AwaitReply& await) {
  const Peers& peers = deed.move.peers;
  const Transform transform = profile_.reply.transform;
  if (transform == Transform::None) return;
  if (deed.lenient) return drain(deed);
  if (await.same_source) {
    const auto there = elsewhere_.find(peers.front());
    const bool usual = there == elsewhere_.end();
    remark("The reply must come from where the question went.");
    for_peers(peers,
              "expect_from_server({}" + (usual ? "" : ", " + python_text(there->second)) + ")");
    return;
  }
  if (profile_.speaks_first || !replies_to_input(profile_)) return await_spoken(deed, await);
  if (await.bytes > 0) body_.possible = false;
  const auto first = sent_.find(peers.front());
  const bool known = first != sent_.end();
  const bool group = peers.size() > 1 && known;
  if (transform == Transform::Text && tcp_ && profile_.framing != Framing::Line) {
    // One text for each connection, whatever it sent.
    Peers waiting;
    for (const std::size_t peer : peers) {
      const bool asked = sent_.contains(peer) || collected_.contains(peer);
      if (asked && text_sent_.insert(peer).second) waiting.push_back(peer);
      sent_.erase(peer);
    }
    if (waiting.empty()) return;
    remark(reply_in_words());
    return for_peers(waiting, "expect({}, " + allowed("", true) + ")");
  }
  if (group && !first->second.list.empty()) {
    await_group(deed, first->second.list, first->second.ascii);
  } else if (group) {
    for_peers(peers, "expect({}, " + allowed(first->second.expression, first->second.ascii) + ")");
  } else {
    for (const std::size_t peer : peers) {
      await_collected(peer);
      const auto sent = sent_.find(peer);
      if (sent == sent_.end() || sent->second.expression.empty()) continue;
      await_one(peer, sent->second);
    }
  }
  for (const std::size_t peer : peers) sent_.erase(peer);
}

void PythonWriter::await_one(std::size_t peer, const Sent& sent) {
  const std::string replies = allowed(sent.expression, sent.ascii);
  const std::string call = "expect(" + names_.of(peer) + ", ";
  const auto form = body_.forms.find("expect");
  const bool choice = form != body_.forms.end() && form->second == "expect_choice" && !sent.ascii;
  auto& [request, reply] = chosen_[peer];
  if (choice && !sent.bytes.empty() && request == sent.bytes) {
    remark("The same reply as before, however the bytes are cut.");
    return line(call + reply + ")");
  }
  remark(reply_in_words());
  if (!choice || sent.bytes.empty()) return line(call + replies + ")");
  request = sent.bytes;
  reply = "first_reply";
  line(reply + " = " + call + replies + ")");
}

void PythonWriter::await_group(const Deed& deed, const std::string& list, bool ascii) {
  const std::string group = names_.of(deed.move.peers);
  const bool backwards = group.starts_with("reversed(");
  const std::string messages = backwards ? "reversed(" + list + ")" : list;
  remark(reply_in_words());
  line("for client, message in zip(" + group + ", " + messages + "):");
  ++depth_;
  line("expect(client, " + allowed("message", ascii) + ")");
  --depth_;
}

// All that a client has sent since its last answer.
void PythonWriter::await_collected(std::size_t peer) {
  const auto collected = collected_.find(peer);
  if (collected == collected_.end()) return;
  const std::string& variable = collected->second;
  const std::string client = names_.of(peer);
  const bool ascii = collected_ascii_[peer];
  if (tcp_) {
    line("expect(" + client + ", " + allowed(variable, ascii) + ")");
    return line(variable + " = b\"\"");
  }
  if (!ascii && profile_.reply.transform == Transform::Uppercase) body_.possible = false;
  line("expect_all(" + client + ", [" + allowed("message", true) + " for message in " + variable +
       "])");
  line(variable + " = []");
}

// What a server says of itself.
void PythonWriter::await_spoken(const Deed& deed, const move::AwaitReply& await) {
  const Peers& peers = deed.move.peers;
  if (loops_ == 0) remark(reply_in_words());
  switch (profile_.reply.transform) {
    case Transform::Date: return for_peers(peers, "expect_date({})");
    case Transform::AnyText:
      return profile_.reply.at_most == 0
                 ? for_peers(peers, "expect_any_text({})")
                 : for_peers(peers,
                             "expect_text({}, " + std::to_string(profile_.reply.at_most) + ")");
    case Transform::Text: {
      Peers waiting;
      for (const std::size_t peer : peers) {
        if (text_sent_.insert(peer).second) waiting.push_back(peer);
      }
      if (waiting.empty()) return;
      return for_peers(waiting, "expect({}, " + python_literal(profile_.reply.text) + ")");
    }
    case Transform::Chargen: break;
    case Transform::Identity:
    case Transform::Uppercase:
    case Transform::None: return;
  }
  for (const std::size_t peer : peers) {
    const auto [before, fresh] = pattern_.try_emplace(peer);
    if (fresh) before->second = names_.unused("seen");
    line(before->second + " = expect_pattern(" + names_.of(peer) + ", " +
         std::to_string(await.bytes) + (fresh ? "" : ", " + before->second) + ")");
  }
}

void PythonWriter::await_end(const Deed& deed, const move::AwaitEnd& end) {
  const Peers& peers = deed.move.peers;
  const bool unjudged =
      peers.front() < script_.peers.size() && script_.peers[peers.front()].literal;
  if (deed.lenient || unjudged) return drain(deed);
  if (loops_ == 0) remark("Now the server must close the connection.");
  for_peers(peers, end.any_close ? "expect_end_or_reset({})" : "expect_end({})");
}

void PythonWriter::quiet(const Deed& deed) {
  if (deed.lenient) return;
  if (loops_ == 0) remark("Nothing more may come.");
  for_peers(deed.move.peers,
            "expect_nothing({}, " + python_number(in_seconds(deed.move.within)) + ")");
}

void PythonWriter::drain(const Deed& deed) {
  constexpr double kLong = 0.5;  // seconds
  for_peers(deed.move.peers,
            "drain({}, " + python_number(std::min(kLong, in_seconds(deed.move.within))) + ")");
  for (const std::size_t peer : deed.move.peers) {
    sent_.erase(peer);
    if (const auto found = collected_.find(peer); found != collected_.end())
      line(found->second + (tcp_ ? " = b\"\"" : " = []"));
  }
}

}  // namespace sockspec::reports
