// LoadPlan: what a load run does. Plain data, from the command line or a plan file.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/load/arrivals.h"
#include "core/load/threshold.h"
#include "core/names.h"
#include "core/profile.h"
#include "core/time.h"

namespace sockspec::load {

enum class Pace { Hybrid, Spin, Sleep };

enum class Validate { All, None };

// What becomes of a connection after a reply.
enum class Shape {
  KeepAlive,   // it is used again
  Churn,       // closed by FIN, and another one opened
  ChurnReset,  // closed by RST
};

// Bytes of a request: drawn evenly from a range, or up a ladder.
struct SizeRange {
  std::size_t least = 64;
  std::size_t most = 64;
  // The sizes that each connection goes through, one request after the other, again and again;
  // `least` and `most` are then the least and the most of them. None: drawn.
  std::vector<std::size_t> ladder = {};

  bool operator==(const SizeRange&) const = default;
};

struct LoadPlan {
  Profile profile;
  std::size_t connections = 64;
  std::size_t pipeline = 1;  // closed loop: requests in flight on each connection
  Duration think{};          // closed loop: between a reply and the request that follows it
  SizeRange size;
  std::vector<Arrivals> stages;  // open loop: one after the other; none: a closed loop
  Duration duration = std::chrono::seconds(10);  // of all stages together
  Duration warmup{};                             // before the duration; nothing of it is counted
  std::size_t threads = 1;
  Duration timeout = std::chrono::seconds(1);  // of a reply, from when its request was sent
  std::size_t max_in_flight = 100'000;         // open loop: more are not sent, and counted
  Validate validate = Validate::All;
  Pace pace = Pace::Hybrid;
  Shape shape = Shape::KeepAlive;
  std::size_t idle = 0;         // connections besides, which are verified once and then wait
  std::size_t write_size = 0;   // TCP: bytes of one send(); 0: as many as there are
  std::uint64_t read_rate = 0;  // TCP: bytes per second that a connection reads; 0: all there is
  std::size_t source_addresses = 1;  // 127.0.0.1 and on, where one has too few ports (preflight.h)
  bool check_under_load = false;     // scenarios of the suite, beside the load
  std::vector<Threshold> thresholds;
  std::uint64_t seed = 0;
  Stripe shard;

  bool open_loop() const { return !stages.empty(); }

  // Each has a connection, and may have a request in flight.
  std::size_t workers() const {
    const std::size_t most = std::min(connections, max_in_flight);
    return std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(most, 1));
  }

  // Each request has a connection of its own.
  bool visits() const {
    return profile.transport == Transport::Tcp &&
           (shape != Shape::KeepAlive || profile.ending == Ending::AfterReply);
  }
};

}  // namespace sockspec::load

namespace sockspec {

template <>
std::span<const Named<load::Pace>> names<load::Pace>();
template <>
std::span<const Named<load::Validate>> names<load::Validate>();
template <>
std::span<const Named<load::Shape>> names<load::Shape>();

}  // namespace sockspec
