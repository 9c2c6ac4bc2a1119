// Lane: one server instance after another, and one scenario at a time played with it.
//
// Asks its CheckRun for work and tells it the results. A server that died is replaced; so is one
// with which a scenario has just found something wrong, because a broken server may fail the next
// one for no new reason, or spin beside it. Lives on the loop's thread; owned by the CheckRun.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/check_report.h"
#include "core/scenario.h"
#include "io/conversation_runner.h"
#include "io/run_queue.h"
#include "io/timer.h"
#include "supervise/server_under_test.h"

namespace sockspec::check {

class CheckRun;

struct Job {
  const Scenario* scenario = nullptr;
  bool sanity_again = false;  // the last run of the sanity scenario
  bool repeat = false;        // the second try of one that was late
};

class Lane {
 public:
  Lane(CheckRun& run, bool supervised);

  // Asks for a job and plays it; calls itself again until there is none.
  void work();

  // Abandons what runs and ends the server; `stopped` when it is gone.
  void stop(std::function<void()> stopped);
  void kill();

  bool server_starts() const { return starting_; }  // which is work, and not seen in its figures

  // Has neither a job nor anything to wait for.
  bool is_free() const { return !has_job_ && !starting_ && !replacing_ && !stopping_; }

  const Scenario* playing() const { return has_job_ ? job_.scenario : nullptr; }
  pid_t pid() const { return server_ ? server_->pid() : 0; }
  const std::optional<io::Address>& address() const { return address_; }

 private:
  void start_server();
  supervise::ServerCommand command_for(std::uint16_t port) const;
  io::ServerControl control();
  std::optional<std::uint64_t> sample(Resource resource);
  void act_on_server(ServerAct act);
  void restart_server();
  void restarted(const Result<io::Address>& address);
  void start_second();
  void second_started(const Result<io::Address>& address);
  Message elsewhere(const Result<io::Address>& address) const;
  void server_ready(Result<io::Address> address);
  bool try_again(const Error& error);
  void server_gone(Message how);
  void replace_server(std::function<void()> then);
  void end_second(std::function<void()> then);
  void end_server(std::unique_ptr<supervise::ServerUnderTest>& server, std::function<void()> then);
  void play();
  void look_at_server();
  void conversation_done(Conversation conversation);
  void finish_job();
  ScenarioResult result_of(const Conversation& conversation) const;
  bool fell_to_the_one_before(const ScenarioResult& result);
  void give_up(const Error& error);

  CheckRun& run_;
  bool supervised_;
  std::unique_ptr<supervise::ServerUnderTest> server_;
  bool server_is_gone_ = false;
  std::unique_ptr<supervise::ServerUnderTest> second_;
  std::optional<io::Address> address_;
  std::uint16_t port_ = 0;  // the server was asked to listen on
  int start_tries_ = 0;
  std::uint64_t first_try_ns_ = 0;
  std::unique_ptr<io::ConversationRunner> runner_;
  io::Timer last_words_;  // a server's exit is told a little after its connections break
  io::Timer retry_;
  Job job_;
  bool has_job_ = false;
  std::optional<Conversation> finished_;
  std::uint64_t job_began_ns_ = 0;
  io::RunQueue queue_at_begin_;
  io::Timer look_;
  supervise::OwnTime own_time_;
  bool meant_it_ = false;  // the server, when the conversation ended
  std::uint64_t output_mark_ = 0;
  std::string last_played_;                // on this server; "" when it is fresh
  std::optional<ScenarioResult> doubted_;  // the job is played again; what it was the first time
  std::string suspected_;                  // what was played before that
  std::optional<UnexpectedExit> suspect_;  // the server may have been dying of it
  bool starting_ = false;
  bool replacing_ = false;
  bool stopping_ = false;
  std::function<void()> after_replacing_;
  std::function<void()> stopped_;  // to call when the server has ended after stop()
};

}  // namespace sockspec::check
