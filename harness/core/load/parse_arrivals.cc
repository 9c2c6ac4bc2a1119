#include <array>
#include <cmath>
#include <string>

#include "core/load/arrivals.h"
#include "core/load/figures.h"
#include "core/nearest.h"

namespace sockspec {

template <>
std::span<const Named<load::Law>> names<load::Law>() {
  using load::Law;
  static constexpr Named<Law> kTable[] = {{"constant", Law::Constant}, {"poisson", Law::Poisson},
                                          {"ramp", Law::Ramp},         {"steps", Law::Steps},
                                          {"burst", Law::Burst},       {"sine", Law::Sine}};
  return kTable;
}

}  // namespace sockspec

namespace sockspec::load {
namespace {

enum class Form { One, Range, List };

Form form_of(std::string_view rate) {
  if (rate.find(',') != std::string_view::npos) return Form::List;
  return rate.find("..") == std::string_view::npos ? Form::One : Form::Range;
}

Form form_for(Law law) {
  switch (law) {
    case Law::Constant:
    case Law::Poisson:
    case Law::Burst: return Form::One;
    case Law::Ramp:
    case Law::Sine: return Form::Range;
    case Law::Steps: return Form::List;
  }
  return Form::One;
}

Law law_implied_by(Form form) {
  switch (form) {
    case Form::One: return Law::Constant;
    case Form::Range: return Law::Ramp;
    case Form::List: return Law::Steps;
  }
  return Law::Constant;
}

std::string_view example_of(Form form) {
  switch (form) {
    case Form::One: return "takes one rate; write 10k";
    case Form::Range: return "takes two rates; write 1k..10k";
    case Form::List: return "takes a list of rates; write 1k,2k,5k";
  }
  return {};
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

Error wrong(std::string_view option, std::string_view value, const std::string& why) {
  return usage_error("--" + std::string(option) + " " + quoted(value) + ": " + why);
}

Result<Law> parse_law(std::string_view text) {
  if (const auto law = value_of<Law>(text)) return *law;
  std::vector<std::string> known;
  std::string list;
  for (const Named<Law>& entry : names<Law>()) {
    known.emplace_back(entry.name);
    list += (list.empty() ? "" : ", ") + std::string(entry.name);
  }
  return wrong("arrivals", text,
               "there is no such law" + did_you_mean(text, known) + " (" + list + ")");
}

std::vector<std::string_view> parts_of(std::string_view rate, Form form) {
  const std::string_view separator = form == Form::Range ? ".." : ",";
  std::vector<std::string_view> parts;
  for (std::size_t at = rate.find(separator); at != std::string_view::npos;
       at = rate.find(separator)) {
    parts.push_back(rate.substr(0, at));
    rate.remove_prefix(at + separator.size());
  }
  parts.push_back(rate);
  return parts;
}

Result<std::vector<double>> parse_rates(std::string_view text, Law law) {
  const Form form = form_of(text);
  const std::vector<std::string_view> parts = parts_of(text, form);
  std::vector<double> rates;
  for (const std::string_view part : parts) {
    const std::string which = parts.size() == 1 ? std::string() : quoted(part) + " is ";
    const std::optional<double> rate = parse_figure(part);
    if (!rate) {
      return wrong("rate", text,
                   which + "not a number of requests per second; write 500, 10k or 1.5M");
    }
    if (!(*rate >= kLeastRate && *rate <= kMostRate)) {
      return wrong("rate", text,
                   which + "out of range; a rate is " + figure_text(kLeastRate) + " to " +
                       figure_text(kMostRate) + " requests per second");
    }
    rates.push_back(*rate);
  }
  if (form != form_for(law) || (form == Form::Range && rates.size() != 2)) {
    return wrong(
        "rate", text,
        "--arrivals " + std::string(name_of(law)) + " " + std::string(example_of(form_for(law))));
  }
  if (law == Law::Sine && rates[0] > rates[1]) {
    return wrong("rate", text,
                 "--arrivals sine takes the lower rate first; write " + std::string(parts[1]) +
                     ".." + std::string(parts[0]));
  }
  return rates;
}

Result<std::uint64_t> parse_burst(std::optional<std::string_view> text, Law law) {
  if (law != Law::Burst) {
    if (!text) return std::uint64_t{1};
    return wrong("burst", *text,
                 "--arrivals " + std::string(name_of(law)) +
                     " has no bursts; leave --burst out or write --arrivals burst");
  }
  if (!text) {
    return wrong("arrivals", "burst",
                 "it is not said how many requests come at once; add --burst 100");
  }
  const std::optional<double> burst = parse_figure(*text);
  if (!burst || !(*burst >= 1 && *burst <= static_cast<double>(kMostBurst)) ||
      std::floor(*burst) != *burst) {
    return wrong("burst", *text,
                 "write a whole number from 1 to " + figure_text(static_cast<double>(kMostBurst)));
  }
  return static_cast<std::uint64_t>(*burst);
}

Result<Duration> check_period(std::optional<Duration> period, Law law) {
  if (law != Law::Sine) {
    if (!period) return Duration::zero();
    return usage_error("--period: --arrivals " + std::string(name_of(law)) +
                       " has no period; leave --period out or write --arrivals sine");
  }
  if (!period) return wrong("arrivals", "sine", "its period is not given; add --period 10s");
  if (*period < kLeastPeriod) {
    static_assert(kLeastPeriod == std::chrono::milliseconds(1));
    return usage_error("--period: too short; write at least 1ms");
  }
  return *period;
}

}  // namespace

std::string rate_text(const Arrivals& arrivals) {
  const char* const between = form_for(arrivals.law) == Form::Range ? ".." : ",";
  std::string text;
  for (const double rate : arrivals.rates) {
    if (!text.empty()) text += between;
    text += figure_text(rate);
  }
  return text;
}

Result<Arrivals> parse_arrivals(std::string_view rate, std::string_view law, Duration duration,
                                std::optional<std::string_view> burst,
                                std::optional<Duration> period) {
  const Result<Law> known = law.empty() ? law_implied_by(form_of(rate)) : parse_law(law);
  if (!known) return known.error();
  const Result<std::vector<double>> rates = parse_rates(rate, *known);
  if (!rates) return rates.error();
  if (duration <= Duration::zero()) {
    return usage_error("--duration: a run takes longer than no time; write 10s or 500ms");
  }
  const Result<std::uint64_t> at_once = parse_burst(burst, *known);
  if (!at_once) return at_once.error();
  const Result<Duration> checked = check_period(period, *known);
  if (!checked) return checked.error();
  return Arrivals{*known, *rates, duration, *at_once, *checked};
}

}  // namespace sockspec::load
