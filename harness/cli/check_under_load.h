// sockspec load --check-under-load: is the server still right while it is busy? The short scenarios
// of the suite, one after the other, beside the load.
//
// Lives on the loop of the session, from construction until `finished` was called.
#pragma once

#include <functional>
#include <memory>

#include "check/check_run.h"
#include "core/load/load_report.h"
#include "core/selection.h"
#include "scenario/suite.h"

namespace sockspec::cli {

class CheckUnderLoad {
 public:
  // Errors as of select().
  static Result<std::unique_ptr<CheckUnderLoad>> make(io::Loop& loop, const load::LoadPlan& plan,
                                                      const io::Address& server);

  void start(std::function<void()> finished);
  void stop();  // what runs is abandoned

  // Once it has finished, and so has the load, which may explain that something was late.
  std::vector<load::UnderLoad> results(const load::Tally& load) const;

 private:
  CheckUnderLoad(io::Loop& loop, const load::LoadPlan& plan, const io::Address& server)
      : loop_(loop), plan_(plan), server_(server) {}

  io::Loop& loop_;
  const load::LoadPlan& plan_;
  io::Address server_;
  std::vector<Scenario> suite_;
  Selection selection_;
  CheckReport report_;
  std::unique_ptr<check::CheckRun> run_;
};

}  // namespace sockspec::cli
