#include "supervise/machine.h"

#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <uv.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <thread>
#include <vector>

#include "io/address.h"
#include "io/descriptor.h"

namespace sockspec::supervise {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::uint64_t kFallbackSendBuffer = 8U << 20U;  // bytes, where tcp_wmem cannot be read
constexpr double kMostScale = 10.0;
// Time limits are generous (2 s) to begin with; they grow where a machine is slower than this,
// which one with twice as many busy programs as processors still stays below.
constexpr Duration kUsualOversleep = 5ms;
constexpr Duration kUsualRoundTrip = 1ms;
constexpr int kTrips = 50;

std::uint64_t largest_send_buffer() {
  std::ifstream file("/proc/sys/net/ipv4/tcp_wmem");
  std::uint64_t least = 0, initial = 0, most = 0;
  file >> least >> initial >> most;
  return file && most > 0 ? std::max<std::uint64_t>(most, 4U << 20U) : kFallbackSendBuffer;
}

// The ninth of ten sleeps of 1 ms, in how much it was longer.
Duration oversleep() {
  std::vector<Duration> late;
  for (int i = 0; i < 10; ++i) {
    const auto start = Clock::now();
    std::this_thread::sleep_for(1ms);
    late.push_back(Clock::now() - start - 1ms);
  }
  std::nth_element(late.begin(), late.begin() + 8, late.end());
  return late[8];
}

// The ninth tenth of round trips between two threads.
Duration round_trip() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return kUsualRoundTrip;
  const io::Descriptor here(ends[0]);
  const io::Descriptor there(ends[1]);
  int other_end = there.get();
  uv_thread_t echo;
  const auto answer = [](void* socket) {
    const int fd = *static_cast<int*>(socket);
    char byte = 0;
    for (int i = 0; i < kTrips && ::read(fd, &byte, 1) == 1; ++i) {
      if (::write(fd, &byte, 1) != 1) return;
    }
  };
  // Not std::thread, which throws where a limit forbids another one.
  if (uv_thread_create(&echo, answer, &other_end) != 0) return kUsualRoundTrip;
  std::vector<Duration> trips;
  char byte = 'x';
  for (int i = 0; i < kTrips; ++i) {
    const auto start = Clock::now();
    if (::write(here.get(), &byte, 1) != 1 || ::read(here.get(), &byte, 1) != 1) break;
    trips.push_back(Clock::now() - start);
  }
  ::shutdown(here.get(), SHUT_RDWR);
  uv_thread_join(&echo);
  if (trips.empty()) return kUsualRoundTrip;
  const auto place = static_cast<std::ptrdiff_t>(trips.size() * 9 / 10);
  std::nth_element(trips.begin(), trips.begin() + place, trips.end());
  return trips[static_cast<std::size_t>(place)];
}

double ratio(Duration measured, Duration usual) {
  return static_cast<double>(measured.count()) / static_cast<double>(usual.count());
}

}  // namespace

Machine measure_machine() {
  Machine machine;
  utsname name{};
  if (uname(&name) == 0) {
    machine.os = name.sysname;
    machine.kernel = name.release;
  }
  machine.cpus = std::max(1U, std::thread::hardware_concurrency());
  machine.environment.figures["tcp_wmem.max"] = largest_send_buffer();
  const double scale =
      std::max(ratio(oversleep(), kUsualOversleep), ratio(round_trip(), kUsualRoundTrip));
  // Rounded, so that two runs on an idle machine have the same limits.
  machine.environment.scale = std::clamp(std::round(scale * 4) / 4, 1.0, kMostScale);
  return machine;
}

}  // namespace sockspec::supervise
