// Preflight: which limits of this machine a load run would meet, said before it, each with its fix.
//
// Met during the run, the same limits look like faults of the server: connections that it did not
// accept, replies that it did not send. What cannot work is refused; what may spoil the figures is
// a warning, and only where the plan itself goes beyond a limit that is known. A usual run on a
// usual machine gets none, or people would learn not to read them.
//
// What is said here about Linux was measured on 6.18. Pure, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/load/load_plan.h"
#include "core/message.h"
#include "core/result.h"

namespace sockspec::load {

// How the generator works, as far as a limit can be in its way.
inline constexpr std::size_t kOpeningAtOnce = 64;          // connections, by each thread
inline constexpr std::uint64_t kSocketBuffer = 4U << 20U;  // bytes that a UDP socket asks for

// What this machine allows towards one server. None: not known, and then not judged.
struct MachineLimits {
  std::uint64_t descriptors = 0;                // of this process, now
  std::uint64_t most_descriptors = 0;           // and as far as it may raise that itself
  unsigned ports = 28'232;                      // for connections from one source address
  unsigned source_addresses = 1;                // from which the server can be reached
  std::optional<unsigned> backlog;              // net.core.somaxconn: of servers on this machine
  std::optional<std::uint64_t> receive_buffer;  // net.core.rmem_max, bytes
  std::optional<std::uint64_t> send_buffer;     // net.core.wmem_max, bytes; a full one only delays
  unsigned cores = 1;
  // A port that a closed connection holds (TIME_WAIT) is given away after a second, not a minute.
  bool time_wait_reused = false;
  // net.ipv4.tcp_max_tw_buckets: so many closed connections hold their ports at most.
  std::optional<std::uint64_t> most_time_waits;
};

struct Preflight {
  std::optional<Error> refused;  // then nothing is warned of
  std::vector<Message> warnings;
  std::uint64_t descriptors_needed = 0;
  // From how many addresses to connect, connection k from the k-th modulo so many; 1: as usual.
  std::size_t source_addresses = 1;
};

// `loopback`: the server is on this machine, at a loopback address.
Preflight preflight(const LoadPlan& plan, const MachineLimits& limits, bool loopback);

// How much of a socket's buffer a waiting datagram of this size takes, in bytes.
std::uint64_t buffer_taken(std::uint64_t size);

}  // namespace sockspec::load
