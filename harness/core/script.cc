#include "core/script.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/fits.h"
#include "core/names.h"
#include "core/payload.h"

namespace sockspec {
namespace {

using namespace std::chrono_literals;

// Long enough for three SYN retransmissions (F6: a full backlog stalls a connect for 1 s and more).
constexpr Duration kConnectLimit = 4s;
constexpr Duration kDefaultLimit = 2s;
constexpr Duration kStartLimit = 10s;  // a virtual machine takes its time to start

constexpr std::string_view kAlivePeer = "alive";

constexpr std::size_t kMostMoves = 100'000;           // of one script; and pieces of its payloads
constexpr std::uint64_t kMostPayloads = 512U << 20U;  // bytes of one script

struct Defaults {
  std::string_view check;
  Axis axis;
};

Defaults defaults_of(const Step& step) {
  if (std::holds_alternative<step::Connect>(step.action)) return {"connect", Axis::Content};
  if (std::holds_alternative<step::Quiet>(step.action)) return {"quiet", Axis::Content};
  if (std::holds_alternative<step::ExpectEnd>(step.action)) return {"end", Axis::Close};
  if (std::holds_alternative<step::Alive>(step.action)) return {"alive", Axis::Content};
  if (const auto* sample = std::get_if<step::Sample>(&step.action))
    return {name_of(sample->resource), Axis::Resources};
  if (const auto* server = std::get_if<step::Server>(&step.action))
    return {name_of(server->act), Axis::Resources};
  if (std::holds_alternative<step::ExpectExit>(step.action)) return {"exit", Axis::Resources};
  if (std::holds_alternative<step::Median>(step.action)) return {"median", Axis::Latency};
  return {"reply", Axis::Content};
}

class Binder {
 public:
  Binder(const Scenario& scenario, const Profile& profile, const Environment& environment,
         std::uint64_t seed)
      : scenario_(scenario), environment_(environment), seed_(seed) {
    script_.profile = profile;
  }

  Result<Script> run() {
    for (const Step& step : scenario_.steps) bind_step(step);
    if (error_) return *error_;
    script_.budget = scaled(scenario_.budget);
    if (!observes_anything()) {
      return usage_error(scenario_.id + ": no step of it observes anything with the profile " +
                         script_.profile.id + "; add \"requires\" to the scenario");
    }
    return std::move(script_);
  }

 private:
  using Peers = std::vector<std::size_t>;

  void fail(const Step& step, const std::string& what) {
    if (!error_) error_ = usage_error(scenario_.id + ": " + step.pointer + ": " + what);
  }

  bool observes_anything() const {
    return std::any_of(script_.moves.begin(), script_.moves.end(), observes);
  }

  // Loops inside loops multiply; a script has to fit into memory.
  void spend(const Step& step, std::size_t moves) {
    spent_ += moves;
    if (spent_ > kMostMoves) {
      fail(step,
           "is more than " + std::to_string(kMostMoves) + " moves altogether; repeat less often");
    }
  }

  void bind_step(const Step& step) {
    if (error_ || !fits(step.when, script_.profile)) return;
    if (const auto* loop = std::get_if<step::Loop>(&step.action)) return bind_loop(step, *loop);
    if (const auto* connect = std::get_if<step::Connect>(&step.action))
      return bind_connect(step, *connect);
    if (std::holds_alternative<step::Alive>(step.action)) return bind_alive(step);
    if (const auto* exchange = std::get_if<step::Exchange>(&step.action))
      return bind_exchange(step, *exchange);
    if (step.peer.empty()) return bind_peerless(step);
    const auto group = groups_.find(step.peer);
    if (group == groups_.end()) {
      return fail(step, "the peer \"" + step.peer +
                            "\" is not connected; add a step {\"peer\": \"" + step.peer +
                            "\", \"connect\": {}} before");
    }
    for (const Peers& peers : turns(step, group->second)) bind_simple(step, peers);
  }

  // A step of a group is one move for all of them, or one move each where they act in turn.
  static std::vector<Peers> turns(const Step& step, Peers peers) {
    if (step.reverse) std::reverse(peers.begin(), peers.end());
    if (!step.in_turn) return {peers};
    std::vector<Peers> each;
    for (const std::size_t peer : peers) each.push_back({peer});
    return each;
  }

  void bind_loop(const Step& step, const step::Loop& loop) {
    const std::size_t first = script_.moves.size();
    std::vector<std::size_t> rounds;  // where each but the first begins
    for (const std::uint64_t value : loop.over) {
      spend(step, 1);
      if (error_) return;
      if (loop.enough && script_.moves.size() > first) rounds.push_back(script_.moves.size());
      if (!loop.variable.empty()) {
        const bool message = loop.variable == "size" && script_.profile.max_message > 0;
        if (message && value > script_.profile.max_message) continue;  // outside the contract
        variables_[loop.variable] = value;
      }
      for (const Step& inner : loop.body) bind_step(inner);
    }
    for (const std::size_t round : rounds) {
      if (round >= script_.moves.size()) continue;
      script_.moves[round].enough = scaled(*loop.enough);
      script_.moves[round].after_rounds = script_.moves.size();
    }
    variables_.erase(loop.variable);
  }

  // What concerns the server's processes, or time.
  void bind_peerless(const Step& step) {
    if (const auto* watch = std::get_if<step::Stopwatch>(&step.action)) {
      add(step, {}, move::StartWatch{watch->name}, {});
      for (const Step& inner : watch->body) bind_step(inner);
      add(step, {}, move::StopWatch{watch->name}, {});
      watches_.insert(watch->name);
    } else if (const auto* median = std::get_if<step::Median>(&step.action)) {
      bind_median(step, *median);
    } else if (const auto* sample = std::get_if<step::Sample>(&step.action)) {
      if (!sample->above.empty() && !samples_.contains(sample->above))
        return fail(step, "there is no sample \"" + sample->above + "\" before");
      samples_.insert(sample->as);
      add(step, {}, move::Sample{*sample}, kDefaultLimit + sample->over);
    } else if (const auto* server = std::get_if<step::Server>(&step.action)) {
      const Duration limit = starts_server(server->act) ? kStartLimit : kDefaultLimit;
      add(step, {}, move::Server{server->act}, limit);
    } else {
      add(step, {}, move::AwaitExit{}, kDefaultLimit);
    }
  }

  void bind_median(const Step& step, step::Median median) {
    for (const std::string& name : {median.of, median.than}) {
      if (!name.empty() && !watches_.contains(name))
        return fail(step, "there is no stopwatch \"" + name + "\" before");
    }
    if (median.at_most) median.at_most = scaled(*median.at_most);
    median.allowance = scaled(median.allowance);
    add(step, {}, move::Median{median}, {});
  }

  void bind_connect(const Step& step, const step::Connect& connect) {
    spend(step, connect.count);
    if (error_) return;
    closed_.erase(step.peer);
    Peers peers;
    for (std::size_t i = 0; i < connect.count; ++i) {
      const std::string name =
          connect.count == 1 ? step.peer : step.peer + "[" + std::to_string(i + 1) + "]";
      peers.push_back(script_.peers.size());
      script_.peers.push_back({name, literal_peers_.contains(step.peer), !connect.to.empty()});
    }
    groups_[step.peer] = peers;
    step::Connect options = connect;
    options.timed = timed_peers_.contains(step.peer);
    for (const Peers& turn : turns(step, peers))
      add(step, turn, move::Connect{options}, kConnectLimit);
  }

  void bind_exchange(const Step& step, const step::Exchange& exchange) {
    const Profile& profile = script_.profile;
    const bool open = groups_.contains(step.peer);
    const bool fresh = profile.ending == Ending::AfterReply || profile.speaks_first || !open ||
                       closed_.contains(step.peer);
    if (!can_judge_reply(step)) return;
    Peers peers;
    if (fresh) {
      const std::size_t count = open ? groups_[step.peer].size() : 1;
      step::Connect connect;
      connect.count = count;
      Step connecting = step;
      const bool probe = std::holds_alternative<step::Alive>(step.action);
      if (!probe) connecting.check = "connect";
      if (step.within) connecting.within = std::max(*step.within, kConnectLimit);
      bind_connect(connecting, connect);
    }
    for (const Peers& turn : turns(step, groups_[step.peer])) {
      const Barrier barrier =
          profile.reply.transform == Transform::None && exchange.barrier == Barrier::Written
              ? Barrier::Received
              : exchange.barrier;
      if (!profile.speaks_first) {
        bind_send(step, turn, {exchange.payload, exchange.split, barrier, std::nullopt, false});
      }
      bind_reply(step, turn);
    }
  }

  // The rest of an exchange: the reply, and the end where the server is the one to end.
  void bind_reply(const Step& step, const Peers& peers) {
    constexpr std::uint64_t kEnoughOfEndless = 2000;  // bytes
    const Profile& profile = script_.profile;
    add(step, peers, move::AwaitReply{replies_without_end(profile) ? kEnoughOfEndless : 0, false},
        kDefaultLimit);
    if (replies_without_end(profile)) {
      add(step, peers, move::Close{}, {});
      closed_.insert(step.peer);
    } else if (profile.ending == Ending::AfterReply && profile.transport == Transport::Tcp) {
      add(step, peers, move::AwaitEnd{}, kDefaultLimit);
      add(step, peers, move::Close{}, {});
      closed_.insert(step.peer);
    }
  }

  void bind_alive(const Step& step) {
    constexpr std::string_view kProbe = "alive\n";
    Step probe = step;
    if (probe.check.empty()) probe.check = "alive";
    probe.peer = kAlivePeer;
    groups_.erase(probe.peer);
    Payload payload;
    payload.bytes = kProbe;
    bind_exchange(probe, {payload, {}, Barrier::Written});
    const Profile& profile = script_.profile;
    if (profile.speaks_first ||
        (profile.ending == Ending::AfterReply && profile.transport == Transport::Tcp))
      return;
    const Peers peers = groups_[probe.peer];
    if (profile.reply.transform == Transform::None && profile.transport == Transport::Tcp) {
      add(probe, peers, move::HalfClose{}, {});
      add(probe, peers, move::AwaitEnd{false, true}, kDefaultLimit);  // its only sign of life
    }
    add(probe, peers, move::Close{}, {});
  }

  void bind_simple(const Step& step, const Peers& peers) {
    if (const auto* send = std::get_if<step::Send>(&step.action))
      return bind_send(step, peers, *send);
    if (const auto* reply = std::get_if<step::ExpectReply>(&step.action))
      return bind_expect(step, peers, *reply);
    if (const auto* bytes = std::get_if<step::ExpectBytes>(&step.action))
      return bind_bytes(step, peers, *bytes);
    if (const auto* end = std::get_if<step::ExpectEnd>(&step.action)) {
      return add(step, peers, move::AwaitEnd{end->reset_fails, end->any_close}, kDefaultLimit);
    }
    if (const auto* quiet = std::get_if<step::Quiet>(&step.action))
      return add(step, peers, move::Quiet{}, quiet->window);
    if (const auto* hold = std::get_if<step::Hold>(&step.action))
      return add(step, peers, move::Hold{}, hold->window);
    if (std::holds_alternative<step::HalfClose>(step.action))
      return add(step, peers, move::HalfClose{}, {});
    if (std::holds_alternative<step::Reset>(step.action) ||
        std::holds_alternative<step::Close>(step.action))
      closed_.insert(step.peer);
    if (std::holds_alternative<step::Reset>(step.action))
      return add(step, peers, move::Reset{}, {});
    if (std::holds_alternative<step::Close>(step.action))
      return add(step, peers, move::Close{}, {});
    if (std::holds_alternative<step::Pause>(step.action))
      return add(step, peers, move::Pause{}, {});
    if (const auto* urgent = std::get_if<step::Urgent>(&step.action))
      return add(step, peers, move::Urgent{urgent->byte}, {});
    add(step, peers, move::Resume{}, {});
  }

  void bind_send(const Step& step, const Peers& peers, const step::Send& send) {
    if (closed_.contains(step.peer)) {
      return fail(step,
                  "the peer \"" + step.peer + "\" is closed; connect it again before it sends");
    }
    if (send.barrier == Barrier::Reply && !can_judge_reply(step)) return;
    move::Send out{{}, send.barrier, send.stalled_after, send.keep_rest};
    for ([[maybe_unused]] const std::size_t peer : peers) {
      if (is_bulk(send)) {
        out.pieces.push_back(bulk_pieces(step, send.payload));
        continue;
      }
      std::string bytes = payload(step, send.payload);
      if (error_ || !pieces_fit(step, bytes, send.split)) return;
      std::vector<SharedBytes> pieces;
      for (std::string& piece : split_payload(std::move(bytes), send.split))
        pieces.emplace_back(std::move(piece));
      out.pieces.push_back(std::move(pieces));
    }
    if (out.stalled_after) out.stalled_after = scaled(*out.stalled_after);
    add(step, peers, std::move(out), kDefaultLimit);
  }

  // Many times the same large block is kept once.
  static bool is_bulk(const step::Send& send) {
    constexpr std::uint64_t kBlock = 32 * 1024;
    return send.split.kind == Split::Kind::Whole && send.payload.times > 1 &&
           (send.payload.kind == Payload::Kind::Random ||
            send.payload.kind == Payload::Kind::Request) &&
           send.payload.size.factor >= kBlock;
  }

  std::vector<SharedBytes> bulk_pieces(const Step& step, Payload one) {
    const std::uint64_t times = std::exchange(one.times, 1);
    return std::vector<SharedBytes>(times, SharedBytes(payload(step, one)));
  }

  bool pieces_fit(const Step& step, const std::string& bytes, const Split& split) {
    const std::size_t size = split.kind == Split::Kind::Every              ? split.sizes[0]
                             : split.kind == Split::Kind::InsideCodePoints ? 1
                                                                           : bytes.size();
    pieces_ += bytes.size() / std::max<std::size_t>(size, 1) + split.sizes.size();
    if (pieces_ <= kMostMoves) return true;
    fail(step, "cuts a payload into more than " + std::to_string(kMostMoves) + " pieces");
    return false;
  }

  // What is compared with exact bytes is not compared with the oracle's: such a check would always
  // hold.
  bool can_judge_reply(const Step& step) {
    if (!literal_peers_.contains(step.peer)) return true;
    fail(step, "what comes to the peer \"" + step.peer +
                   "\" is not compared with the profile, because it is connected as unjudged or "
                   "exact bytes are expected of it, so \"reply\" cannot be judged; use another "
                   "peer for one of the two");
    return false;
  }

  void bind_expect(const Step& step, const Peers& peers, const step::ExpectReply& reply) {
    if (!can_judge_reply(step)) return;
    std::uint64_t bytes = 0;
    if (reply.bytes) {
      Random random(seed_);
      const Result<std::uint64_t> size = evaluate(*reply.bytes, context(), random);
      if (!size) return fail(step, size.error().text);
      bytes = *size;
    }
    add(step, peers, move::AwaitReply{bytes, reply.same_source}, kDefaultLimit);
  }

  void bind_bytes(const Step& step, const Peers& peers, const step::ExpectBytes& expect) {
    add(step, peers, move::AwaitBytes{SharedBytes(payload(step, expect.payload))}, kDefaultLimit);
  }

  PayloadContext context() const { return {script_.profile, environment_, variables_}; }

  std::string payload(const Step& step, const Payload& payload) {
    Random random(derive_seed(seed_, scenario_.id, ++payloads_));
    Result<std::string> bytes = make_payload(payload, context(), random);
    if (!bytes) {
      fail(step, bytes.error().text);
      return {};
    }
    payload_bytes_ += bytes->size();
    if (payload_bytes_ <= kMostPayloads) return std::move(*bytes);
    fail(step, "is more than 512 MiB of payloads altogether; send less");
    return {};
  }

  Duration scaled(Duration duration) const {
    return std::chrono::duration_cast<Duration>(duration * environment_.scale);
  }

  Level level_of(const Step& step, const std::string& check) const {
    const auto& own = script_.profile.levels;
    if (const auto found = own.find(scenario_.id + "#" + check); found != own.end())
      return found->second;
    if (const auto found = own.find(scenario_.id); found != own.end()) return found->second;
    return step.level.value_or(scenario_.level);
  }

  template <class What>
  void add(const Step& step, const Peers& peers, What what, Duration limit) {
    spend(step, 1);
    const Defaults defaults = defaults_of(step);
    Move move;
    move.pointer = step.pointer;
    move.check = step.check.empty() ? std::string(defaults.check) : step.check;
    move.axis = step.axis.value_or(defaults.axis);
    if constexpr (std::is_same_v<What, move::AwaitEnd>) {
      if (step.check.empty()) move.check = "end";
      if (!step.axis && !std::holds_alternative<step::Alive>(step.action)) move.axis = Axis::Close;
    }
    move.level = level_of(step, move.check);
    move.within = scaled(step.within && !std::is_same_v<What, move::Quiet> ? *step.within : limit);
    move.peers = peers;
    move.what = std::move(what);
    script_.moves.push_back(std::move(move));
  }

 public:
  // Peers of which exact bytes are expected somewhere are not compared with the oracle, and those
  // that a stopwatch times acknowledge as the system does.
  void note_what_peers_are_for(const std::vector<Step>& steps, bool timed = false) {
    for (const Step& step : steps) {
      const auto* connect = std::get_if<step::Connect>(&step.action);
      const bool literal =
          std::holds_alternative<step::ExpectBytes>(step.action) || (connect && connect->unjudged);
      if (literal) literal_peers_.insert(step.peer);
      const bool alive = std::holds_alternative<step::Alive>(step.action);
      if (timed) timed_peers_.emplace(alive ? kAlivePeer : std::string_view(step.peer));
      const bool watched = timed || std::holds_alternative<step::Stopwatch>(step.action);
      if (const auto* const inner = inner_steps(step)) note_what_peers_are_for(*inner, watched);
    }
  }

 private:
  const Scenario& scenario_;
  const Environment& environment_;
  std::uint64_t seed_;
  Script script_;
  std::map<std::string, Peers> groups_;
  std::map<std::string, std::uint64_t> variables_;
  std::set<std::string> literal_peers_;
  std::set<std::string> timed_peers_;
  std::set<std::string> samples_;  // names
  std::set<std::string> watches_;
  std::set<std::string> closed_;  // peers, by us or after the server's end
  std::uint64_t payloads_ = 0;
  std::uint64_t payload_bytes_ = 0;
  std::size_t pieces_ = 0;
  std::size_t spent_ = 0;
  std::optional<Error> error_;
};

bool observes_server(const Move& move) {
  const auto* sample = std::get_if<move::Sample>(&move.what);
  const auto* server = std::get_if<move::Server>(&move.what);
  return (sample && sample->what.at_most) || (server && starts_server(server->act)) ||
         std::holds_alternative<move::AwaitExit>(move.what) ||
         std::holds_alternative<move::Median>(move.what);
}

}  // namespace

bool observes(const Move& move) {
  return std::holds_alternative<move::Connect>(move.what) ||
         std::holds_alternative<move::AwaitReply>(move.what) ||
         std::holds_alternative<move::AwaitBytes>(move.what) ||
         std::holds_alternative<move::AwaitEnd>(move.what) ||
         std::holds_alternative<move::Quiet>(move.what) || observes_server(move);
}

bool handles_server(const Script& script) {
  return std::any_of(script.moves.begin(), script.moves.end(), [](const Move& move) {
    return std::holds_alternative<move::Server>(move.what);
  });
}

Result<Script> bind(const Scenario& scenario, const Profile& profile,
                    const Environment& environment, std::uint64_t seed) {
  Binder binder(scenario, profile, environment, seed);
  binder.note_what_peers_are_for(scenario.steps);
  return binder.run();
}

}  // namespace sockspec
