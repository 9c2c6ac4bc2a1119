#include "mpi/network_for_test.h"

#include <cstring>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>

namespace sockspec::mpi::test {
namespace {

thread_local int this_rank = 0;
std::mutex mutex;
std::map<std::tuple<int, int, int>, std::deque<std::string>> messages;  // from, to, tag

}  // namespace

const SockspecMpi& network() {
  static const SockspecMpi kNetwork{
      kSockspecMpiVersion,
      [](int*, int*) { return 0; },
      [] { return "a map"; },
      [](int to, int tag, const void* bytes, std::size_t size) -> void* {
        const std::lock_guard lock(mutex);
        messages[{this_rank, to, tag}].emplace_back(static_cast<const char*>(bytes), size);
        return &messages;
      },
      [](int from, int tag) {
        const std::lock_guard lock(mutex);
        const auto& waiting = messages[{from, this_rank, tag}];
        return waiting.empty() ? -1L : static_cast<long>(waiting.front().size());
      },
      [](int from, int tag, void* bytes, std::size_t size) -> void* {
        const std::lock_guard lock(mutex);
        auto& waiting = messages[{from, this_rank, tag}];
        std::memcpy(bytes, waiting.front().data(), size);
        waiting.pop_front();
        return &messages;
      },
      [](void*) { return 1; },
      [] {},
      [](int) {}};
  return kNetwork;
}

void run_ranks(const std::map<int, std::function<void()>>& ranks) {
  messages.clear();
  std::deque<std::thread> threads;
  for (const auto& [rank, play] : ranks) {
    threads.emplace_back([rank = rank, &play = play] {
      this_rank = rank;
      play();
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace sockspec::mpi::test
