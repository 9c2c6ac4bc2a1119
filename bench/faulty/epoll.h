// Epoll: one event at a time, or none when the time has come to flush what is held.
#pragma once

#include <algorithm>
#include <optional>

#include "yardsticks/yardstick.h"

namespace sockspec::bench {

inline Duration now() { return Clock::now().time_since_epoch(); }

class Epoll {
 public:
  void watch(int descriptor, int operation, std::uint32_t events) const {
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    must(epoll_ctl(epoll_, operation, descriptor, &event), "epoll_ctl");
  }

  // data.fd is -1 if the time came first. The kernel counts in milliseconds: up to one late.
  epoll_event wait(std::optional<Duration> until) const {
    int limit = -1;
    if (until) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - now());
      limit = std::max(0, static_cast<int>(left.count()));
    }
    epoll_event event{};
    if (wait_for_events(epoll_, &event, 1, limit) == 0) event.data.fd = -1;
    return event;
  }

 private:
  int epoll_ = must(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
};

}  // namespace sockspec::bench
