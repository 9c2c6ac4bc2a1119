// Conversation: one script played with a server, as a pure state machine.
//
// step() is the only way in. It takes what just happened and when, and returns what to do next. It
// has no socket, clock or file: the same script and events always give the same checks, so the
// recorded transcript replays a verdict exactly (core/replay.h).
//
// Memory is bounded by the script's payloads: what comes is compared as it comes, and a server that
// sends more than it owes has failed before it can fill anything.
//
// Not thread-safe. Movable; safe to destroy at any point.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/event.h"
#include "core/oracle.h"
#include "core/pace.h"
#include "core/peer_state.h"
#include "core/script.h"
#include "core/transcript.h"
#include "core/verdict.h"

namespace sockspec {

class Conversation {
 public:
  explicit Conversation(Script script);

  // The first event is Begin. Once finished() every later step is a no-op.
  Output step(Instant now, const Event& event);

  bool finished() const { return finished_; }

  // One entry per check id, in the order in which they were first reached.
  const std::vector<Check>& checks() const { return checks_; }
  const Transcript& transcript() const { return transcript_; }
  const Script& script() const { return script_; }

  // Set when this machine, not the server, made the conversation impossible.
  const std::optional<Message>& harness_fault() const { return harness_fault_; }

  // The very first connection was refused: nobody listens there.
  bool unreachable() const { return unreachable_; }

  // When it was given up, though nothing was wrong so far: at the end of its budget, or half-way,
  // where the other half could not suffice.
  std::optional<Instant> too_slow() const { return too_slow_; }

  // Set when the server died while the conversation ran.
  const std::optional<Message>& server_gone() const { return server_gone_; }

  // Replay: the bytes that a claim of this peer stands for.
  std::string owed_bytes(std::size_t peer, const Oracle::Claim& claim) const {
    return peer < peers_.size() ? peers_[peer].oracle.owed_bytes(claim) : std::string();
  }

 private:
  struct Failure {
    Message expected;
    Message observed;
    std::size_t peer;
    std::optional<Difference> difference = {};
    bool timing_only = false;
    bool unasked = false;
    std::optional<Duration> late_by = {};
  };
  enum class Progress { Waiting, Done };
  static constexpr std::size_t kNobody = SIZE_MAX;  // a failure or action at no peer

  // Taking in what happened (conversation_events.cc).
  void observe(Instant now, const Event& event);
  void take_received(Instant now, std::size_t peer, const event::Received& received);
  void take_broke(std::size_t peer, const event::Broke& broke);

  void account_sent(PeerState& peer, std::uint64_t bytes);

  // Working through the moves (conversation.cc).
  void advance(Instant now);
  void begin_move(Instant now);
  void finish_move(Instant now);
  void leave_move();
  void start_on(std::size_t peer);
  std::optional<Failure> find_failure() const;
  Progress poll();
  bool peer_done(std::size_t place);
  Instant deadline() const;
  void on_deadline(Instant now);
  bool timed_move() const;  // over when its window has passed: quiet, hold

  // Whether it takes too long (conversation_budget.cc).
  Instant next_look_at_budget() const;
  bool out_of_time(Instant now);
  std::uint64_t bytes_moved() const;
  bool asks(const Move& move) const;
  Pace::Rest rest_to_come() const;

  // Sending (conversation_send.cc).
  bool send_done(std::size_t place, const move::Send& send);
  void write_piece(std::size_t peer, const SharedBytes& bytes);
  bool barrier_met(std::size_t peer, Barrier barrier);
  bool only_barrier_left() const;
  void drop_unsent();

  // The server's processes, and stopwatches (conversation_server.cc).
  bool observe_server(Instant now, const Event& event);  // whether it was about the server
  bool server_move() const;
  void begin_server_move(Instant now);
  void ask_for_sample();
  void take_sampled(Instant now, const event::Sampled& sampled);
  std::uint64_t sample_limit(const step::Sample& sample) const;
  bool sample_done(const step::Sample& sample);
  bool server_move_done();
  std::optional<Failure> judge_server() const;
  std::optional<Failure> judge_start(const move::Server& server) const;
  std::optional<Failure> judge_median(const step::Median& wanted) const;
  std::optional<Failure> judge_sample(const step::Sample& sample) const;
  Failure sample_late(const step::Sample& sample) const;
  Failure second_waits() const;
  Failure server_late() const;
  Message server_gone_seen() const;

  // Judging (conversation_judge.cc).
  std::optional<Failure> wrong_bytes(std::size_t peer) const;
  std::optional<Failure> judge(std::size_t peer) const;
  std::optional<Failure> judge_connect(std::size_t peer) const;
  std::optional<Failure> judge_send(std::size_t peer) const;
  std::optional<Failure> judge_reply(std::size_t peer, const move::AwaitReply& await) const;
  std::optional<Failure> judge_text(std::size_t peer) const;
  std::optional<Failure> judge_end(std::size_t peer, const move::AwaitEnd& await) const;
  std::optional<Failure> judge_bytes(std::size_t peer, const move::AwaitBytes& await) const;
  std::optional<Failure> judge_quiet(std::size_t peer) const;
  Failure late(std::size_t peer) const;
  std::uint64_t missing(std::size_t peer) const;
  std::string next_owed(std::size_t peer) const;
  Message expectation(std::size_t peer) const;
  Message end_seen(std::size_t peer) const;

  // Keeping the checks (conversation_checks.cc).
  Check& check_of(const Move& move);
  const Move& move_blamed_for(const Failure& failure) const;
  void pass_check(Instant now);
  void warn_of_reset(Instant now);
  void fail(Instant now, Failure failure);
  bool must_follows(std::optional<std::size_t> without) const;
  void skip_what_is_moot(Instant now);
  void finish();

  void act(std::size_t peer, decltype(Action::what) what);
  void record_action(const Action& action);
  void record_event(const Event& event, const Oracle::Claim& claim, std::size_t room);
  void record(TranscriptEntry entry);
  std::size_t room_for_unowed(const PeerState& peer) const;

  const Move& move() const { return script_.moves[at_]; }
  std::string peer_name(std::size_t peer) const {
    return peer < script_.peers.size() ? script_.peers[peer].name : std::string();
  }

  Script script_;
  std::vector<PeerState> peers_;
  // Wrong bytes have come at some peer. There may be thousands of peers, and tens of thousands of
  // events: to look at each for each costs more than the sockets do.
  bool some_differ_ = false;
  std::vector<Check> checks_;
  Transcript transcript_;
  std::size_t last_recorded_at_ = 0;  // the move during which the last entry was made

  std::size_t at_ = 0;  // the move we are on
  bool begun_ = false;  // and whether its actions are out
  bool tick_ = false;   // the event of this step is a Tick
  Instant now_{};
  Instant move_began_{};
  Instant last_progress_{};
  Output output_;
  bool finished_ = false;
  bool unreachable_ = false;
  std::optional<Instant> too_slow_;
  Pace pace_;
  int looks_ = 0;  // at the budget: 0 to 2
  std::optional<Message> harness_fault_;
  std::optional<Message> server_gone_;
  std::optional<Instant> gone_at_;

  struct Sampling {
    bool asked = false;
    bool unknown = false;  // this system does not tell
    std::optional<std::uint64_t> figure;
    std::uint64_t base = 0;               // Cpu: at the beginning of ...
    std::optional<Instant> window_began;  // ... this window
    Instant again{};
  };
  Sampling sampling_;                             // of the move we are on
  std::map<std::string, std::uint64_t> samples_;  // kept ones
  std::optional<event::ServerStarted> started_;
  std::map<std::string, Instant> running_watches_;
  std::map<std::string, std::vector<Duration>> watches_;
};

}  // namespace sockspec
