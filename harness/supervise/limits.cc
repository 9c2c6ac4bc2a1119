#include "supervise/limits.h"

#include <sched.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <optional>

#include "io/descriptor.h"

namespace sockspec::supervise {
namespace {

constexpr unsigned kLoopbackAddresses = 254;  // 127.0.0.1 to 127.0.0.254
constexpr std::uint64_t kReuseOnLoopback = 2;

// The next number of the file; none where there is something else.
template <class Number>
std::optional<Number> next_number(std::istream& file) {
  std::string word;
  file >> word;
  Number number{};
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, number);
  if (word.empty() || error != std::errc() || stop != end) return std::nullopt;
  return number;
}

template <class Number>
std::optional<Number> number_in(const std::string& path) {
  std::ifstream file(path);
  return next_number<Number>(file);
}

std::optional<unsigned> ports_in(const std::string& path) {
  std::ifstream file(path);
  const auto first = next_number<std::uint16_t>(file);
  const auto last = next_number<std::uint16_t>(file);
  if (!first || !last || *last < *first) return std::nullopt;
  return *last - *first + 1U;
}

// All of 127.0.0.0/8 is this machine on Linux, but not elsewhere: asked by binding the last one.
unsigned source_addresses_towards(const io::Address& server) {
  if (server.family() != AF_INET || !server.is_loopback()) return 1;
  const auto last = io::Address::numeric("127.0.0." + std::to_string(kLoopbackAddresses), 0);
  const io::Descriptor fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const bool bound = last && fd && ::bind(fd.get(), last->get(), last->size()) == 0;
  return bound ? kLoopbackAddresses : 1;
}

// Where a file is missing, Linux does as it does by default.
bool time_wait_reused(const std::string& ipv4, bool loopback) {
  const auto reuse = number_in<std::uint64_t>(ipv4 + "tcp_tw_reuse").value_or(kReuseOnLoopback);
  // Only a later timestamp tells the new connection from the old one.
  if (number_in<std::uint64_t>(ipv4 + "tcp_timestamps").value_or(1) == 0) return false;
  return reuse == kReuseOnLoopback ? loopback : reuse != 0;
}

// Those that this process may use. libuv tells them only since 1.44, which Ubuntu 22.04 has not.
unsigned own_processors() {
  cpu_set_t mask;
  if (sched_getaffinity(0, sizeof mask, &mask) != 0) return 1;
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&mask)));
}

}  // namespace

load::MachineLimits limits_towards(const io::Address& server, const std::string& proc_sys) {
  const std::string core = proc_sys + "/net/core/";
  const std::string ipv4 = proc_sys + "/net/ipv4/";  // most of it is for IPv6 too
  load::MachineLimits limits;
  rlimit descriptors{};
  if (getrlimit(RLIMIT_NOFILE, &descriptors) == 0) {
    limits.descriptors = descriptors.rlim_cur;
    limits.most_descriptors = descriptors.rlim_max;
  }
  limits.ports = ports_in(ipv4 + "ip_local_port_range").value_or(limits.ports);
  limits.source_addresses = source_addresses_towards(server);
  limits.backlog = number_in<unsigned>(core + "somaxconn");
  limits.receive_buffer = number_in<std::uint64_t>(core + "rmem_max");
  limits.send_buffer = number_in<std::uint64_t>(core + "wmem_max");
  limits.cores = own_processors();
  limits.time_wait_reused = time_wait_reused(ipv4, server.is_loopback());
  limits.most_time_waits = number_in<std::uint64_t>(ipv4 + "tcp_max_tw_buckets");
  return limits;
}

Result<Nothing> raise_descriptors(std::uint64_t needed) {
  rlimit limit{};
  int error = getrlimit(RLIMIT_NOFILE, &limit) == 0 ? 0 : errno;
  if (error == 0 && limit.rlim_cur >= needed) return Nothing{};
  if (error == 0 && limit.rlim_max < needed) error = EPERM;
  if (error == 0) {
    limit.rlim_cur = needed;
    if (setrlimit(RLIMIT_NOFILE, &limit) == 0) return Nothing{};
    error = errno;
  }
  const std::string number = std::to_string(needed);
  return Error{ErrorKind::Harness, "this process may not open " + number + " files (" +
                                       std::strerror(error) + "); raise the limit: ulimit -n " +
                                       number};
}

}  // namespace sockspec::supervise
