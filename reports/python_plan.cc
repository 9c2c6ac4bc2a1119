#include "reports/python_plan.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>

#include "reports/python_cut.h"
#include "reports/python_fold.h"

namespace sockspec::reports {
namespace {

using namespace std::chrono_literals;

constexpr Duration kMoment = 200ms;

const Step* step_at(const std::vector<Step>& steps, const std::string& pointer) {
  for (const Step& step : steps) {
    if (step.pointer == pointer) {
      const bool holds_others = std::holds_alternative<step::Stopwatch>(step.action);
      return holds_others ? nullptr : &step;
    }
    const std::vector<Step>* const inner = inner_steps(step);
    const Step* const found = inner ? step_at(*inner, pointer) : nullptr;
    if (found) return found;
  }
  return nullptr;
}

std::optional<step::Send> source_of(const Step* step) {
  if (!step) return std::nullopt;
  if (const auto* send = std::get_if<step::Send>(&step->action)) return *send;
  if (const auto* exchange = std::get_if<step::Exchange>(&step->action)) {
    return step::Send{exchange->payload, exchange->split, exchange->barrier, std::nullopt, false};
  }
  return std::nullopt;
}

bool is_alive_step(const Step* step) {
  return step && std::holds_alternative<step::Alive>(step->action);
}

class Planner {
 public:
  Planner(const Scenario& scenario, const Script& script, const ScenarioResult& result,
          const Check& check)
      : scenario_(scenario), script_(script), check_(check), scale_(result.scale) {
    for (const Check& other : result.checks) {
      if (other.outcome == Outcome::Fail && &other != &check) also_failed_.insert(other.id);
    }
  }

  Plan run(const Cut& cut) {
    const std::vector<bool> beside = moves_beside(cut);
    for (std::size_t i = 0; i < cut.end; ++i) {
      if (beside[i] || !is_needed(i, cut)) continue;
      add(script_.moves[i], i == cut.failed);
    }
    if (check_.observed.id == "seen.unasked") watch_for_more(cut);
    return fold(join_turns(std::move(plan_)));
  }

 private:
  void add(const Move& move, bool failed) {
    const Step* const step = step_at(scenario_.steps, move.pointer);
    Deed deed;
    deed.move = move;
    deed.failed = failed;
    deed.lenient = !failed && also_failed_.contains(move.check);
    if (std::holds_alternative<move::Send>(move.what)) deed.source = source_of(step);
    deed.rounds = {move};
    if (!is_alive_step(step)) return plan_.push_back(std::move(deed));
    const bool begins = std::holds_alternative<move::Connect>(move.what);
    if (begins || plan_.empty() || plan_.back().kind != Deed::Kind::Probe) {
      Deed probe;
      probe.kind = Deed::Kind::Probe;
      plan_.push_back(std::move(probe));
    }
    plan_.back().failed |= failed;
    deed.failed = false;
    plan_.back().body.push_back(std::move(deed));
  }

  // Bytes that nobody asked for may come a little later than the reply.
  void watch_for_more(const Cut& cut) {
    const Move& failed = script_.moves[cut.failed];
    const bool waits = std::holds_alternative<move::Quiet>(failed.what) ||
                       std::holds_alternative<move::AwaitEnd>(failed.what);
    const std::optional<std::size_t> peer = the_peer(cut);
    const bool here =
        peer && std::find(failed.peers.begin(), failed.peers.end(), *peer) != failed.peers.end();
    if (!peer || (waits && here) || is_over(*peer, cut)) return;
    Deed quiet;
    quiet.move.peers = {*peer};
    quiet.move.within = std::chrono::duration_cast<Duration>(kMoment * scale_);
    quiet.move.what = move::Quiet{};
    if (is_half_closed(*peer, cut)) quiet.move.what = move::AwaitEnd{};
    plan_.push_back(std::move(quiet));
  }

  // The peer at which the check failed: the latest of that name.
  std::optional<std::size_t> the_peer(const Cut& cut) const {
    for (std::size_t i = cut.failed + 1; i-- > 0;) {
      for (const std::size_t peer : script_.moves[i].peers) {
        if (script_.peers[peer].name == check_.peer) return peer;
      }
    }
    return std::nullopt;
  }

  bool is_half_closed(std::size_t peer, const Cut& cut) const {
    for (std::size_t i = 0; i < cut.end; ++i) {
      const Move& move = script_.moves[i];
      if (std::holds_alternative<move::HalfClose>(move.what) && move.peers.front() == peer)
        return true;
    }
    return false;
  }

  bool is_over(std::size_t peer, const Cut& cut) const {
    for (std::size_t i = 0; i < cut.end; ++i) {
      const Move& move = script_.moves[i];
      const bool ends = std::holds_alternative<move::Close>(move.what) ||
                        std::holds_alternative<move::Reset>(move.what);
      if (ends && std::find(move.peers.begin(), move.peers.end(), peer) != move.peers.end())
        return true;
    }
    return false;
  }

  // What another stopwatch took the time of, with clients of its own.
  std::vector<bool> moves_beside(const Cut& cut) const {
    std::vector<bool> beside(script_.moves.size(), false);
    const auto* median = std::get_if<move::Median>(&script_.moves[cut.failed].what);
    if (!median || !median->what.than.empty()) return beside;
    std::set<std::size_t> shared;  // clients that act elsewhere, too
    std::string running;
    for (std::size_t i = 0; i < cut.end; ++i) {
      const Move& move = script_.moves[i];
      if (const auto* watch = std::get_if<move::StartWatch>(&move.what)) running = watch->name;
      beside[i] = !running.empty() && running != median->what.of;
      if (!beside[i]) shared.insert(move.peers.begin(), move.peers.end());
      if (std::holds_alternative<move::StopWatch>(move.what)) running.clear();
    }
    for (std::size_t i = 0; i < cut.end; ++i) {
      for (const std::size_t peer : script_.moves[i].peers)
        beside[i] = beside[i] && !shared.contains(peer);
    }
    return beside;
  }

  // Figures and stopwatches that passed show nothing.
  bool is_needed(std::size_t index, const Cut& cut) const {
    const Move& move = script_.moves[index];
    if (std::holds_alternative<move::Pause>(move.what) ||
        std::holds_alternative<move::Resume>(move.what))
      return false;  // a snippet reads only where it says so
    if (std::holds_alternative<move::Median>(move.what)) return index == cut.failed;
    if (const auto* sample = std::get_if<move::Sample>(&move.what)) {
      const auto* failed = std::get_if<move::Sample>(&script_.moves[cut.failed].what);
      const bool base = failed && !sample->what.as.empty() && sample->what.as == failed->what.above;
      return index == cut.failed || base;
    }
    if (const auto* watch = std::get_if<move::StartWatch>(&move.what))
      return is_watched(watch->name, cut);
    if (const auto* watch = std::get_if<move::StopWatch>(&move.what))
      return is_watched(watch->name, cut);
    return true;
  }

  bool is_watched(const std::string& name, const Cut& cut) const {
    const auto* median = std::get_if<move::Median>(&script_.moves[cut.failed].what);
    return median && (median->what.of == name || median->what.than == name);
  }

  const Scenario& scenario_;
  const Script& script_;
  const Check& check_;
  double scale_;
  std::set<std::string> also_failed_;
  Plan plan_;
};

}  // namespace

const Check* check_to_show(const ScenarioResult& result) {
  const auto find = [&](auto matches) -> const Check* {
    const auto found = std::find_if(result.checks.begin(), result.checks.end(), matches);
    return found == result.checks.end() ? nullptr : &*found;
  };
  const auto failed_must = [](const Check& check) {
    return check.outcome == Outcome::Fail && check.level == Level::Must;
  };
  const auto failed = [](const Check& check) { return check.outcome == Outcome::Fail; };
  const auto warned = [](const Check& check) { return check.outcome == Outcome::Warn; };
  if (const Check* check = find(failed_must)) return check;
  if (const Check* check = find(failed)) return check;
  return find(warned);
}

Plan plan_snippet(const Scenario& scenario, const Script& script, const ScenarioResult& result,
                  const Check& check) {
  const std::optional<Cut> cut = cut_after_failure(scenario, script, result, check);
  if (!cut) return {};
  return Planner(scenario, script, result, check).run(*cut);
}

Plan plan_probe(const Script& script) {
  Scenario scenario;
  Step alive;
  alive.action = step::Alive{};
  scenario.steps = {alive};
  const Result<Script> bound = bind(scenario, script.profile, Environment{}, 0);
  if (!bound) return {};
  Deed probe;
  probe.kind = Deed::Kind::Probe;
  for (const Move& move : bound->moves) {
    Deed deed;
    deed.move = move;
    for (std::size_t& peer : deed.move.peers) peer += script.peers.size();  // nobody else's
    deed.rounds = {deed.move};
    probe.body.push_back(std::move(deed));
  }
  return {probe};
}

}  // namespace sockspec::reports
