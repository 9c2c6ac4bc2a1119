// tcp-daytime, RFC 867: the server speaks first, one line with the date and time, then closes,
// whatever the client sends. Of the RFC's popular formats it is the first, "Weekday, Month Day,
// Year Time-Zone", in UTC: "Saturday, November 21, 2026 10:01:22-UTC\r\n".
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

#include "reference-servers/servers.h"
#include "reference-servers/tcp_server.h"

namespace sockspec::reference {
namespace {

// Not strftime, whose names are those of the locale.
constexpr std::array kWeekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                               "Thursday", "Friday", "Saturday"};
constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};

std::string daytime_line(std::chrono::sys_seconds now) {
  using namespace std::chrono;
  const sys_days today = floor<days>(now);
  const year_month_day date(today);
  const hh_mm_ss time(now - today);
  std::array<char, 64> line{};
  std::snprintf(line.data(), line.size(), "%s, %s %u, %d %02d:%02d:%02d-UTC\r\n",
                kWeekdays[weekday(today).c_encoding()],
                kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<unsigned>(date.day()),
                static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return line.data();
}

class DaytimeSession final : public TcpSession {
 public:
  explicit DaytimeSession(std::chrono::sys_seconds now) : line_(daytime_line(now)) {}

  Answer opened() override { return {.send = line_, .then = Then::End}; }
  Answer received(std::span<char>) override { return {}; }

 private:
  std::string line_;
};

}  // namespace

int serve_tcp_daytime(const ServeOptions& options) {
  return serve_tcp(options, [] {
    using namespace std::chrono;
    return std::make_unique<DaytimeSession>(floor<seconds>(system_clock::now()));
  });
}

}  // namespace sockspec::reference
