#include "reports/python_body.h"

#include <algorithm>
#include <chrono>

#include "core/match.h"

namespace sockspec::reports {
namespace {

constexpr int kIndent = 4;
constexpr std::size_t kMostValues = 30;  // of a loop variable

std::string counted(std::size_t count, const std::string& things) {
  return std::to_string(count) + " " + things;
}

bool mentions_peer(const Plan& plan, std::size_t peer) {
  return std::any_of(plan.begin(), plan.end(), [&](const Deed& deed) {
    if (deed.kind != Deed::Kind::Move) return mentions_peer(deed.body, peer);
    const auto& peers = deed.move.peers;
    return std::find(peers.begin(), peers.end(), peer) != peers.end();
  });
}

bool buffers(const Plan& plan) {
  return std::any_of(plan.begin(), plan.end(), [](const Deed& deed) {
    if (deed.kind != Deed::Kind::Move) return buffers(deed.body);
    const auto* connect = std::get_if<move::Connect>(&deed.move.what);
    return connect && (connect->options.send_buffer || connect->options.receive_buffer ||
                       !connect->options.to.empty());
  });
}

bool splits(const Plan& plan) {
  return std::any_of(plan.begin(), plan.end(), [](const Deed& deed) {
    if (deed.kind != Deed::Kind::Move) return splits(deed.body);
    return std::holds_alternative<move::Send>(deed.move.what) && deed.source &&
           deed.source->split.kind != Split::Kind::Whole;
  });
}

}  // namespace

PythonWriter::PythonWriter(const Script& script, const Plan& plan)
    : script_(script),
      profile_(script.profile),
      plan_(plan),
      names_(script, plan),
      tcp_(script.profile.transport == Transport::Tcp) {
  if (buffers(plan)) {
    body_.forms["connect"] = "connect_buffers";
  } else if (splits(plan)) {
    body_.forms["connect"] = "connect_nodelay";
  }
  if (tcp_) return;
  body_.forms["expect"] = "expect_datagram";
  body_.forms["expect_nothing"] = "expect_no_datagram";
  body_.forms["drain"] = "drain_datagrams";
}

PythonBody PythonWriter::write() {
  body_.timed = std::any_of(plan_.begin(), plan_.end(), [](const Deed& deed) {
    return deed.kind == Deed::Kind::Move && std::holds_alternative<move::Median>(deed.move.what);
  });
  block(plan_);
  body_.lines.insert(body_.lines.begin(), top_.begin(), top_.end());
  return std::move(body_);
}

void PythonWriter::line(const std::string& text) {
  body_.lines.push_back(std::string(static_cast<std::size_t>(depth_ * kIndent), ' ') + text);
}

void PythonWriter::say(const std::string& words) {
  if (loops_ > 0) return remark(words);
  line("print(" + python_text(words) + ")");
}

void PythonWriter::remark(const std::string& words) { line("# " + words); }

void PythonWriter::block(const Plan& plan) {
  for (std::size_t i = 0; i < plan.size(); ++i) {
    switch (plan[i].kind) {
      case Deed::Kind::Move: move(plan, i); break;
      case Deed::Kind::Loop: loop(plan[i]); break;
      case Deed::Kind::Probe: probe(plan[i]); break;
    }
  }
}

// The values of a send of the body that the loop runs over; none where they are drawn.
std::vector<std::string> PythonWriter::spelled_values(const Deed& loop, const Deed& deed) {
  std::vector<std::string> values;
  const bool single = deed.kind == Deed::Kind::Move && deed.move.peers.size() == 1;
  const bool send = single && std::holds_alternative<move::Send>(deed.move.what);
  if (!send || deed.rounds.size() != loop.times || loop.times > kMostValues) return values;
  const bool literal = deed.source && deed.source->payload.kind == Payload::Kind::Literal;
  for (const Move& round : deed.rounds) {
    const auto& pieces = std::get<move::Send>(round.what).pieces;
    const Payloads one({pieces.front()}, deed.source ? &deed.source->payload : nullptr, profile_);
    values.push_back(literal ? one.expression() : std::to_string(one.measure(0)));
  }
  const bool all_same = std::all_of(values.begin(), values.end(),
                                    [&](const std::string& v) { return v == values.front(); });
  if (all_same) values.clear();
  return values;
}

std::string PythonWriter::loop_head(const Deed& deed) {
  for (const Deed& inner : deed.body) {
    const std::vector<std::string> values = spelled_values(deed, inner);
    if (values.empty()) continue;
    const bool literal = inner.source && inner.source->payload.kind == Payload::Kind::Literal;
    const std::string variable = literal ? "message" : "size";
    variable_[&inner] = variable;
    return python_list("for " + variable + " in ", values, ":",
                       static_cast<std::size_t>(depth_ * kIndent));
  }
  return "for _ in range(" + std::to_string(deed.times) + "):";
}

void PythonWriter::loop(const Deed& deed) {
  const std::string head = loop_head(deed);
  if (loops_ == 0) say(counted(deed.times, "times:"));
  for (const Deed& inner : deed.body) keep(inner);
  line(head);
  ++depth_;
  ++loops_;
  block(deed.body);
  --depth_;
  --loops_;
  // Behind the loop, those connected in it are elements of a list.
  for (const Deed& inner : deed.body) {
    const auto kept = variable_.find(&inner);
    const bool connects =
        inner.kind == Deed::Kind::Move && std::holds_alternative<move::Connect>(inner.move.what);
    if (!connects || kept == variable_.end()) continue;
    Peers all;
    for (const Move& round : inner.rounds)
      all.insert(all.end(), round.peers.begin(), round.peers.end());
    names_.collect(all, kept->second);
  }
}

// Is the connection over before the round is?
bool PythonWriter::ends_in(const Plan& body, std::size_t peer) const {
  return std::any_of(body.begin(), body.end(), [&](const Deed& deed) {
    if (deed.kind != Deed::Kind::Move) return ends_in(deed.body, peer);
    const auto& peers = deed.move.peers;
    const bool ends = std::holds_alternative<move::Close>(deed.move.what) ||
                      std::holds_alternative<move::Reset>(deed.move.what);
    return ends && std::find(peers.begin(), peers.end(), peer) != peers.end();
  });
}

// Connections of a loop that stay open need a list, or Python would close them.
void PythonWriter::keep(const Deed& deed) {
  if (deed.kind != Deed::Kind::Move || !std::holds_alternative<move::Connect>(deed.move.what))
    return;
  const std::size_t peer = deed.move.peers.front();
  bool later = false;
  for (std::size_t i = 1; i < deed.rounds.size(); ++i) {
    for (const std::size_t other : deed.rounds[i].peers)
      later = later || mentions_peer(plan_, other);
  }
  if (!later && (!tcp_ || ends_in(plan_, peer))) return;
  const std::string list = names_.unused("connected");
  variable_[&deed] = list;
  top_.push_back(list + " = []");
}

void PythonWriter::probe(const Deed& deed) {
  if (body_.probe.empty()) {
    PythonWriter inside(script_, deed.body);
    inside.loops_ = 1;  // it prints nothing
    PythonBody inner = inside.write();
    body_.probe = std::move(inner.lines);
    for (const auto& [name, form] : inner.forms) {
      if (name != "connect") body_.forms.emplace(name, form);
    }
  }
  if (deed.failed) remark("Here sockspec saw the failure:");
  if (loops_ == 0) say("a new client must be served");
  line("still_served()");
}

void PythonWriter::move(const Plan& plan, std::size_t at) {
  const Deed& deed = plan[at];
  const Peers& peers = deed.move.peers;
  if (deed.failed) remark("Here sockspec saw the failure:");
  std::visit(Match{
                 [&](const move::Connect&) { connect(deed); },
                 [&](const move::Send&) { send(plan, at); },
                 [&](const move::AwaitReply& await) { await_reply(deed, await); },
                 [&](const move::AwaitBytes& await) {
                   if (!await.bytes.empty())
                     for_peers(peers, "expect({}, " + python_literal(await.bytes.view()) + ")");
                 },
                 [&](const move::AwaitEnd& end) { await_end(deed, end); },
                 [&](const move::Quiet&) { quiet(deed); },
                 [&](const move::Hold&) {
                   line("time.sleep(" + python_number(in_seconds(deed.move.within)) + ")");
                 },
                 [&](const move::HalfClose&) { half_close(peers); },
                 [&](const move::Reset&) { leave(peers, "reset({})"); },
                 [&](const move::Close&) { leave(peers, "{}.close()"); },
                 [](const move::Pause&) {},
                 [](const move::Resume&) {},
                 [&](const move::Urgent& urgent) {
                   say("an urgent byte");
                   for_peers(peers, "{}.send(" + python_literal(std::string(1, urgent.byte)) +
                                        ", socket.MSG_OOB)");
                 },
                 [&](const move::Sample& what) { sample(deed, what); },
                 [&](const move::Server& what) { server(what.act); },
                 [&](const move::AwaitExit&) {
                   line("expect_exit(" + python_number(in_seconds(deed.move.within)) + ")");
                 },
                 [&](const move::StartWatch&) { line("began = time.perf_counter()"); },
                 [&](const move::StopWatch& watch) {
                   line(times_of(watch.name) + ".append(time.perf_counter() - began)");
                 },
                 [&](const move::Median& what) { median(deed, what.what); },
             },
             deed.move.what);
}

std::string PythonWriter::connect_call(const step::Connect& options) const {
  if (!tcp_) return "open_socket()";
  std::string arguments;
  const auto add = [&](const std::string& argument) {
    arguments += (arguments.empty() ? "" : ", ") + argument;
  };
  if (!options.to.empty()) add("to=" + python_text(options.to));
  if (options.send_buffer) add("send_buffer=" + std::to_string(*options.send_buffer));
  if (options.receive_buffer) add("receive_buffer=" + std::to_string(*options.receive_buffer));
  return "connect(" + arguments + ")";
}

void PythonWriter::connect(const Deed& deed) {
  const Peers& peers = deed.move.peers;
  const step::Connect& options = std::get<move::Connect>(deed.move.what).options;
  const std::string name = names_.name(peers);
  const std::string call = connect_call(options);
  const bool group = peers.size() > 1;
  if (tcp_ && loops_ == 0)
    say(group ? counted(peers.size(), "clients connect") : name + " connects");
  line(name + " = " +
       (group ? "[" + call + " for _ in range(" + std::to_string(peers.size()) + ")]" : call));
  for (const std::size_t peer : peers) {
    if (!tcp_ && !options.to.empty()) elsewhere_[peer] = options.to;
    if (!tcp_ && options.connected) connected_.insert(peer);
  }
  if (!tcp_ && options.connected) {
    const std::string there =
        options.to.empty() ? "SERVER" : "(" + python_text(options.to) + ", PORT)";
    for_peers(peers, "{}.connect(" + there + ")");
  }
  if (const auto kept = variable_.find(&deed); kept != variable_.end())
    line(kept->second + (group ? " += " + name : ".append(" + name + ")"));
}

// One line for each of them; {} stands for the client.
void PythonWriter::for_peers(const Peers& peers, const std::string& call) {
  const auto with = [&](const std::string& client) {
    std::string text = call;
    for (std::size_t at = text.find("{}"); at != std::string::npos; at = text.find("{}"))
      text.replace(at, 2, client);
    return text;
  };
  if (peers.size() == 1) return line(with(names_.of(peers.front())));
  line("for client in " + names_.of(peers) + ":");
  ++depth_;
  line(with("client"));
  --depth_;
}

void PythonWriter::half_close(const Peers& peers) {
  const bool one = peers.size() == 1;
  if (const auto sending = background_.find(peers.front()); one && sending != background_.end()) {
    std::string& call = body_.lines[sending->second];
    call.insert(call.rfind(')'), ", half_close=True");
    return;
  }
  say((one ? names_.of(peers.front()) : "each of them") +
      " says that it sends no more (half-close)");
  for_peers(peers, "{}.shutdown(socket.SHUT_WR)");
}

void PythonWriter::leave(const Peers& peers, const std::string& call) {
  const bool resets = call.starts_with("reset");
  if (loops_ == 0)
    say((peers.size() == 1 ? names_.of(peers.front()) : "each of them") +
        (resets ? " breaks the connection off (RST)" : " leaves"));
  for_peers(peers, call);
  names_.release(peers);
}

}  // namespace sockspec::reports
