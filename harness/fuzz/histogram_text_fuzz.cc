// Any text as a histogram, and any bytes inside each of its layers, since no mutation gets through
// Base64 and a checksum by chance: an error is one line, and what decodes is the same histogram
// after another round.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "reports/histogram_text.h"
#include "reports/test_histogram_text.h"

namespace sockspec::reports {
namespace {

using load::Histogram;

void require(bool holds) {
  if (!holds) std::abort();
}

void require_one_line(const std::string& text) {
  require(!text.empty() && text.size() < 300);
  require(std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }));
}

void decode_and_check(const std::string& text) {
  const Result<Histogram> histogram = decode(text);
  if (!histogram) return require_one_line(histogram.error().text);
  require(histogram->min() <= histogram->mean() && histogram->mean() <= histogram->max());
  require(histogram->at_percentile(100) == histogram->max());
  const Result<Histogram> again = decode(encode(*histogram));
  require(again.ok() && again->count() == histogram->count());
  require(std::ranges::equal(again->counts(), histogram->counts()));
}

}  // namespace
}  // namespace sockspec::reports

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sockspec::reports;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  decode_and_check(bytes);
  decode_and_check(test::around_stream(bytes));
  decode_and_check(test::around_inner(bytes));
  decode_and_check(test::around_counts(bytes));
  return 0;
}
