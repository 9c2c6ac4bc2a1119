#include "cli/event_stream.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/names.h"
#include "reports/ndjson.h"

namespace sockspec::cli {
namespace {

// All that can change after a result was told; its text need not be made to see that.
std::string state_of(const ScenarioResult& result) {
  return std::string(name_of(result.outcome)) + " " + result.reason.id + " " +
         std::to_string(result.failed_runs) + (result.known ? " known" : "");
}

Error cannot(const std::string& name, int error) {
  return {ErrorKind::Harness,
          (name == "-" ? "standard output" : name) +
              ": the events of --ndjson could not be written: " + std::strerror(error)};
}

}  // namespace

void EventStream::Close::operator()(std::FILE* file) const {
  if (file != stdout) std::fclose(file);
}

EventStream::EventStream(std::string name, std::unique_ptr<std::FILE, Close> file)
    : name_(std::move(name)), file_(std::move(file)) {}

Result<std::unique_ptr<EventStream>> EventStream::open(const std::string& name) {
  std::unique_ptr<std::FILE, Close> file(name == "-" ? stdout : std::fopen(name.c_str(), "we"));
  if (!file) return cannot(name, errno);
  return std::unique_ptr<EventStream>(new EventStream(name, std::move(file)));
}

void EventStream::write(const std::string& text) {
  if (error_ != 0) return;
  const bool written = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size();
  if (std::fflush(file_.get()) != 0 || !written) error_ = errno;
}

void EventStream::begin(const CheckReport& report) { write(reports::ndjson_begin(report)); }

void EventStream::tell(const CheckReport& report) {
  for (const ScenarioResult& result : report.results) {
    std::string state = state_of(result);
    std::string& told = told_[result.scenario];
    if (told == state) continue;
    told = std::move(state);
    write(reports::ndjson_result(report, result));
  }
}

Result<Nothing> EventStream::end(const CheckReport& report) {
  tell(report);
  write(reports::ndjson_end(report));
  if (error_ != 0) return cannot(name_, error_);
  return Nothing{};
}

}  // namespace sockspec::cli
