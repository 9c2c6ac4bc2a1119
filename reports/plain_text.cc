#include "reports/plain_text.h"

#include <vector>

#include "reports/console.h"
#include "reports/printable.h"
#include "reports/result_text.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kOutput = 8192;
constexpr std::size_t kWord = 2000;

void cut(std::vector<std::string>& words) {
  for (std::string& word : words) {
    if (word.size() > kWord) word = printable_line(word, kWord);
  }
}

}  // namespace

std::string plain_text(const CheckReport& report) {
  CheckReport readable = report;
  cut(readable.command);
  cut(readable.target.command);
  for (ScenarioResult& result : readable.results) result = bounded(result, report.lang);
  for (UnexpectedExit& exit : readable.unexpected_exits)
    exit.output = last_bytes(exit.output, kOutput, report.lang);
  return printable(console_report(readable, {}, false));
}

}  // namespace sockspec::reports
