// Any text as a scenario and as a profile: an error is one line, and what parses binds or says why
// not, in bounded time and memory.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/script.h"
#include "core/unicode_uppercase.h"
#include "scenario/parse_profile.h"
#include "scenario/parse_scenario.h"

namespace sockspec {
namespace {

constexpr std::string_view kProfiles[] = {
    R"({"profile": "echo", "transport": "tcp", "reply": {"transform": "identity"},
        "framing": "stream"})",
    R"({"profile": "line", "transport": "tcp", "reply": {"transform": "uppercase"},
        "framing": "line", "max_message": 64, "encoding": "utf-8"})",
    R"({"profile": "once", "transport": "tcp", "reply": {"transform": "text", "text": "Hi"},
        "framing": "first-read", "ends": "after-reply"})",
    R"({"profile": "first", "transport": "tcp", "reply": {"transform": "date"},
        "framing": "first-read", "ends": "after-reply", "speaks_first": true})",
    R"({"profile": "endless", "transport": "tcp", "reply": {"transform": "chargen"},
        "framing": "stream", "speaks_first": true})",
    R"({"profile": "udp", "transport": "udp", "reply": {"transform": "identity"},
        "framing": "datagram", "max_message": 1})",
    R"({"profile": "end", "transport": "tcp", "reply": {"transform": "none"}, "framing": "stream",
        "ends": {"message": "/end"}})",
};

void require(bool holds) {
  if (!holds) std::abort();
}

void require_one_line(const std::string& text) {
  require(!text.empty() && text.size() < 2000);
  require(is_utf8(text));
  require(text.find_first_of("\n\r\x1B") == std::string::npos);
}

// Payloads of many megabytes are right, but too slow to make a thousand times a second.
bool is_small(const std::vector<Step>& steps, std::uint64_t rounds);

bool is_small(const Payload& payload, std::uint64_t rounds) {
  constexpr std::uint64_t kMost = 1U << 20U;
  const std::uint64_t size = payload.size.factor + payload.size.up_to.value_or(0) + 1;
  const auto plus = static_cast<std::uint64_t>(std::max<std::int64_t>(payload.size.plus, 0));
  return size < kMost && plus < kMost && rounds < kMost &&
         (size * 64 + plus + payload.bytes.size()) * payload.times < kMost / rounds;
}

bool is_small(const Step& step, std::uint64_t rounds) {
  if (const auto* send = std::get_if<step::Send>(&step.action))
    return is_small(send->payload, rounds);
  if (const auto* exchange = std::get_if<step::Exchange>(&step.action)) {
    return is_small(exchange->payload, rounds);
  }
  if (const auto* expect = std::get_if<step::ExpectBytes>(&step.action)) {
    return is_small(expect->payload, rounds);
  }
  if (const auto* connect = std::get_if<step::Connect>(&step.action)) {
    return connect->count * rounds < 2000;
  }
  const auto* loop = std::get_if<step::Loop>(&step.action);
  return !loop || is_small(loop->body, rounds * std::max<std::size_t>(loop->over.size(), 1));
}

bool is_small(const std::vector<Step>& steps, std::uint64_t rounds) {
  for (const Step& step : steps) {
    if (!is_small(step, rounds)) return false;
  }
  return true;
}

void bind_with_all(const Scenario& scenario) {
  static const Environment environment{{{"tcp_wmem.max", 64}}, 1.0};
  if (!is_small(scenario.steps, 1)) return;
  for (const std::string_view text : kProfiles) {
    const Profile profile = scenario::parse_profile(text, "fuzz").value();
    const Result<Script> script = bind(scenario, profile, environment, 1);
    if (!script) require(!script.error().text.empty());
  }
}

}  // namespace
}  // namespace sockspec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sockspec;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<Scenario> scenario = scenario::parse_scenario(text, "fuzz");
  if (scenario) {
    bind_with_all(*scenario);
  } else {
    require_one_line(scenario.error().text);
  }
  const Result<Profile> profile = scenario::parse_profile(text, "fuzz");
  if (!profile) require_one_line(profile.error().text);
  return 0;
}
