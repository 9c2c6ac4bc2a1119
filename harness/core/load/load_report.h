// LoadReport: everything that `sockspec load` found out. Plain data: written as JSON, shown on a
// terminal, read back to be merged or compared.
//
// Reports of the parts of one run (threads, shards, ranks) are merged by adding: counters, bytes
// and histogram buckets. Nothing in it is an average of averages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/check_report.h"
#include "core/load/histogram.h"
#include "core/load/load_plan.h"
#include "core/load/rate_search.h"
#include "core/load/reply_verdict.h"
#include "core/message.h"
#include "core/time.h"

namespace sockspec::load {

// Response time: from when a request was due. Service time: from when it was sent. Lag: between.
struct Latencies {
  Histogram response;
  Histogram service;
  Histogram lag;

  void add(const Latencies& other) {
    response.add(other.response);
    service.add(other.service);
    lag.add(other.lag);
  }
  void clear() {
    response.clear();
    service.clear();
    lag.clear();
  }
};

struct RequestCounts {
  std::uint64_t due = 0;         // open loop: by the schedule; closed loop: as sent
  std::uint64_t sent = 0;        // the whole request was given to the kernel
  std::uint64_t answered = 0;    // by whatever reply, in time
  std::uint64_t on_time = 0;     // taken up within 1 ms of its due time, sent or not
  std::uint64_t blocked = 0;     // waited because the socket was full: the server did not read
  std::uint64_t not_sent = 0;    // due, and never sent: too many in flight, or no connection
  std::uint64_t unfinished = 0;  // in flight when the run ended, and not yet too late

  void add(const RequestCounts& other);
  bool operator==(const RequestCounts&) const = default;
};

struct ConnectionCounts {
  std::uint64_t opened = 0;
  std::uint64_t failed = 0;     // could not be established
  std::uint64_t reset = 0;      // by the server
  std::uint64_t ended = 0;      // by the server, while it was needed
  std::uint64_t most_open = 0;  // at the same time
  std::uint64_t not_here = 0;   // not made for want of a port or a descriptor on this machine
  std::uint64_t verified = 0;   // answered before the run began

  void add(const ConnectionCounts& other);
  bool operator==(const ConnectionCounts&) const = default;
};

struct UdpCounts {
  std::uint64_t client_drops = 0;             // SO_RXQ_OVFL: our own socket was full
  std::optional<std::uint64_t> server_drops;  // /proc/net/udp; none where it cannot be seen
  std::uint64_t refused = 0;                  // ICMP port unreachable

  void add(const UdpCounts& other);
  bool operator==(const UdpCounts&) const = default;
};

// What a part of the run counted in a span of time.
struct Tally {
  RequestCounts requests;
  VerdictCounts verdicts;
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
  ConnectionCounts connections;
  UdpCounts udp;
  Latencies latency;

  void add(const Tally& other);
  void clear();
};

// The figures of one second.
struct Interval {
  Duration start{};
  Duration length{};
  std::uint64_t sent = 0;
  std::uint64_t answered = 0;
  std::uint64_t errors = 0;
  std::optional<Duration> p50;  // of the response time
  std::optional<Duration> p99;
  std::optional<Duration> max;
};

// A reply that was wrong, to be looked at. The first few of each verdict are kept.
struct Example {
  ReplyVerdict verdict = ReplyVerdict::Corrupt;
  Duration at{};  // since the start of the run
  std::uint64_t connection = 0;
  std::uint64_t request = 0;  // its number on that connection
  std::uint64_t offset = 0;   // of the first differing byte in the reply
  std::string expected;       // an excerpt, from `window_offset`
  std::string received;
  std::uint64_t window_offset = 0;
};
inline constexpr std::size_t kMostExamples = 5;  // of each verdict

// As many of `more` as there is room for.
void add_examples(std::vector<Example>& all, const std::vector<Example>& more);

struct GeneratorCost {
  Duration cpu{};           // of all workers
  Duration waited{};        // runnable, but not running (/proc/PID/schedstat)
  Duration stolen{};        // by the hypervisor, of all processors of this machine together
  Duration throttled{};     // our cgroup was, by its limit
  std::uint64_t turns = 0;  // of the event loops: system calls to wait
  std::uint64_t receives = 0;
  std::uint64_t sends = 0;
  std::uint64_t would_block = 0;  // EAGAIN on a send
  double busiest = 0;             // the share of the time that the busiest worker used its core
};

// Of a server that we started, all its processes together.
struct ServerCost {
  Duration cpu{};
  std::optional<std::uint64_t> memory_before;  // bytes resident
  std::optional<std::uint64_t> memory_after;
  std::optional<std::uint64_t> descriptors_before;
  std::optional<std::uint64_t> descriptors_after;
  std::optional<std::uint64_t> context_switches;  // of the processes that were there at the end
};

// A scenario of the suite that was played while the load ran.
struct UnderLoad {
  std::string scenario;
  Outcome outcome = Outcome::Pass;
  Message expected;  // of what failed
  Message observed;
  Message reason;  // why it was not run, or is inconclusive
};

// How the rate of this run was found (--find-rate).
struct CapacitySearch {
  Threshold objective;
  Capacity result;
  std::vector<Trial> trials;
};

// One of the processes that did a run together: a rank, or a shard.
struct RankFigures {
  std::uint64_t rank = 0;
  std::string host;  // "" where it is not known
  std::uint64_t connections = 0;
  std::uint64_t due = 0;
  std::uint64_t sent = 0;
  std::uint64_t answered = 0;
  std::uint64_t ok = 0;
  std::uint64_t errors = 0;
  double adherence = 100;  // percent
  std::optional<Duration> response_p99;
  std::optional<Duration> lag_p99;
  Duration cpu{};
  double busiest = 0;
  Duration length{};
  // With a common start: from its time zero until the first work of this process, and by how much
  // its clock may be wrong about that zero.
  std::optional<Duration> start;
  std::optional<Duration> clock_error;
};

enum class Bottleneck { Server, Generator, Schedule, Unclear };

struct LoadReport {
  std::string tool_version;
  std::string started_at;            // RFC 3339
  std::vector<std::string> command;  // our own command line
  std::string os;
  std::string kernel;
  unsigned cpus = 1;
  Target target;
  LoadPlan plan;
  std::string lang = "en";
  Duration began{};     // how late the first worker took up its work
  Duration duration{};  // from the start to the deadline, or to where it was ended
  Tally total;
  std::vector<Interval> intervals;
  std::vector<Interval> stages;  // of a plan with several: their figures, by when replies came
  std::vector<Example> examples;
  GeneratorCost generator;
  std::optional<ServerCost> server;
  std::vector<ThresholdResult> thresholds;
  std::optional<CapacitySearch> capacity;
  std::vector<RankFigures> ranks;      // of a run that several processes did
  std::vector<UnderLoad> under_load;   // --check-under-load
  std::optional<Message> server_gone;  // how it ended during the run
  std::string server_output;           // the last it printed then
  std::vector<Message> warnings;       // what makes the figures doubtful, or a limit that was met
  std::optional<Message> invalid;      // the figures say nothing about the server
  Bottleneck bottleneck = Bottleneck::Unclear;
  int interrupted_by = 0;
  int exit_code = 0;
};

// Requests per second. Offered: as the schedule wanted, none in a closed loop.
std::optional<double> offered_rate(const LoadReport& report);
double achieved_rate(const LoadReport& report);  // of replies that are right

// Percent of the due requests that the generator took up on time; 100 in a closed loop.
double adherence(const LoadReport& report);

// The figure of a metric, for thresholds; none where nothing was measured.
std::optional<double> figure_of(const LoadReport& report, const Metric& metric);

// Fills thresholds, warnings, invalid, bottleneck and exit_code from the rest. Exit codes as in
// README.md: 0 all replies right and thresholds met; 1 not; 3 nobody answered at all; 4 invalid.
void judge(LoadReport& report);

}  // namespace sockspec::load

namespace sockspec {

template <>
std::span<const Named<load::Bottleneck>> names<load::Bottleneck>();

}  // namespace sockspec
