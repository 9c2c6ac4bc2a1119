// VainTurns: the rest of a server that asks without end for what never comes.
//
// A real one needs a whole processor. These take about a quarter of one: that is as plain to see,
// and leaves the processors to the servers that the suite judges beside it.
#pragma once

#include <chrono>
#include <thread>

namespace sockspec::reference::faulty {

class VainTurns {
 public:
  void one_more() {
    using Clock = std::chrono::steady_clock;
    if (Clock::now() < rest_at_) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    rest_at_ = Clock::now() + std::chrono::milliseconds(1);
  }

 private:
  std::chrono::steady_clock::time_point rest_at_;
};

}  // namespace sockspec::reference::faulty
