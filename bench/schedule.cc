// The due times of an open loop, as `sockspec load` would have them: whole nanoseconds from the
// start of the run, one a line.
//
//   schedule --rate 1000 --arrivals poisson --duration 10s --seed 42 --shard 1/4
//
// Not a yardstick but what is measured: it links the very schedule of harness/, without a socket
// and without a clock. For G9; schedules.py looks at the gaps.
#include <cinttypes>
#include <cstdio>
#include <string>

#include "core/load/arrivals.h"
#include "yardsticks/options.h"

namespace sockspec::bench {
namespace {

// "1/4": the first of four, which is stripe 0.
load::Stripe stripe(const std::string& text) {
  unsigned long long number = 0, count = 0;
  char more = 0;
  if (std::sscanf(text.c_str(), "%llu/%llu%c", &number, &count, &more) != 2 || number == 0 ||
      number > count || count > 1ULL << 32U) {
    fail("--shard: \"" + text + "\" is not like 1/4");
  }
  return {.index = number - 1, .count = count};
}

}  // namespace
}  // namespace sockspec::bench

int main(int argc, char** argv) {
  using namespace sockspec;
  const bench::Options options(argc, argv,
                               {{"rate", "1000"},
                                {"arrivals", "constant"},
                                {"duration", "10s"},
                                {"seed", "42"},
                                {"shard", "1/1"}});
  const auto arrivals = load::parse_arrivals(options.text("rate"), options.text("arrivals"),
                                             options.duration("duration"));
  if (!arrivals.ok()) bench::fail(arrivals.error().text);
  load::Schedule schedule(arrivals.value(), options.count("seed"),
                          bench::stripe(options.text("shard")));
  while (const auto due = schedule.next()) std::printf("%" PRId64 "\n", due->count());
}
