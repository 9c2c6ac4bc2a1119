// Worker: one thread with one loop that loads the server through its share of the connections.
//
// It decides when a request is due and where it goes, and counts what comes back. Until `begin` it
// connects and verifies one exchange on each connection; nothing before time zero is counted, so a
// warm-up is simply earlier. The thread that owns the worker gives orders and takes tallies; they
// meet only between turns of the loop, never on the way of a request. The destructor ends the
// thread.
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/load/stages.h"
#include "io/address.h"
#include "io/timer.h"
#include "load/channel.h"
#include "load/pacer.h"

namespace sockspec::load {

class Worker final : public ChannelHost {
 public:
  enum class Phase { Connecting, Ready, Running, Done };

  struct Share {
    Stripe stripe;  // of the schedule
    std::uint32_t first_connection = 0;
    std::size_t connections = 1;
    std::size_t idle = 0;           // after these
    std::size_t max_in_flight = 1;  // of all of them
  };

  // `changed` is called on the worker's thread whenever phase() or swaps() has changed.
  Worker(const LoadPlan& plan, const Payloads& payloads, const Share& share,
         const io::Address& server, std::function<void()> changed);
  ~Worker();

  // The thread begins to connect.
  void start();

  // Time zero of the run, by CLOCK_MONOTONIC; at least the warm-up away.
  void begin(Duration zero);

  // What was counted so far becomes readable in taken() once swaps() has grown; after Phase::Done,
  // in rest().
  void swap();
  unsigned swaps() const { return swaps_.load(std::memory_order_acquire); }
  Tally& rest() { return tallies_[active_.load(std::memory_order_acquire)]; }
  Tally& taken() { return tallies_[1 - active_.load(std::memory_order_acquire)]; }

  // Nothing more is sent; Done follows within a second.
  void finish();

  Phase phase() const { return phase_.load(std::memory_order_acquire); }

  // From Phase::Done on. Connections that answered before the run began:
  std::size_t verified() const { return verified_; }
  Duration began() const { return began_; }  // how late it took up its work
  const GeneratorCost& generator_cost() const { return cost_; }
  const std::vector<Example>& examples() const { return examples_; }

 private:
  struct Slot {
    std::unique_ptr<Channel> channel;
    std::size_t counted = 0;   // of its requests in flight, in in_flight_
    std::size_t thinking = 0;  // closed loop: requests that wait for the think time to pass
    bool touched = false;      // has something to flush
    bool settled = false;      // verified, or given up before the run
    bool visiting = false;     // a connection for one request, from open() on
    Duration visit_due{};      // when that request was due
    Duration visit_began{};
    unsigned failures = 0;  // in a row
    Duration retry_at{};
  };

  // ChannelHost.
  void judged(Channel& channel, std::span<const Judged> verdicts, Duration now) override;
  void opened(Channel& channel) override;
  void closed(Channel& channel, Closed how) override;
  void unblocked(Channel& channel) override;

  void run();
  void order(std::function<void()> what);
  void obey();
  void set_phase(Phase phase);

  Slot& slot_of(const Channel& channel);
  void recount(Slot& slot);
  void recount(Slot& slot, std::size_t in_flight);
  void count(const Judged& verdict, const Channel& channel, Duration now);
  void keep_example(const Judged& verdict, const Channel& channel, Duration now);
  std::unique_ptr<Channel> make_channel(std::uint32_t number);
  void open_more();
  void settle(Slot& slot);
  void count_not_sent(Duration due);
  void count_due_now(Duration due);
  void start_run();
  void start_measuring();
  void due();
  void send_due(Duration now);
  void dispatch(Duration when, Duration now);
  Slot* next_channel();
  void fill(Slot& slot, Duration now);
  void think(Slot& slot, Duration now);
  void end_thinking(Duration now);
  Duration next_moment() const;
  void visit(Slot& slot, Duration due, Duration now);
  void visit_over(Slot& slot);
  void next_visit(Slot& slot);
  void look();
  void drain();
  void end_soon();
  void end();
  bool closed_loop() const { return !plan_.open_loop(); }
  bool visits() const { return plan_.visits(); }
  bool thinks() const { return plan_.think > Duration::zero(); }
  bool idles(const Slot& slot) const {
    return slot.channel->number() - share_.first_connection >= share_.connections;
  }

  Share share_;
  io::Address server_;
  std::function<void()> changed_;

  std::mutex orders_mutex_;
  std::vector<std::function<void()>> orders_;
  std::atomic<Phase> phase_{Phase::Connecting};
  std::atomic<unsigned> swaps_{0};
  std::atomic<unsigned> active_{0};
  std::array<Tally, 2> tallies_;
  std::thread thread_;

  // All that follows belongs to the thread.
  std::unique_ptr<io::Loop> loop_;
  io::Handle<uv_async_t> wake_;
  io::Handle<uv_prepare_t> turn_;
  std::unique_ptr<Pacer> pacer_;
  std::unique_ptr<io::Timer> look_;
  std::vector<Slot> slots_;
  std::size_t opening_ = 0;
  std::size_t next_to_open_ = 0;
  std::size_t settled_ = 0;
  std::size_t verified_ = 0;
  std::size_t round_ = 0;  // of next_channel()
  std::size_t in_flight_ = 0;
  std::size_t open_now_ = 0;
  std::vector<Slot*> touched_;
  std::unique_ptr<Stages> schedule_;
  std::optional<Duration> next_due_;
  bool running_ = false;
  bool draining_ = false;
  Duration drain_until_{};
  bool ending_ = false;
  struct Thought {
    Duration until{};
    Slot* slot = nullptr;
  };
  std::deque<Thought> thoughts_;     // closed loop, in the order in which they end
  std::deque<Duration> visits_due_;  // open loop: requests that wait for a connection
  bool measuring_ = false;           // from time zero on
  Duration began_{};
  Duration cpu_at_zero_{};
  Duration waited_at_zero_{};
  std::vector<Example> examples_;
  std::array<std::size_t, kReplyVerdicts> kept_{};
};

}  // namespace sockspec::load
