#include "scenario/parse_step.h"

#include <algorithm>

#include "scenario/parse_payload.h"

namespace sockspec::scenario {
namespace {

constexpr int kDeepest = 4;  // loops inside loops
constexpr std::int64_t kMostRounds = 10'000;
constexpr std::int64_t kMostPeers = 2'000;

using Fields = std::vector<std::string>;

// Fields that every step may have.
const Fields kCommon = {"peer", "check", "axis", "level", "when", "in_turn", "order", "note"};

// Which addresses there are is for others to know; here only a name is told from an address.
std::string read_other_address(const Reader& in) {
  const std::string text = in.text();
  const bool numbers = text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string::npos &&
                       text.find_first_of(".:") != std::string::npos;
  if (!numbers && in.json().is_string())
    in.error("\"" + text + "\" is not an address; write its numbers, such as \"127.0.0.2\"");
  return text;
}

step::Connect read_connect(const Reader& step) {
  const Reader in = step.at("connect");
  in.only({"send_buffer", "receive_buffer", "paused", "connected", "unjudged", "to"});
  step::Connect connect;
  if (in.has("send_buffer")) connect.send_buffer = read_bytes(in.at("send_buffer"));
  if (in.has("receive_buffer")) connect.receive_buffer = read_bytes(in.at("receive_buffer"));
  if (in.has("paused")) connect.paused = in.at("paused").flag();
  if (in.has("connected")) connect.connected = in.at("connected").flag();
  if (in.has("unjudged")) connect.unjudged = in.at("unjudged").flag();
  if (in.has("to")) connect.to = read_other_address(in.at("to"));
  if (step.has("count"))
    connect.count = static_cast<std::size_t>(step.at("count").number(1, kMostPeers));
  return connect;
}

step::Send read_send(const Reader& step) {
  step::Send send;
  send.payload = read_payload(step.at("send"));
  if (step.has("split")) send.split = read_split(step.at("split"));
  if (step.has("barrier")) send.barrier = step.at("barrier").named<Barrier>();
  if (step.has("stalled_after")) send.stalled_after = read_duration(step.at("stalled_after"));
  if (step.has("rest")) {
    const std::string rest = step.at("rest").text();
    send.keep_rest = rest == "keep";
    if (rest != "keep" && rest != "drop")
      step.at("rest").error("\"" + rest + "\" is not known here (one of: drop, keep)");
    if (!send.stalled_after) step.at("rest").error("goes only with \"stalled_after\"");
  }
  return send;
}

step::Exchange read_exchange(const Reader& step) {
  step::Exchange exchange;
  exchange.payload = read_payload(step.at("exchange"));
  if (step.has("split")) exchange.split = read_split(step.at("split"));
  if (step.has("barrier")) exchange.barrier = step.at("barrier").named<Barrier>();
  return exchange;
}

decltype(Step::action) read_expect(const Reader& step) {
  const Reader in = step.at("expect");
  if (!in.json().is_string()) {
    if (in.has("reply_bytes")) {
      in.only({"reply_bytes"});
      step::ExpectReply reply;
      reply.bytes = read_size(in.at("reply_bytes"));
      return reply;
    }
    return step::ExpectBytes{read_payload(in)};
  }
  const std::string what = in.text();
  if (what == "reply") return step::ExpectReply{};
  if (what == "reply-from-same-source") return step::ExpectReply{std::nullopt, true};
  if (what == "end") return step::ExpectEnd{};
  if (what == "end-by-fin") return step::ExpectEnd{true, false};
  if (what == "end-or-reset") return step::ExpectEnd{false, true};
  const Fields known = {"reply", "reply-from-same-source", "end", "end-by-fin", "end-or-reset"};
  in.error("\"" + what + "\" cannot be expected" + did_you_mean(what, known) +
           " (one of: reply, reply-from-same-source, end, end-by-fin, end-or-reset, or a payload)");
  return step::ExpectReply{};
}

step::Loop read_repeat(const Reader& step, int depth) {
  step::Loop loop;
  const auto rounds = step.at("repeat").number(1, kMostRounds);
  for (std::int64_t i = 1; i <= rounds; ++i) loop.over.push_back(static_cast<std::uint64_t>(i));
  if (step.has("enough_after")) loop.enough = read_duration(step.at("enough_after"));
  loop.body = read_steps(step.at("steps"), depth + 1);
  return loop;
}

step::Loop read_for_each(const Reader& step, int depth) {
  step::Loop loop;
  const Reader in = step.at("for_each");
  if (!in.json().is_object() || in.json().size() != 1) {
    in.error("write one variable with its values: { \"size\": [1, 2, 255] }");
    return loop;
  }
  loop.variable = in.json().begin().key();
  for (const Reader& value : in.at(loop.variable).items()) {
    loop.over.push_back(static_cast<std::uint64_t>(value.number(0, 1LL << 30)));
  }
  loop.body = read_steps(step.at("steps"), depth + 1);
  return loop;
}

template <class T>
decltype(Step::action) read_plain(const Reader& step, std::string_view verb) {
  step.at(verb).only({});
  return T{};
}

step::Sample read_sample(const Reader& step) {
  step::Sample sample;
  sample.resource = step.at("sample").named<Resource>();
  if (step.has("as")) sample.as = step.at("as").text();
  if (step.has("above")) sample.above = step.at("above").text();
  if (step.has("over")) sample.over = read_duration(step.at("over"));
  const bool cpu = sample.resource == Resource::Cpu;
  if (cpu != step.has("over"))
    step.at("sample").error(cpu ? "needs \"over\": how long to measure, such as \"500ms\""
                                : "takes no \"over\": only cpu is measured over a time");
  if (step.has("at_most"))
    sample.at_most = cpu ? read_percent(step.at("at_most")) : read_bytes(step.at("at_most"));
  if (sample.as.empty() == !sample.at_most)
    step.error("needs either \"as\", to keep the sample, or \"at_most\", to judge it");
  if (!sample.above.empty() && !sample.at_most)
    step.at("above").error("goes only with \"at_most\"");
  if (cpu && step.has("within") && read_duration(step.at("within")) <= sample.over)
    step.at("within").error("must be longer than \"over\", the time of one measurement");
  return sample;
}

step::Median read_median(const Reader& step) {
  step::Median median;
  median.of = step.at("median").text();
  const Reader limit = step.at("at_most");
  if (!limit.json().is_object()) {
    median.at_most = read_duration(limit);
    return median;
  }
  limit.only({"times", "than", "plus"});
  median.times = static_cast<double>(limit.at("times").number(1, 1000));
  median.than = limit.at("than").text();
  if (limit.has("plus")) median.allowance = read_duration(limit.at("plus"));
  return median;
}

step::Stopwatch read_stopwatch(const Reader& step, int depth) {
  return {step.at("stopwatch").text(), read_steps(step.at("steps"), depth + 1)};
}

step::Urgent read_urgent(const Reader& step) {
  const std::string text = step.at("urgent").text();
  if (text.size() != 1 && step.at("urgent").json().is_string())
    step.at("urgent").error("write one byte, such as \"!\"");
  return {text.empty() ? '!' : text[0]};
}

struct Verb {
  std::string name;
  Fields fields;  // besides the common ones
};

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> all = {
      {"connect", {"count", "within"}},
      {"send", {"split", "barrier", "stalled_after", "rest", "within"}},
      {"exchange", {"split", "barrier", "within"}},
      {"expect", {"within"}},
      {"quiet", {}},
      {"hold", {}},
      {"half_close", {}},
      {"reset", {}},
      {"close", {}},
      {"pause", {}},
      {"resume", {}},
      {"alive", {"within"}},
      {"urgent", {}},
      {"sample", {"as", "at_most", "above", "over", "within"}},
      {"server", {"within"}},
      {"expect_exit", {"within"}},
      {"stopwatch", {"steps"}},
      {"median", {"at_most"}},
      {"repeat", {"steps", "enough_after"}},
      {"for_each", {"steps"}},
  };
  return all;
}

const Verb* find_verb(const Reader& in) {
  const Verb* found = nullptr;
  for (const Verb& verb : verbs()) {
    if (!in.has(verb.name)) continue;
    if (found)
      in.error("has two verbs, \"" + found->name + "\" and \"" + verb.name + "\"; write two steps");
    found = &verb;
  }
  if (found) return found;
  Fields names;
  std::string all;
  for (const Verb& verb : verbs()) {
    names.push_back(verb.name);
    all += (all.empty() ? "" : ", ") + verb.name;
  }
  std::string guess;
  for (const auto& [key, unused] : in.json().items()) {
    const bool common = std::find(kCommon.begin(), kCommon.end(), key) != kCommon.end();
    if (guess.empty() && !common)
      guess = "\"" + key + "\" is not a step" + did_you_mean(key, names);
  }
  in.error((guess.empty() ? "has no verb" : guess) + " (one of: " + all + ")");
  return nullptr;
}

decltype(Step::action) read_action(const Reader& in, const std::string& verb, int depth) {
  if (verb == "connect") return read_connect(in);
  if (verb == "send") return read_send(in);
  if (verb == "exchange") return read_exchange(in);
  if (verb == "expect") return read_expect(in);
  if (verb == "quiet") return step::Quiet{read_duration(in.at("quiet"))};
  if (verb == "hold") return step::Hold{read_duration(in.at("hold"))};
  if (verb == "half_close") return read_plain<step::HalfClose>(in, verb);
  if (verb == "reset") return read_plain<step::Reset>(in, verb);
  if (verb == "close") return read_plain<step::Close>(in, verb);
  if (verb == "pause") return read_plain<step::Pause>(in, verb);
  if (verb == "resume") return read_plain<step::Resume>(in, verb);
  if (verb == "alive") return read_plain<step::Alive>(in, verb);
  if (verb == "urgent") return read_urgent(in);
  if (verb == "sample") return read_sample(in);
  if (verb == "server") return step::Server{in.at("server").named<ServerAct>()};
  if (verb == "expect_exit") return read_plain<step::ExpectExit>(in, verb);
  if (verb == "stopwatch") return read_stopwatch(in, depth);
  if (verb == "median") return read_median(in);
  if (verb == "repeat") return read_repeat(in, depth);
  return read_for_each(in, depth);
}

void read_common(const Reader& in, Step& step) {
  if (in.has("peer")) step.peer = in.at("peer").text();
  if (step.peer == "alive")
    in.at("peer").error("\"alive\" is the peer of the step alive; choose another name");
  if (in.has("check")) step.check = in.at("check").text();
  if (in.has("axis")) step.axis = in.at("axis").named<Axis>();
  if (in.has("level")) step.level = in.at("level").named<Level>();
  if (in.has("within")) step.within = read_duration(in.at("within"));
  if (in.has("when")) step.when = read_requirement(in.at("when"));
  if (in.has("in_turn")) step.in_turn = in.at("in_turn").flag();
  if (in.has("order")) {
    const std::string order = in.at("order").text();
    step.reverse = order == "reverse";
    if (order != "reverse")
      in.at("order").error("\"" + order + "\" is not known here (only: reverse)");
  }
}

Step read_step(const Reader& in, int depth) {
  Step step;
  step.pointer = in.pointer();
  if (!in.json().is_object()) {
    in.only({});
    return step;
  }
  const Verb* verb = find_verb(in);
  if (!verb) return step;
  Fields allowed = kCommon;
  allowed.push_back(verb->name);
  allowed.insert(allowed.end(), verb->fields.begin(), verb->fields.end());
  in.only(allowed);
  read_common(in, step);
  static const Fields kWithoutPeer = {"alive",  "repeat",      "for_each",  "sample",
                                      "server", "expect_exit", "stopwatch", "median"};
  const bool without_peer =
      std::find(kWithoutPeer.begin(), kWithoutPeer.end(), verb->name) != kWithoutPeer.end();
  if (step.peer.empty() != without_peer) {
    in.error(without_peer
                 ? "\"" + verb->name + "\" takes no \"peer\""
                 : "the field \"peer\" is missing; write which peer does it, such as \"a\"");
  }
  step.action = read_action(in, verb->name, depth);
  return step;
}

}  // namespace

Requirement read_requirement(const Reader& in) {
  in.only({"transport", "framing", "ends", "transform", "case", "encoding", "concurrency",
           "speaks_first", "max_message"});
  Requirement need;
  if (in.has("transport")) need.transport = in.at("transport").named_list<Transport>();
  if (in.has("framing")) need.framing = in.at("framing").named_list<Framing>();
  if (in.has("ends")) need.ending = in.at("ends").named_list<Ending>();
  if (in.has("transform")) need.transform = in.at("transform").named_list<Transform>();
  if (in.has("case")) need.letter_case = in.at("case").named_list<LetterCase>();
  if (in.has("encoding")) need.encoding = in.at("encoding").named_list<Encoding>();
  if (in.has("concurrency")) need.concurrency = in.at("concurrency").named_list<Concurrency>();
  if (in.has("speaks_first")) need.speaks_first = in.at("speaks_first").flag();
  if (in.has("max_message")) need.max_message = in.at("max_message").flag();
  return need;
}

std::vector<Step> read_steps(const Reader& in, int depth) {
  std::vector<Step> steps;
  if (depth > kDeepest) {
    in.error("loops are nested too deeply; at most 4");
    return steps;
  }
  for (const Reader& item : in.items()) steps.push_back(read_step(item, depth));
  if (steps.empty() && depth > 0) in.error("is empty; write the steps that belong here");
  return steps;
}

}  // namespace sockspec::scenario
