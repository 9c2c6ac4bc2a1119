// JobLimit: how many jobs run at a time on this machine: more while it has time to spare, fewer
// while it has none. Jobs that mostly wait fill the machine this way, and jobs that work do not
// make each other late. One more or one fewer for each look, as little is known of the next job.
#pragma once

#include <algorithm>
#include <cstddef>

namespace sockspec {

class JobLimit {
 public:
  JobLimit(std::size_t least, std::size_t most)
      : least_(std::max<std::size_t>(1, least)), most_(std::max(least_, most)), now_(least_) {}

  static JobLimit fixed(std::size_t jobs) { return {jobs, jobs}; }

  std::size_t now() const { return now_; }
  std::size_t most() const { return most_; }
  bool can_change() const { return least_ != most_; }

  // `idle`: how many processors had nothing to do since the last look, on average. One look at
  // which all were busy is chance.
  void look(double idle, std::size_t running) {
    if (idle >= kSpare && running >= now_) now_ = std::min(most_, now_ + 1);
    const bool none = idle < kNone;
    if (none && none_before_) now_ = std::max(least_, std::min(now_, running + 1) - 1);
    none_before_ = none;
  }

 private:
  // Between the two nothing changes.
  static constexpr double kSpare = 0.12;
  static constexpr double kNone = 0.03;

  std::size_t least_;
  std::size_t most_;
  std::size_t now_;
  bool none_before_ = false;
};

}  // namespace sockspec
