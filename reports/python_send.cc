// PythonWriter: what clients send.
#include <algorithm>
#include <chrono>

#include "reports/python_body.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kInline = 44;               // letters of a literal that needs no variable
constexpr std::uint64_t kManyBytes = 256 * 1024;  // more than the system's buffers surely take
constexpr std::uint64_t kVeryMany = 1'000'000;    // bytes
constexpr std::uint64_t kShown = 80;              // bytes of a reply that are printed
constexpr std::size_t kPaused = 200;              // pieces between which a pause takes no time
constexpr std::size_t kSliced = 3;                // pieces that are written one by one

const move::Send& send_of(const Deed& deed) { return std::get<move::Send>(deed.move.what); }

bool is_among(const std::vector<std::size_t>& peers, std::size_t peer) {
  return std::find(peers.begin(), peers.end(), peer) != peers.end();
}

bool meets(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
  return std::any_of(a.begin(), a.end(), [&](std::size_t peer) { return is_among(b, peer); });
}

bool concerns(const Deed& deed, const std::vector<std::size_t>& peers) {
  if (deed.kind == Deed::Kind::Move) return meets(deed.move.peers, peers);
  return std::any_of(deed.body.begin(), deed.body.end(),
                     [&](const Deed& inner) { return concerns(inner, peers); });
}

bool awaits(const Plan& plan, const std::vector<std::size_t>& peers) {
  return std::any_of(plan.begin(), plan.end(), [&](const Deed& deed) {
    if (deed.kind != Deed::Kind::Move) return awaits(deed.body, peers);
    return std::holds_alternative<move::AwaitReply>(deed.move.what) &&
           meets(deed.move.peers, peers);
  });
}

bool is_number_or_name(const std::string& text) {
  return text == "message" || text.starts_with("message") || text.find('(') == std::string::npos;
}

// The size of equal pieces (the last may be shorter); 0 where they differ.
std::size_t even_size(const Payloads::Pieces& pieces) {
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    if (pieces[i].size() != pieces.front().size()) return 0;
  }
  return pieces.back().size() <= pieces.front().size() ? pieces.front().size() : 0;
}

Payloads payloads_of(const Deed& deed, const Profile& profile) {
  std::vector<Payloads::Pieces> all;
  for (const Move& round : deed.rounds) {
    const auto& pieces = std::get<move::Send>(round.what).pieces;
    all.insert(all.end(), pieces.begin(), pieces.end());
  }
  return Payloads(std::move(all), deed.source ? &deed.source->payload : nullptr, profile);
}

}  // namespace

void PythonWriter::send(const Plan& plan, std::size_t at) {
  const Deed& deed = plan[at];
  const Payloads payloads = payloads_of(deed, profile_);
  choose_forms(payloads);
  if (deed.move.peers.size() > 1) return send_to_group(plan, at, payloads);
  const std::size_t peer = deed.move.peers.front();
  const std::string client = names_.of(peer);
  const bool awaited = replies_to_input(profile_) && awaits(plan_, deed.move.peers);
  const auto loop_variable = variable_.find(&deed);
  std::string message =
      payloads.expression(loop_variable == variable_.end() ? "" : loop_variable->second);
  const bool spelled = payloads.spelled() && message.size() <= kInline;
  const bool given = loop_variable != variable_.end() && loop_variable->second == "message";
  const bool cut = send_of(deed).pieces.front().size() > 1 && deed.source &&
                   deed.source->split.kind != Split::Kind::Whole;
  if (given) message = "message";
  if (!cut || !spelled) announce(payloads, client, given || spelled ? message : "");
  if (!given && (cut || (awaited && !spelled))) {
    const bool in_use = std::any_of(sent_.begin(), sent_.end(), [](const auto& entry) {
      return entry.second.expression == "message";
    });
    const std::string variable = in_use ? names_.unused("message_" + client) : "message";
    line(variable + " = " + message);
    message = variable;
    if (cut && spelled) announce(payloads, client, message);
  }
  send_one(deed, payloads, client, message, awaited);
  const bool answered = answers_each_piece(deed);
  if (awaited && !answered) note_sent(plan, at, payloads, message);
}

// What the client sends, in words.
void PythonWriter::announce(const Payloads& payloads, const std::string& client,
                            const std::string& message) {
  if (!message.empty() && is_number_or_name(message) && (loops_ == 0 || message == "message"))
    return line("print(" + python_text(client + " sends") + ", " + message + ")");
  const bool sizes = payloads.smallest() != payloads.largest();
  if (loops_ == 0 && !sizes)
    say(client + " sends " + std::to_string(payloads.largest()) + " bytes");
}

void PythonWriter::choose_forms(const Payloads& payloads) {
  if (payloads.largest() >= kVeryMany) body_.forms["random_text"] = "random_text_large";
  if (tcp_ && payloads.largest() > kShown && !payloads.spelled())
    body_.forms.emplace("expect", "expect_long");
}

void PythonWriter::send_one(const Deed& deed, const Payloads& payloads, const std::string& client,
                            const std::string& message, bool awaited) {
  const move::Send& send = send_of(deed);
  if (send.stalled_after && send.keep_rest) {
    send_in_background(deed.move.peers.front(), client, message);
    return line("time.sleep(" + python_number(5 * in_seconds(*send.stalled_after)) +
                ")  # nobody reads: the replies pile up");
  }
  if (send.stalled_after) {
    const std::string stuck = "send_until_stuck(" + client + ", " + message + ", " +
                              python_number(in_seconds(*send.stalled_after)) + ")";
    return line(awaited ? message + " = " + message + "[:" + stuck + "]" : stuck);
  }
  const bool cut = send.pieces.front().size() > 1 && deed.source &&
                   deed.source->split.kind != Split::Kind::Whole;
  if (cut) return send_pieces(deed, payloads, client, message);
  if (tcp_ && payloads.largest() > kManyBytes && replies_to_input(profile_))
    return send_in_background(deed.move.peers.front(), client, message);
  line(send_call(client, deed.move.peers.front(), message));
  const bool reads = send.barrier == Barrier::Received && replies_to_input(profile_);
  if (answers_each_piece(deed)) return wait_for_piece(deed, payloads, client, message);
  if (reads && loops_ == 0) line("time.sleep(0.05)  # the server reads it");
}

void PythonWriter::send_in_background(std::size_t peer, const std::string& client,
                                      const std::string& message) {
  line("send_in_background(" + client + ", " + message + ")");
  background_[peer] = body_.lines.size() - 1;
}

void PythonWriter::send_pieces(const Deed& deed, const Payloads& payloads,
                               const std::string& client, const std::string& message) {
  const Payloads::Pieces& pieces = send_of(deed).pieces.front();
  const std::size_t peer = deed.move.peers.front();
  const std::size_t size = even_size(pieces);
  if (pieces.size() <= kSliced) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::size_t to = from + pieces[i].size();
      const std::string piece = message + "[" + (i == 0 ? "" : std::to_string(from)) + ":" +
                                (i + 1 == pieces.size() ? "" : std::to_string(to)) + "]";
      line(send_call(client, peer, piece));
      wait_for_piece(deed, payloads, client, piece);
      from = to;
    }
    return;
  }
  const auto indent = static_cast<std::size_t>(depth_ * 4);
  std::vector<std::string> values;
  for (const SharedBytes& piece : pieces) {
    if (size == 0) values.push_back(python_literal(piece.view()));
  }
  if (size == 0 && !payloads.same()) body_.possible = false;
  line(size == 0   ? python_list("for piece in ", values, ":", indent)
       : size == 1 ? "for start in range(len(" + message + ")):"
                   : "for start in range(0, len(" + message + "), " + std::to_string(size) + "):");
  ++depth_;
  if (size > 0) line("piece = " + message + "[start:start + " + std::to_string(size) + "]");
  line(send_call(client, peer, "piece"));
  wait_for_piece(deed, payloads, client, "piece");
  --depth_;
}

void PythonWriter::wait_for_piece(const Deed& deed, const Payloads& payloads,
                                  const std::string& client, const std::string& piece) {
  if (answers_each_piece(deed))
    return line("expect(" + client + ", " + allowed(piece, payloads.ascii()) + ")");
  const bool surely = send_of(deed).barrier != Barrier::Written;
  const bool measured = body_.timed || send_of(deed).pieces.front().size() > kPaused;
  if (surely) line("time.sleep(0.02)  # so that the server reads it alone");
  if (!surely && !measured) line("time.sleep(0.002)  # it goes out alone");
}

std::string PythonWriter::send_call(const std::string& client, std::size_t peer,
                                    const std::string& message) const {
  if (tcp_) return client + ".sendall(" + message + ")";
  if (connected_.contains(peer)) return client + ".send(" + message + ")";
  const auto there = elsewhere_.find(peer);
  const std::string address =
      there == elsewhere_.end() ? "SERVER" : "(" + python_text(there->second) + ", PORT)";
  return client + ".sendto(" + message + ", " + address + ")";
}

void PythonWriter::send_to_group(const Plan& plan, std::size_t at, const Payloads& payloads) {
  const Deed& deed = plan[at];
  const Peers& peers = deed.move.peers;
  const std::string group = names_.of(peers);
  const bool awaited = replies_to_input(profile_) && awaits(plan_, peers);
  const bool direct = answered_next(plan, at);
  if (awaited && !direct) body_.possible = false;
  std::string drawn = payloads.expression();
  const bool spelled = payloads.spelled();
  if (loops_ == 0) say("each of them sends");
  std::string list;
  if (!spelled && awaited) {
    list = "messages";
    line(list + " = [" + drawn + " for _ in " + group + "]");
    line("for client, message in zip(" + group + ", " + list + "):");
    drawn = "message";
  } else {
    line("for client in " + group + ":");
  }
  ++depth_;
  send_one(deed, payloads, "client", drawn, awaited);
  --depth_;
  if (!awaited || answers_each_piece(deed)) return;
  for (std::size_t i = 0; i < peers.size(); ++i) {
    const std::string one = list.empty() ? drawn : list + "[" + std::to_string(i) + "]";
    sent_[peers[i]] = {one, list, payloads.ascii(), ""};
  }
}

// Keeps in mind what is owed now.
void PythonWriter::note_sent(const Plan& plan, std::size_t at, const Payloads& payloads,
                             const std::string& message) {
  const Deed& deed = plan[at];
  const std::size_t peer = deed.move.peers.front();
  std::string owed;
  if (tcp_ && profile_.framing == Framing::Line && owes_lines(deed, payloads, &owed)) {
    sent_[peer] = {owed, "", payloads.ascii(), ""};
    return;
  }
  const bool stuck = send_of(deed).stalled_after && !send_of(deed).keep_rest;
  const bool cut_line = stuck && profile_.framing == Framing::Line;
  if (answered_next(plan, at)) {
    const std::string lines = message + "[:" + message + ".rfind(b\"\\n\") + 1]";
    const std::string bytes = payloads.spelled() ? payloads.bytes() : std::string();
    sent_[peer] = {cut_line ? lines : message, "", payloads.ascii(), bytes};
    return;
  }
  auto [collected, fresh] = collected_.try_emplace(peer);
  if (fresh) {
    collected->second = names_.unused("sent");
    collected_ascii_[peer] = true;
    top_.push_back(collected->second + (tcp_ ? " = b\"\"" : " = []"));
  }
  collected_ascii_[peer] = collected_ascii_[peer] && payloads.ascii();
  line(collected->second + (tcp_ ? " += " + message : ".append(" + message + ")"));
}

// Where a payload does not end with a line: what is owed for it, as a literal. False: whole lines.
bool PythonWriter::owes_lines(const Deed& deed, const Payloads& payloads, std::string* owed) {
  const std::size_t peer = deed.move.peers.front();
  std::string& held = held_[peer];
  bool whole = held.empty();
  for (const Move& round : deed.rounds) {
    for (const Payloads::Pieces& pieces : std::get<move::Send>(round.what).pieces)
      whole = whole && !pieces.empty() && pieces.back().view().ends_with('\n');
  }
  if (whole) return false;
  if (!payloads.spelled()) {
    body_.possible = false;
    return false;
  }
  const std::string all = held + payloads.bytes();
  const std::size_t end = all.rfind('\n') + 1;  // 0 where there is none
  held = all.substr(end);
  *owed = end == 0 ? std::string() : python_literal(std::string_view(all).substr(0, end));
  return true;
}

// Does the answer to this, and to nothing else of these clients, come next?
bool PythonWriter::answered_next(const Plan& plan, std::size_t at) const {
  const Peers& peers = plan[at].move.peers;
  if (collected_.contains(peers.front())) return false;
  for (std::size_t i = at + 1; i < plan.size(); ++i) {
    const Deed& next = plan[i];
    if (!concerns(next, peers)) continue;
    if (next.kind != Deed::Kind::Move) return false;
    if (std::holds_alternative<move::Send>(next.move.what)) return false;
    if (!std::holds_alternative<move::AwaitReply>(next.move.what)) continue;
    return std::all_of(peers.begin(), peers.end(),
                       [&](std::size_t peer) { return is_among(next.move.peers, peer); });
  }
  return false;
}

bool PythonWriter::answers_each_piece(const Deed& deed) const {
  const Transform transform = profile_.reply.transform;
  const bool bytewise = transform == Transform::Identity || transform == Transform::Uppercase;
  return tcp_ && bytewise && send_of(deed).barrier == Barrier::Reply &&
         profile_.framing == Framing::Stream;
}

}  // namespace sockspec::reports
