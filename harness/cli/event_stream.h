// EventStream: --ndjson, one line for each event of a run, written as it happens; a run that is
// killed leaves what it had. A result that changes later (repeated alone, excused) is told again.
//
// Lives as long as the run, on its thread. A stream that could not be written to is silent from
// then on, and says so at the end.
#pragma once

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/check_report.h"
#include "core/result.h"

namespace sockspec::cli {

class EventStream {
 public:
  // "-" is standard output. Error (Harness): it cannot be opened, and why.
  static Result<std::unique_ptr<EventStream>> open(const std::string& file);

  void begin(const CheckReport& report);

  // What is new, or has changed, among the results.
  void tell(const CheckReport& report);

  // The rest of the results, and the end. Error (Harness): not all of it could be written.
  Result<Nothing> end(const CheckReport& report);

 private:
  struct Close {
    void operator()(std::FILE* file) const;
  };

  EventStream(std::string name, std::unique_ptr<std::FILE, Close> file);
  void write(const std::string& text);

  std::string name_;
  std::unique_ptr<std::FILE, Close> file_;
  std::map<std::string, std::string> told_;  // what was said of a scenario, to see a change
  int error_ = 0;
};

}  // namespace sockspec::cli
