#include "check/lane.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "check/check_run.h"
#include "check/lateness.h"
#include "supervise/pressure.h"
#include "supervise/socket_table.h"

namespace sockspec::check {
namespace {

using namespace std::chrono_literals;

constexpr int kMostStarts = 5;            // with another port each, when the port was taken
constexpr Duration kTimeWaitLimit = 70s;  // TIME_WAIT lasts 60 s on Linux
constexpr Duration kExitGrace = 100ms;
constexpr Duration kLook = 150ms;
constexpr std::size_t kOutputLines = 12;
constexpr std::size_t kOutputBytes = 4096;

// For a server that let SIGTERM pass before: a suite of forty servers would wait 80 s for it.
constexpr Duration kStopLimitOfTheDeaf = 200ms;

// A connection that broke may be the first sign of a server that is dying.
bool broke_off(const Conversation& conversation) {
  static constexpr std::string_view kSigns[] = {"seen.ended", "seen.reset", "seen.reset-at-connect",
                                                "seen.refused", "seen.broke"};
  const auto is_sign = [](const Check& check) {
    return std::find(std::begin(kSigns), std::end(kSigns), check.observed.id) != std::end(kSigns);
  };
  return std::any_of(conversation.checks().begin(), conversation.checks().end(), is_sign);
}

bool said_nothing(const Transcript& transcript) {
  return std::none_of(transcript.begin(), transcript.end(),
                      [](const TranscriptEntry& entry) { return entry.kind == Entry::Received; });
}

std::string output_of(const supervise::ServerUnderTest& server, std::uint64_t mark) {
  std::string lines = supervise::last_lines(server.output().since(mark), kOutputLines);
  return lines.size() > kOutputBytes ? lines.substr(lines.size() - kOutputBytes) : lines;
}

}  // namespace

Lane::Lane(CheckRun& run, bool supervised)
    : run_(run),
      supervised_(supervised),
      last_words_(run.loop(), [this] { finish_job(); }),
      retry_(run.loop(), [this] { start_server(); }),
      look_(run.loop(), [this] {
        look_at_server();
        look_.start(kLook);
      }) {
  if (!supervised) address_ = run.options().target;
}

void Lane::work() {
  if (stopping_ || starting_ || replacing_ || has_job_) return;
  if (supervised_ && !server_) {
    if (run_.has_job_for(*this)) start_server();
    return;
  }
  if (supervised_ && server_is_gone_) {
    run_.server_exited_between(
        {last_played_, server_->how_it_ended(), output_of(*server_, output_mark_)});
    return replace_server([this] { start_server(); });
  }
  const std::optional<Job> job = run_.next_job(*this);
  if (!job) return;
  job_ = *job;
  has_job_ = true;
  run_.tell_progress();
  play();
}

void Lane::start_server() {
  if (stopping_) return;
  starting_ = true;
  if (start_tries_++ == 0) first_try_ns_ = uv_hrtime();
  const Result<std::uint16_t> port = run_.next_port();
  if (!port) {
    starting_ = false;
    return run_.lane_failed(port.error());
  }
  port_ = *port;
  server_is_gone_ = false;
  output_mark_ = 0;
  last_played_.clear();
  server_ = std::make_unique<supervise::ServerUnderTest>(
      run_.loop(), command_for(port_),
      supervise::ServerUnderTest::Events{
          [this](Result<io::Address> address) { server_ready(std::move(address)); },
          [this](Message how) { server_gone(std::move(how)); }});
  server_->start();
}

supervise::ServerCommand Lane::command_for(std::uint16_t port) const {
  supervise::ServerCommand command = server_command(run_.options(), port);
  if (run_.knows_sigterm_is_ignored()) command.stop_limit = kStopLimitOfTheDeaf;
  return command;
}

io::ServerControl Lane::control() {
  if (!supervised_) return {};
  return {[this](Resource resource) { return sample(resource); },
          [this](ServerAct act) { act_on_server(act); }};
}

std::optional<std::uint64_t> Lane::sample(Resource resource) {
  if (!server_) return std::nullopt;
  return resource == Resource::Cpu ? server_->processor_time_wanted()
                                   : server_->sample(resource, *address_);
}

void Lane::act_on_server(ServerAct act) {
  switch (act) {
    case ServerAct::Terminate: return server_->terminate();
    case ServerAct::Stop: return server_->signal(SIGSTOP);
    case ServerAct::Continue: return server_->signal(SIGCONT);
    case ServerAct::Restart: return restart_server();
    case ServerAct::StartSecond: return start_second();
  }
}

void Lane::restart_server() {
  replace_server([this] {
    if (stopping_ || !runner_) return;
    server_ = std::make_unique<supervise::ServerUnderTest>(
        run_.loop(), command_for(port_),
        supervise::ServerUnderTest::Events{
            [this](Result<io::Address> address) { restarted(address); },
            [this](Message how) { server_gone(std::move(how)); }});
    server_->start();
  });
}

void Lane::restarted(const Result<io::Address>& address) {
  if (stopping_ || !runner_) return;
  Message how = elsewhere(address);
  const bool listens = address.ok() && how.empty();
  if (!address) {
    how = server_->port_was_taken() ? Message{"seen.address-in-use"}
                                    : because("seen.not-restarted", address.error());
    // What it printed is told with the scenario.
    std::erase_if(how.params,
                  [](const auto& each) { return each.first == "words" || each.first == "said"; });
  }
  runner_->server_started(listens, how);
}

// What a server that chooses its port itself says to another start.
Message Lane::elsewhere(const Result<io::Address>& address) const {
  if (!address || address->port() == address_->port()) return {};
  return {"seen.not-restarted", {{"why", "start.elsewhere"}, {"address", address->text()}}};
}

// A second instance on the same port, beside the first. It is ended with the scenario.
void Lane::start_second() {
  second_ = std::make_unique<supervise::ServerUnderTest>(
      run_.loop(), command_for(port_),
      supervise::ServerUnderTest::Events{
          [this](const Result<io::Address>& address) { second_started(address); },
          [](const Message&) {}});
  second_->start();
}

void Lane::second_started(const Result<io::Address>& address) {
  if (stopping_ || !runner_) return;
  const Message other_port = elsewhere(address);
  const bool listens = address.ok() && other_port.empty();
  runner_->server_started(listens, other_port.empty() ? second_->how_it_ended() : other_port);
}

void Lane::server_ready(Result<io::Address> address) {
  if (stopping_) return;
  starting_ = false;
  if (!address) {
    if (try_again(address.error())) return;
    const Error error = address.error();
    return replace_server([this, error] { give_up(error); });
  }
  start_tries_ = 0;
  address_ = *address;
  if (has_job_) return play();
  work();
}

void Lane::give_up(const Error& error) {
  if (doubted_) {  // no fresh server can clear up the doubt
    has_job_ = false;
    run_.job_done(job_, *std::exchange(doubted_, std::nullopt));
  }
  run_.lane_failed(error);
}

// The port may have been taken by another program between choosing and binding, or, where it is a
// fixed one, be held by connections of the server before that are in TIME_WAIT.
bool Lane::try_again(const Error& error) {
  if (error.kind != ErrorKind::Unreachable || !server_->port_was_taken()) return false;
  const auto& fixed = run_.options().port;
  const Duration taken(uv_hrtime() - first_try_ns_);
  const bool time_wait = fixed && supervise::time_wait_count(*fixed) > 0 && taken < kTimeWaitLimit;
  if (time_wait) supervise::end_time_wait(*fixed);
  if (!time_wait && (fixed || start_tries_ >= kMostStarts)) return false;
  replace_server([this, time_wait] { retry_.start(time_wait ? 200ms : 0ms); });
  return true;
}

void Lane::server_gone(Message how) {
  server_is_gone_ = true;
  if (finished_) return finish_job();
  if (runner_) runner_->server_gone(std::move(how));
}

// Ends the server, then goes on with `then`, or with what stop() left to do meanwhile.
void Lane::replace_server(std::function<void()> then) {
  after_replacing_ = std::move(then);
  if (replacing_) return;
  replacing_ = true;
  end_second([this] {
    end_server(server_, [this] {
      server_is_gone_ = replacing_ = false;
      if (const auto stopped = std::exchange(stopped_, nullptr)) return stopped();
      if (const auto next = std::exchange(after_replacing_, nullptr)) next();
    });
  });
}

void Lane::end_second(std::function<void()> then) {
  if (!second_) return then();
  end_server(second_, std::move(then));
}

void Lane::end_server(std::unique_ptr<supervise::ServerUnderTest>& server,
                      std::function<void()> then) {
  server->stop([this, &server, then = std::move(then)] {
    // Not from inside the server's own callback.
    if (server->ignored_sigterm()) run_.note_sigterm_is_ignored();
    io::soon(run_.loop(), [&server, then] {
      server.reset();
      then();
    });
  });
}

void Lane::play() {
  const CheckReport& report = run_.report();
  Result<Script> script = bind(*job_.scenario, report.profile, report.environment, report.seed);
  if (!script) return run_.lane_failed(script.error());
  job_began_ns_ = uv_hrtime();
  queue_at_begin_ = io::RunQueue::of_this_thread();
  if (server_) output_mark_ = server_->output().total();
  // On a fixed port the next server could not bind for a minute, where it does not ask for reuse.
  const bool keep_port_free = run_.options().port && !handles_server(*script);
  const auto close_after_end = keep_port_free ? io::CloseAfterEnd::Reset : io::CloseAfterEnd::Fin;
  runner_ = std::make_unique<io::ConversationRunner>(
      run_.loop(), *address_, close_after_end, Conversation(std::move(*script)),
      supervise::unread_bytes, control(),
      [this](Conversation conversation) { conversation_done(std::move(conversation)); });
  own_time_ = {};
  meant_it_ = false;
  if (server_ && report.profile.transport == Transport::Tcp) look_.start(kLook);
  runner_->start();
}

void Lane::look_at_server() {
  const supervise::Pressure pressure = supervise::pressure_now();
  own_time_.look(Instant(uv_hrtime() - job_began_ns_), server_ ? server_->activity() : std::nullopt,
                 pressure.stolen + pressure.throttled);
}

void Lane::conversation_done(Conversation conversation) {
  finished_ = std::move(conversation);
  look_.stop();
  if (own_time_.free() > Duration::zero() && runner_->all_has_arrived()) {
    look_at_server();
    meant_it_ =
        nobody_kept_it(finished_->checks(), finished_->transcript(),
                       Instant(uv_hrtime() - job_began_ns_), {own_time_.slept(), own_time_.free()});
  }
  const bool wait = supervised_ && !server_is_gone_ && broke_off(*finished_) &&
                    !handles_server(finished_->script());
  if (!wait) return finish_job();
  last_words_.start(
      std::chrono::duration_cast<Duration>(kExitGrace * run_.report().environment.scale));
}

ScenarioResult Lane::result_of(const Conversation& conversation) const {
  ScenarioResult result;
  const Scenario& scenario = *job_.scenario;
  result.scenario = scenario.id;
  result.version = scenario.version;
  result.duration = Duration(uv_hrtime() - job_began_ns_);
  result.checks = conversation.checks();
  result.outcome = outcome_of(result.checks);
  result.transcript = conversation.transcript();
  result.scale = run_.report().environment.scale;
  if (is_bad(result.outcome)) {
    result.busy_machine = explained_by_waiting(
        result.checks, io::RunQueue::of_this_thread().mean_wait_since(queue_at_begin_));
  }
  result.server_meant_it = meant_it_;
  for (const PeerName& peer : conversation.script().peers) result.peers.push_back(peer.name);
  if (conversation.too_slow() && !is_bad(result.outcome)) {
    const auto limit = std::chrono::round<std::chrono::seconds>(*conversation.too_slow());
    result.outcome = Outcome::Inconclusive;
    result.reason = {"reason.too-slow", {{"seconds", std::to_string(limit.count())}}};
  }
  if (conversation.harness_fault()) {
    result.outcome = Outcome::Inconclusive;
    result.reason = *conversation.harness_fault();
  }
  if (server_ && is_bad(result.outcome)) result.server_output = output_of(*server_, output_mark_);
  const bool expected = handles_server(conversation.script());
  if (server_ && is_bad(result.outcome) && server_is_gone_ && !expected)
    result.server_gone = server_->how_it_ended();
  return result;
}

// A server that ends a little after a scenario takes the next one down with it, and so does one
// that is stuck with a client that has left. So a scenario during which a used server ended or
// never said a word is played again with a fresh one; if it passes then, that belongs to the
// scenario before.
bool Lane::fell_to_the_one_before(const ScenarioResult& result) {
  if (!supervised_ || !is_bad(result.outcome) || last_played_.empty()) return false;
  if (server_is_gone_) {
    suspect_ =
        UnexpectedExit{last_played_, server_->how_it_ended(), output_of(*server_, output_mark_)};
  } else if (job_.sanity_again || !said_nothing(result.transcript)) {
    return false;
  }
  return true;
}

void Lane::finish_job() {
  last_words_.stop();
  if (!finished_) return;
  const Conversation conversation = std::move(*finished_);
  finished_.reset();
  ScenarioResult result = result_of(conversation);
  runner_.reset();  // not before: closing its sockets may be what kills a weak server
  const bool handled = handles_server(conversation.script());
  if (!handled && fell_to_the_one_before(result)) {
    doubted_ = std::move(result);
    suspected_ = last_played_;
    return replace_server([this] { start_server(); });
  }
  if (doubted_ && !is_bad(result.outcome)) {
    if (suspect_) run_.server_exited_between(*suspect_);
    if (!suspect_) run_.server_was_stuck(*job_.scenario, std::move(*doubted_), suspected_);
  }
  doubted_.reset();
  suspect_.reset();
  last_played_ = result.scenario;
  const bool unreachable = conversation.unreachable() && !supervised_;
  const Job job = job_;
  has_job_ = false;
  if (unreachable && run_.report().results.empty()) {
    return run_.lane_failed(
        {ErrorKind::Unreachable, "", {"start.nobody-listens", {{"address", address_->text()}}}});
  }
  const bool replace =
      supervised_ && !job.sanity_again &&
      (run_.options().fresh || run_.server_spoils() || is_bad(result.outcome) || handled);
  // Told at once: nobody waits for the end of a server that takes its time.
  if (replace) replace_server([this] { work(); });
  run_.job_done(job, std::move(result));
  if (!replace) work();
}

void Lane::stop(std::function<void()> stopped) {
  stopping_ = true;
  runner_.reset();
  finished_.reset();
  last_words_.stop();
  look_.stop();
  retry_.stop();
  if (!server_) return stopped();
  stopped_ = std::move(stopped);
  if (!replacing_) replace_server([] {});
}

void Lane::kill() {
  for (auto* server : {server_.get(), second_.get()}) {
    if (server) server->kill_now();
  }
}

}  // namespace sockspec::check
