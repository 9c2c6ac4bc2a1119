#include "core/learn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>

#include "core/chargen.h"
#include "core/learn_report.h"
#include "core/names.h"
#include "core/profile_difference.h"
#include "core/resemblance.h"

namespace sockspec {
namespace {

// A server as a few facts, and what a probe sees of it.
struct Fake {
  // One session's answer to bytes; it may keep some in `held`, and close.
  using Answer = std::function<std::string(std::string_view bytes, std::string& held, bool& close)>;

  Transport transport = Transport::Tcp;
  std::string banner = {};
  bool closes_after_banner = false;
  Answer answer = [](std::string_view, std::string&, bool&) { return std::string(); };
  std::string last_words = {};  // at the client's end
  bool closes_at_end = true;
  bool one_at_a_time = false;
  std::string dies_of = {};  // a probe's id

  Observation seen_by(const Probe& probe) const {
    struct Session {
      bool open = false;
      bool greeted = false;
      std::string unread, held, owed;
      bool ended = false;  // by the client
      Standing standing = Standing::Open;
    };
    std::map<std::size_t, Session> sessions;
    const auto serve = [&](Session& session) {
      if (session.standing != Standing::Open) return;
      bool close = closes_after_banner && !banner.empty();
      if (!std::exchange(session.greeted, true)) session.owed += banner;
      if (!session.unread.empty())
        session.owed += answer(std::exchange(session.unread, {}), session.held, close);
      if (session.ended && !close) session.owed += last_words;
      if (close || (session.ended && closes_at_end)) session.standing = Standing::Ended;
    };
    Observation observation{probe, {}};
    for (const Act& act : probe.acts) {
      Session& session = sessions[act.client];
      Seen seen;
      seen.done = act.kind == Act::Kind::Connect || session.standing == Standing::Open;
      if (seen.done) {
        switch (act.kind) {
          case Act::Kind::Connect: session.open = true; break;
          case Act::Kind::Send: session.unread += act.bytes; break;
          case Act::Kind::HalfClose: session.ended = true; break;
          case Act::Kind::Listen: break;
          case Act::Kind::Close: session.open = false; break;
        }
        for (auto& [number, each] : sessions) {
          if (!each.open) continue;
          serve(each);
          if (one_at_a_time && each.standing == Standing::Open) break;
        }
      }
      seen.bytes = std::exchange(session.owed, {});
      seen.datagrams = seen.bytes.empty() ? 0 : 1;
      seen.standing = session.standing;
      observation.seen.push_back(seen);
    }
    if (probe.id == dies_of) observation.gone = Message{"exit.code", {{"code", "1"}}};
    return observation;
  }
};

Lesson lesson_of(const Fake& server) {
  std::vector<Observation> observations;
  for (int probes = 0; probes < 50; ++probes) {
    Lesson lesson = learn(server.transport, observations);
    if (!lesson.next) return lesson;
    observations.push_back(server.seen_by(*lesson.next));
  }
  ADD_FAILURE() << "there is always one more probe";
  return {};
}

Fake::Answer echo(LetterMapping mapping = LetterMapping::Unchanged, std::size_t most = 1 << 20) {
  return [=](std::string_view bytes, std::string&, bool&) {
    return mapped(mapping, bytes.substr(0, most));
  };
}

Fake::Answer once(const Fake::Answer& answer) {
  return [=](std::string_view bytes, std::string& held, bool& close) {
    close = true;
    return answer(bytes, held, close);
  };
}

Fake::Answer by_lines(const std::function<std::string(std::string_view line)>& answer) {
  return [=](std::string_view bytes, std::string& held, bool&) {
    held += bytes;
    std::string all;
    for (std::size_t end = held.find('\n'); end != std::string::npos; end = held.find('\n')) {
      all += answer(std::string_view(held).substr(0, end + 1));
      held.erase(0, end + 1);
    }
    return all;
  };
}

Fake::Answer says(const std::string& text) {
  return [=](std::string_view, std::string&, bool&) { return text; };
}

// "tcp identity stream client silent binary 0 concurrent"
std::string facts(const Lesson& lesson) {
  if (lesson.next) return "goes on with " + lesson.next->id;
  if (!lesson.problems.empty()) return lesson.problems.front().id;
  const Profile& profile = lesson.profile;
  const auto name = [](auto value) { return std::string(name_of(value)); };
  return name(profile.transport) + " " + name(profile.reply.transform) + " " +
         name(profile.framing) + " " +
         (profile.ending == Ending::Message ? profile.end_message : name(profile.ending)) + " " +
         (profile.speaks_first ? "first" : "asked") + " " + name(profile.encoding) + " " +
         std::to_string(profile.max_message) + " " + name(profile.concurrency);
}

struct Row {
  const char* name;
  Fake server;
  std::string facts;
};

TEST(LearnTest, AServerIsToldByWhatItDoes) {
  const auto ascii = LetterMapping::AsciiUpper;
  const auto same_line = [](std::string_view line) { return std::string(line); };
  const auto quit = [](std::string_view bytes, std::string&, bool& close) {
    close = bytes == "/end";
    return std::string(bytes);
  };
  const std::string pattern = chargen::excerpt(0, 0, 8192);
  const Row rows[] = {
      {"echo", {.answer = echo()}, "tcp identity stream client asked binary 0 concurrent"},
      {"one client at a time",
       {.answer = echo(), .one_at_a_time = true},
       "tcp identity stream client asked binary 0 sequential"},
      {"upper case",
       {.answer = echo(ascii)},
       "tcp uppercase stream client asked utf-8 0 concurrent"},
      {"upper case of all letters",
       {.answer = echo(LetterMapping::UnicodeUpper)},
       "tcp uppercase stream client asked utf-8 0 concurrent"},
      {"lines",
       {.answer = by_lines(same_line)},
       "tcp identity line client asked binary 0 concurrent"},
      {"once",
       {.answer = once(echo(ascii, 1024))},
       "tcp uppercase first-read after-reply asked utf-8 1024 sequential"},
      {"once, a buffer of odd size",
       {.answer = once(echo(ascii, 333))},
       "tcp uppercase first-read after-reply asked utf-8 333 sequential"},
      {"a text",
       {.answer = once(says("Hi!"))},
       "tcp text first-read after-reply asked binary 0 sequential"},
      {"a text for each line",
       {.answer = by_lines([](std::string_view) { return std::string("ok\n"); })},
       "tcp text line client asked binary 0 concurrent"},
      {"an end message", {.answer = quit}, "tcp identity stream /end asked binary 0 concurrent"},
      {"discard", {}, "tcp none stream client asked binary 0 concurrent"},
      {"daytime",
       {.banner = "Sat Nov 21 14:47:14 2026\r\n", .closes_after_banner = true},
       "tcp date first-read after-reply first binary 0 concurrent"},
      {"a quote",
       {.banner = "Well begun is half done.", .closes_after_banner = true},
       "tcp any-text first-read after-reply first binary 0 concurrent"},
      {"chargen", {.banner = pattern}, "tcp chargen stream client first binary 0 concurrent"},
      {"a greeting that stays",
       {.banner = "Welcome!"},
       "tcp text stream client first binary 0 concurrent"},
      {"datagrams",
       {.transport = Transport::Udp, .answer = echo()},
       "udp identity datagram client asked binary 65507 concurrent"},
      {"datagrams cut at 2048",
       {.transport = Transport::Udp, .answer = echo(ascii, 2048)},
       "udp uppercase datagram client asked utf-8 2048 concurrent"},
      {"a text for a datagram",
       {.transport = Transport::Udp, .answer = says("Hi!")},
       "udp text datagram client asked binary 0 concurrent"},
      {"datagrams swallowed",
       {.transport = Transport::Udp},
       "udp none datagram client asked binary 0 concurrent"},
  };
  for (const Row& row : rows) EXPECT_EQ(facts(lesson_of(row.server)), row.facts) << row.name;
}

TEST(LearnTest, WhatNoProfileSaysIsAProblemAndNoGuess) {
  const auto around = [](const std::string& before, const std::string& after) {
    return [=](std::string_view bytes, std::string&, bool&) {
      return before + std::string(bytes) + after;
    };
  };
  const auto trimmed = [](std::string_view bytes, std::string&, bool&) {
    return std::string(bytes == "\n" ? "" : bytes);
  };
  const auto backwards = [](std::string_view bytes, std::string&, bool&) {
    return std::string(bytes.rbegin(), bytes.rend());
  };
  const auto no_newline = [](std::string_view line) {
    return std::string(line.substr(0, line.size() - 1));
  };
  const Row rows[] = {
      {"prefix", {.answer = around("Echo: ", "")}, "learn.problem-prefix"},
      {"suffix", {.answer = around("", "!")}, "learn.problem-suffix"},
      {"both", {.answer = around("<", ">")}, "learn.problem-around"},
      {"prefix over UDP",
       {.transport = Transport::Udp, .answer = around("Echo: ", "")},
       "learn.problem-prefix"},
      {"nonsense", {.answer = backwards}, "learn.problem-nonsense"},
      {"strip()", {.answer = trimmed}, "learn.problem-newline"},
      {"readLine()", {.answer = by_lines(no_newline)}, "learn.problem-newline-cut"},
      {"silence", {.closes_at_end = false}, "learn.problem-silent"},
      {"closes without a word", {.answer = once(says(""))}, "learn.problem-closed"},
      {"answers at the end", {.last_words = "late"}, "learn.problem-waits-for-end"},
      {"a text for each message", {.answer = says("Hi!")}, "learn.problem-answers-each"},
      {"greets and answers",
       {.banner = "Welcome!", .answer = echo()},
       "learn.problem-greets-and-answers"},
      {"floods", {.banner = std::string(8192, 'x')}, "learn.problem-endless"},
      {"exits after a client", {.answer = echo(), .dies_of = "first"}, "learn.problem-exited"},
      {"a text that is no text", {.answer = once(says("\xff\xfe"))}, "learn.problem-not-text"},
      {"one line and no more",
       {.answer =
            [](std::string_view bytes, std::string& held, bool& close) {
              held += bytes;
              close = held.ends_with('\n');
              return close ? held : std::string();
            }},
       "learn.problem-line-closes"},
  };
  for (const Row& row : rows) {
    const Lesson lesson = lesson_of(row.server);
    EXPECT_EQ(facts(lesson), row.facts) << row.name;
    EXPECT_FALSE(lesson.complete()) << row.name;
  }
}

TEST(LearnTest, EveryFieldStandsNextToWhatWasSeen) {
  std::string told;
  for (const Finding& finding :
       lesson_of({.answer = once(echo(LetterMapping::AsciiUpper, 1024))}).findings)
    told += finding.field + "=" + finding.value + " " + finding.seen.id + "\n";
  EXPECT_EQ(told,
            "transport=tcp learn.transport-tcp\n"
            "speaks_first=false learn.silent\n"
            "reply=uppercase learn.reply-ascii\n"
            "framing=first-read learn.framing-first-read\n"
            "ends=after-reply learn.ends-after-reply\n"
            "encoding=utf-8 learn.encoding-letters\n"
            "max_message=1024 learn.limit\n"
            "concurrency=sequential learn.concurrent-short\n");
}

TEST(LearnTest, AServerThatDiesOfBytesThatAreNoTextWorksWithText) {
  const Lesson lesson = lesson_of({.answer = echo(), .dies_of = "bytes"});
  EXPECT_TRUE(lesson.complete());
  EXPECT_EQ(lesson.profile.encoding, Encoding::Utf8);
}

TEST(LearnTest, TheFirstProbeIsAskedForBeforeAnythingIsKnown) {
  const Lesson lesson = learn(Transport::Tcp, {});
  ASSERT_TRUE(lesson.next);
  EXPECT_EQ(lesson.next->id, "first");
  EXPECT_THAT(lesson.findings, testing::IsEmpty());
}

TEST(LearnReportTest, TheNearestProfileIsTheOneThatDoesTheSame) {
  Profile stream;
  stream.id = "stream";
  Profile line = stream;
  line.id = "line";
  line.framing = Framing::Line;
  line.encoding = Encoding::Utf8;
  line.max_message = 1024;
  LearnReport report;
  report.lesson.profile = line;
  report.lesson.profile.encoding = Encoding::Binary;
  report.lesson.profile.max_message = 0;
  compare_with({stream, line}, report);
  EXPECT_EQ(report.nearest, "line");
  EXPECT_THAT(report.differs, testing::ElementsAre("encoding", "max_message"));
}

TEST(ProfileDifferenceTest, TitlesAndLevelsAreNoPartOfTheContract) {
  Profile a;
  Profile b;
  b.id = "b";
  b.title.en = "B";
  b.port = 7;
  b.levels["x"] = Level::May;
  EXPECT_THAT(differing_fields(a, b), testing::IsEmpty());
  b.speaks_first = true;
  b.reply = {Transform::Text, LetterCase::Ascii, "Hi", 0};
  EXPECT_THAT(differing_fields(a, b),
              testing::ElementsAre("reply.transform", "reply.text", "speaks_first"));
}

TEST(ResemblanceTest, WhatWasSentIsFoundInTheReply) {
  const auto told = [](std::string_view sent, std::string_view reply) {
    const auto like = resemblance(sent, reply);
    if (!like) return std::string("none");
    return std::to_string(static_cast<int>(like->mapping)) + "[" + like->before + "][" +
           like->after + "]" + (like->newline_lost ? " lost" : "");
  };
  EXPECT_EQ(told("ab", "ab"), "0[][]");
  EXPECT_EQ(told("wörld", "WöRLD"), "1[][]");
  EXPECT_EQ(told("wörld", "WÖRLD"), "2[][]");
  EXPECT_EQ(told("ab", "> ab!"), "0[> ][!]");
  EXPECT_EQ(told("ab\n", "ab"), "0[][] lost");
  EXPECT_EQ(told("ab\n", "ab\r\n"), "0[][\r\n] lost");
  EXPECT_EQ(told("ab", "ba"), "none");
  EXPECT_EQ(told("ab", ""), "none");
  EXPECT_EQ(told("", "ab"), "none");
}

}  // namespace
}  // namespace sockspec
