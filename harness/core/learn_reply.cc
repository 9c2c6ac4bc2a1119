// What comes back for what was sent, and who speaks first.
#include <algorithm>
#include <set>

#include "core/chargen.h"
#include "core/date_text.h"
#include "core/excerpt.h"
#include "core/learner.h"
#include "core/names.h"
#include "core/unicode_uppercase.h"

namespace sockspec {
namespace {

namespace probes = learn_probes;

constexpr std::size_t kVisits = 3;
constexpr std::size_t kQuoteLimit = 512;  // RFC 865

bool is_pattern(std::string_view bytes) {
  const std::optional<std::size_t> start =
      bytes.empty() ? std::nullopt : chargen::start_of(bytes[0]);
  if (!start || bytes.size() < probes::kPatternSize / 4) return false;
  return bytes == chargen::excerpt(*start, 0, bytes.size());
}

}  // namespace

// What a server of the reply and framing learnt so far would answer.
std::string Learner::expected(std::string_view sent) {
  if (transform() != Transform::Text) return mapped(mapping_, sent);
  const auto lines = std::count(sent.begin(), sent.end(), '\n');
  if (profile().framing != Framing::Line) return profile().reply.text;
  std::string texts;
  for (auto i = lines; i > 0; --i) texts += profile().reply.text;
  return texts;
}

// A server that speaks first.
bool Learner::greeting(const Observation& first) {
  const Seen& seen = first.seen[0];
  profile().speaks_first = true;
  note("speaks_first", "true", {"learn.greeting", {{"text", quoted(seen.bytes)}}});
  const auto own_words = [&](Framing framing, Ending ending, Message ends) {
    profile().framing = framing;
    profile().ending = ending;
    note("framing", name_of(framing), {"learn.framing-unasked"});
    note("ends", name_of(ending), std::move(ends));
    note("encoding", "binary", {"learn.encoding-unasked"});
    return true;
  };
  if (is_pattern(seen.bytes)) {
    profile().reply.transform = Transform::Chargen;
    note("reply", "chargen", {"learn.reply-chargen"});
    return own_words(Framing::Stream, Ending::Client, {"learn.ends-endless"});
  }
  if (!left(seen)) {
    if (seen.bytes.size() >= probes::kPatternSize)
      return give_up({"learn.problem-endless", {{"text", quoted(seen.bytes)}}});
    for (std::size_t act = 1; act < 3; ++act) {
      if (!first.seen[act].bytes.empty()) {
        return give_up({"learn.problem-greets-and-answers",
                        {{"text", quoted(seen.bytes)},
                         {"sent", quoted(first.probe.acts[act].bytes)},
                         {"got", quoted(first.seen[act].bytes)}}});
      }
    }
    if (!is_utf8(seen.bytes))
      return give_up({"learn.problem-not-text", {{"got", quoted(seen.bytes)}}});
    profile().reply.transform = Transform::Text;
    profile().reply.text = seen.bytes;
    note("reply", "text", {"learn.reply-greeting", {{"text", quoted(seen.bytes)}}});
    return own_words(Framing::Stream, Ending::Client, {"learn.ends-open"});
  }
  std::set<std::string> texts = {seen.bytes};
  std::size_t longest = seen.bytes.size();
  for (std::size_t visit = 2; visit <= kVisits; ++visit) {
    const Observation* const again = play(probes::visit("visit-" + in_digits(visit)));
    if (!again) return false;
    texts.insert(again->seen[0].bytes);
    longest = std::max(longest, again->seen[0].bytes.size());
  }
  if (std::all_of(texts.begin(), texts.end(), is_date_text)) {
    profile().reply.transform = Transform::Date;
    note("reply", "date", {"learn.reply-date", {{"text", quoted(seen.bytes)}}});
  } else {
    // Also where it was the same each time: a contract for a quote leaves the words open.
    profile().reply.transform = Transform::AnyText;
    profile().reply.at_most = longest <= kQuoteLimit ? kQuoteLimit : 0;
    note("reply", "any-text",
         {texts.size() == 1 ? "learn.reply-same-text" : "learn.reply-texts",
          {{"bytes", in_digits(longest)}, {"visits", in_digits(kVisits)}}});
  }
  return own_words(Framing::FirstRead, Ending::AfterReply, {"learn.ends-after-text"});
}

bool Learner::reply(const Observation& first) {
  const Answer answer = answer_to(first);
  if (answer.when == Answer::When::Never) return no_reply(first);
  if (is_udp() && first.seen[1].datagrams > 1) {
    return give_up(
        {"learn.problem-datagrams",
         {{"sent", quoted(answer.sent)}, {"count", in_digits(first.seen[1].datagrams)}}});
  }
  const std::optional<Resemblance> like = resemblance(answer.sent, answer.bytes);
  if (!like || !like->exact()) return unlike(first, answer, like);
  const bool stays = !is_udp() && !closed_by_itself(first);
  if (answer.when == Answer::When::AtOnce && stays && first.seen[2].bytes != "\n") {
    return give_up(
        {first.seen[2].bytes.empty() ? "learn.problem-newline" : "learn.problem-nonsense",
         {{"sent", quoted("\n")}, {"got", quoted(first.seen[2].bytes)}}});
  }
  mapping_ = like->mapping;
  Message seen{"learn.reply-same", {{"sent", quoted(answer.sent)}, {"got", quoted(answer.bytes)}}};
  if (mapping_ == LetterMapping::Unchanged) {
    profile().reply.transform = Transform::Identity;
  } else {
    profile().reply.transform = Transform::Uppercase;
    profile().reply.letter_case = LetterCase::Either;
    const bool ascii = mapping_ == LetterMapping::AsciiUpper;
    seen.id = ascii ? "learn.reply-ascii" : "learn.reply-unicode";
  }
  note("reply", name_of(transform()), std::move(seen));
  return true;
}

// The reply is not just what was sent: a fixed text, or nothing that a profile can say.
bool Learner::unlike(const Observation& first, const Answer& answer,
                     const std::optional<Resemblance>& like) {
  const Observation* const second = play(probes::message("second", probes::kPlain, transport()));
  if (!second) return false;
  const Answer other = answer_to(*second);
  const std::vector<std::pair<std::string, std::string>> both = {{"sent", quoted(answer.sent)},
                                                                 {"got", quoted(answer.bytes)}};
  if (other.bytes == answer.bytes) {
    const bool again = !is_udp() && answer.when == Answer::When::AtOnce &&
                       !closed_by_itself(first) && !first.seen[2].bytes.empty();
    if (again) return give_up({"learn.problem-answers-each", {{"got", quoted(answer.bytes)}}});
    if (!is_utf8(answer.bytes)) return give_up({"learn.problem-not-text", {both[1]}});
    profile().reply.transform = Transform::Text;
    profile().reply.text = answer.bytes;
    note("reply", "text",
         {"learn.reply-text",
          {both[0], {"other", quoted(other.sent)}, {"text", quoted(answer.bytes)}}});
    return true;
  }
  const std::optional<Resemblance> plain = resemblance(other.sent, other.bytes);
  if (!like && plain && plain->exact()) return give_up({"learn.problem-lossy", both});
  const bool same = like && plain && like->before == plain->before && like->after == plain->after &&
                    like->newline_lost == plain->newline_lost;
  if (!same) return give_up({"learn.problem-nonsense", both});
  if (like->newline_lost && like->before.empty() && like->after.empty())
    return give_up({"learn.problem-newline-cut", both});
  std::string id = "learn.problem-prefix";
  if (like->before.empty()) id = "learn.problem-suffix";
  if (!like->before.empty() && !like->after.empty()) id = "learn.problem-around";
  Message problem{id, both};
  if (!like->before.empty()) problem.params.emplace_back("prefix", quoted(like->before));
  if (!like->after.empty()) problem.params.emplace_back("suffix", quoted(like->after));
  return give_up(std::move(problem));
}

bool Learner::no_reply(const Observation& first) {
  const Message nothing{"learn.reply-none", {{"sent", quoted(probes::kHello)}}};
  if (is_udp()) {
    const Observation* const second = play(probes::message("second", probes::kPlain, transport()));
    if (!second) return false;
    if (!second->seen[1].bytes.empty()) {
      return give_up({"learn.problem-nonsense",
                      {{"sent", quoted(probes::kPlain)}, {"got", quoted(second->seen[1].bytes)}}});
    }
  } else if (const Seen* const closed = closed_by_itself(first)) {
    const bool reset = closed->standing != Standing::Ended;
    return give_up({reset ? "learn.problem-reset" : "learn.problem-closed", nothing.params});
  } else if (first.seen[3].standing != Standing::Ended) {
    return give_up({"learn.problem-silent",
                    {{"sent", quoted(probes::kHello)}, {"within", in_ms(first.seen[3].listened)}}});
  }
  profile().reply.transform = Transform::None;
  note("reply", "none", nothing);
  return true;
}

}  // namespace sockspec
