// Conversation: what is measured of the server's processes and done to them, and stopwatches.
#include <algorithm>
#include <chrono>
#include <sstream>

#include "core/conversation.h"
#include "core/names.h"

namespace sockspec {
namespace {

using namespace std::chrono_literals;

constexpr Duration kSampleAgain = 20ms;

std::string count(std::uint64_t number) { return std::to_string(number); }

std::string in_ms(Duration duration) {
  std::ostringstream text;
  text.precision(2);
  text << std::fixed << std::chrono::duration<double, std::milli>(duration).count() << " ms";
  return text.str();
}

// In the unit that a person expects.
std::string figure(Resource resource, std::uint64_t value) {
  if (resource != Resource::Memory) return count(value);
  std::ostringstream text;
  text.precision(1);
  text << std::fixed << static_cast<double>(value) / (1024 * 1024) << " MiB";
  return text.str();
}

Duration median_of(std::vector<Duration> times) {
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

// Where a delay lies says where it comes from: the timers of delayed acknowledgements are 40 ms on
// Linux, 200 ms on other systems (RFC 9293, 3.8.6.3 allows 500 ms).
std::string_view delay_pattern(Duration median) {
  if (median >= 35ms && median <= 60ms) return "seen.median-nagle";
  if (median >= 180ms && median <= 220ms) return "seen.median-nagle";
  return "seen.median";
}

}  // namespace

// Not tied to a peer: it counts for scripts without one, too.
bool Conversation::observe_server(Instant now, const Event& event) {
  if (const auto* gone = std::get_if<event::ServerGone>(&event.what)) {
    server_gone_ = gone->how;
    gone_at_ = now;
  } else if (const auto* sampled = std::get_if<event::Sampled>(&event.what)) {
    take_sampled(now, *sampled);
  } else if (const auto* started = std::get_if<event::ServerStarted>(&event.what)) {
    started_ = *started;
  } else {
    return false;
  }
  return true;
}

void Conversation::begin_server_move(Instant now) {
  if (const auto* act_on = std::get_if<move::Server>(&move().what)) {
    started_.reset();
    if (act_on->act == ServerAct::Restart) server_gone_.reset(), gone_at_.reset();
    act(kNobody, action::Server{act_on->act});
  } else if (std::holds_alternative<move::Sample>(move().what)) {
    sampling_ = {};
    ask_for_sample();
  } else if (const auto* start = std::get_if<move::StartWatch>(&move().what)) {
    running_watches_[start->name] = now;
  } else if (const auto* stop = std::get_if<move::StopWatch>(&move().what)) {
    watches_[stop->name].push_back(now - running_watches_[stop->name]);
  }
}

void Conversation::ask_for_sample() {
  sampling_.asked = true;
  act(kNobody, action::Sample{std::get<move::Sample>(move().what).what.resource});
}

void Conversation::take_sampled(Instant now, const event::Sampled& sampled) {
  const auto* wanted = begun_ && at_ < script_.moves.size()
                           ? std::get_if<move::Sample>(&script_.moves[at_].what)
                           : nullptr;
  if (!wanted || !sampling_.asked || wanted->what.resource != sampled.resource) return;
  sampling_.asked = false;
  const step::Sample& sample = wanted->what;
  if (!sampled.value || (!sample.above.empty() && !samples_.contains(sample.above))) {
    sampling_.unknown = true;
    return;
  }
  if (sample.over == Duration{}) {
    sampling_.figure = *sampled.value;
    sampling_.again = now + kSampleAgain;
    return;
  }
  if (sampling_.window_began) {
    const auto used =
        static_cast<double>(*sampled.value - std::min(*sampled.value, sampling_.base));
    const auto window = static_cast<double>(std::max(now - *sampling_.window_began, 1ns).count());
    sampling_.figure = static_cast<std::uint64_t>(100.0 * used / window);
  }
  sampling_.base = *sampled.value;
  sampling_.window_began = now;
  sampling_.again = now + sample.over;
}

std::uint64_t Conversation::sample_limit(const step::Sample& sample) const {
  const auto above = samples_.find(sample.above);
  return sample.at_most.value_or(0) + (above == samples_.end() ? 0 : above->second);
}

bool Conversation::sample_done(const step::Sample& sample) {
  if (sampling_.unknown) return true;
  if (!sampling_.figure) return false;
  if (!sample.as.empty()) samples_[sample.as] = *sampling_.figure;
  return !sample.at_most || *sampling_.figure <= sample_limit(sample);
}

bool Conversation::server_move_done() {
  if (const auto* sample = std::get_if<move::Sample>(&move().what))
    return sample_done(sample->what);
  if (const auto* server = std::get_if<move::Server>(&move().what))
    return !starts_server(server->act) || started_.has_value();
  if (std::holds_alternative<move::AwaitExit>(move().what)) return server_gone_.has_value();
  return true;
}

std::optional<Conversation::Failure> Conversation::judge_server() const {
  if (const auto* server = std::get_if<move::Server>(&move().what)) return judge_start(*server);
  if (const auto* sample = std::get_if<move::Sample>(&move().what))
    return judge_sample(sample->what);
  if (const auto* median = std::get_if<move::Median>(&move().what))
    return judge_median(median->what);
  return std::nullopt;
}

std::optional<Conversation::Failure> Conversation::judge_start(const move::Server& server) const {
  if (!started_) return std::nullopt;
  if (server.act == ServerAct::Restart && !started_->listens) {
    Message seen = started_->how;
    if (seen.empty()) seen = {"seen.not-restarted", {{"why", "?"}}};
    return Failure{{"expect.restart"}, seen, kNobody};
  }
  if (server.act != ServerAct::StartSecond) return std::nullopt;
  const Message expected{"expect.second-refused"};
  if (started_->listens) return Failure{expected, {"seen.second-listens"}, kNobody};
  if (started_->how.empty()) return second_waits();
  const bool silent = started_->how == Message{"exit.code", {{"code", "0"}}};
  if (silent) return Failure{expected, {"seen.second-silent"}, kNobody};
  return std::nullopt;
}

std::optional<Conversation::Failure> Conversation::judge_median(const step::Median& wanted) const {
  const auto times = watches_.find(wanted.of);
  if (times == watches_.end()) return std::nullopt;
  const Duration median = median_of(times->second);
  Duration limit = wanted.at_most.value_or(Duration{});
  if (const auto than = watches_.find(wanted.than); than != watches_.end()) {
    limit = std::chrono::duration_cast<Duration>(median_of(than->second) * wanted.times) +
            wanted.allowance;
  }
  if (median <= limit) return std::nullopt;
  const auto [fastest, slowest] = std::minmax_element(times->second.begin(), times->second.end());
  return Failure{{wanted.than.empty() ? "expect.median" : "expect.median-steady",
                  {{"limit", in_ms(limit)}, {"of", wanted.of}}},
                 {wanted.than.empty() ? std::string(delay_pattern(median)) : "seen.median",
                  {{"median", in_ms(median)},
                   {"fastest", in_ms(*fastest)},
                   {"slowest", in_ms(*slowest)},
                   {"count", count(times->second.size())}}},
                 kNobody,
                 std::nullopt,
                 true,
                 false,
                 median - limit};
}

// Of processes that have ended nothing is left to be measured, and that is no good figure.
std::optional<Conversation::Failure> Conversation::judge_sample(const step::Sample& sample) const {
  if (!server_gone_ || !sample.at_most) return std::nullopt;
  Failure failure = sample_late(sample);
  failure.observed = server_gone_seen();
  failure.timing_only = false;
  return failure;
}

Conversation::Failure Conversation::sample_late(const step::Sample& sample) const {
  const Resource resource = sample.resource;
  const std::string name(name_of(resource));
  Message expected{"expect." + name, {{"limit", figure(resource, sample_limit(sample))}}};
  Message seen{"seen." + name,
               {{"value", figure(resource, sampling_.figure.value_or(0))},
                {"within", in_whole_ms(now_ - move_began_)}}};
  const bool tells_start = resource == Resource::Descriptors || resource == Resource::Memory;
  if (const auto above = samples_.find(sample.above); above != samples_.end()) {
    seen.params.emplace_back("start", figure(resource, above->second));
  } else if (tells_start) {
    seen.id += "-alone";
  }
  return {expected, seen, kNobody, std::nullopt, true};
}

Conversation::Failure Conversation::second_waits() const {
  return {{"expect.second-refused"},
          {"seen.second-waits", {{"within", in_whole_ms(now_ - move_began_)}}},
          kNobody,
          std::nullopt,
          true};
}

// A figure that only time would mend, an exit or a start that has not come.
Conversation::Failure Conversation::server_late() const {
  if (const auto* sample = std::get_if<move::Sample>(&move().what))
    return sample_late(sample->what);
  const auto* server = std::get_if<move::Server>(&move().what);
  if (server && server->act == ServerAct::StartSecond) return second_waits();
  const std::string within = in_whole_ms(now_ - move_began_);
  if (server)
    return {{"expect.restart"},
            {"seen.not-listening", {{"within", within}}},
            kNobody,
            std::nullopt,
            true};
  return {{"expect.exit"}, {"seen.still-runs", {{"within", within}}}, kNobody, std::nullopt, true};
}

Message Conversation::server_gone_seen() const {
  Message seen{"seen.server-gone", server_gone_->params};
  seen.params.emplace_back("how", server_gone_->id);
  return seen;
}

// Is this a move about the server's processes, and not about connections?
bool Conversation::server_move() const { return move().peers.empty(); }

}  // namespace sockspec
