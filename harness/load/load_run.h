// LoadRun: a load test from the first connection to the last reply, with its report.
//
// Lives on the caller's loop: it gives orders to the workers, takes their tallies once a second,
// and ends the run in time whatever the server does. `finished` is called once; the report then
// holds everything but judge()'s decisions.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/load/load_report.h"
#include "core/load/payloads.h"
#include "io/address.h"
#include "io/timer.h"
#include "load/worker.h"

namespace sockspec::load {

class LoadRun {
 public:
  struct Events {
    // Each second of the run, with its response times.
    std::function<void(const Interval&, const Histogram& response)> interval;
    // At time zero and at the end, for what the server has used meanwhile.
    std::function<void(bool at_end)> edge;
    std::function<void()> finished;
    // Asked once, when the connections are there: when the run (its warm-up first) is to begin, by
    // CLOCK_MONOTONIC. None ends the run. Where nobody is to be asked it begins at once.
    std::function<std::optional<Duration>()> start_at = {};
  };

  // `report.plan` says what is done.
  LoadRun(io::Loop& loop, const io::Address& server, LoadReport& report, Payloads payloads,
          Events events);
  ~LoadRun();

  void start();
  void stop();  // ends it early; the figures so far stay

 private:
  void look();
  void changed();
  void begin();
  void take(bool last);
  void take_stage(const Tally& part, Duration end, bool last);
  void end();

  io::Loop& loop_;
  io::Address server_;
  LoadReport& report_;
  Payloads payloads_;
  Events events_;
  std::vector<std::unique_ptr<Worker>> workers_;
  io::Handle<uv_async_t> changed_;
  io::Timer look_;
  Duration began_connecting_{};
  Duration zero_{};
  Duration next_second_{};  // since zero_, as all that follows
  Duration interval_start_{};
  Duration stage_start_{};
  Duration stage_end_{};  // of a plan with several stages
  Tally stage_;
  unsigned swaps_ = 0;
  bool swapping_ = false;
  bool begun_ = false;
  bool at_zero_ = false;
  bool finishing_ = false;
  bool ended_ = false;
};

}  // namespace sockspec::load
