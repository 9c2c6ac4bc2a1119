#include "reports/load_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>

#include "reports/load_report_for_test.h"
#include "reports/load_sentences.h"
#include "reports/messages.h"

namespace sockspec::reports::test {
namespace {

using namespace std::chrono_literals;
using load::Interval;
using load::LoadReport;
using load::ReplyVerdict;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

std::string shown(const LoadReport& report, bool quiet = false) {
  return load_text(report, {}, quiet);
}

std::string judged(LoadReport& report) {
  judge(report);
  return load_text(report, {}, false);
}

std::string in_korean(LoadReport report) {
  report.lang = "ko";
  return load_text(report, {}, false);
}

TEST(LoadTextTest, ARunInWhichAllWentWell) {
  EXPECT_EQ(shown(good_load()),
            "sockspec 1.2.3: load on 127.0.0.1:7 as test-echo\n"
            "closed loop, pipeline 1; connections 64, size 64 B, 10.0 s, threads 1, seed 7\n"
            "\n"
            "  latency                    p50       p90       p95       p99     p99.9       max\n"
            "  response (since due)    500 µs    500 µs    500 µs   1.50 ms   1.50 ms   12.0 ms\n"
            "  service (since sent)    500 µs    500 µs    500 µs   1.50 ms   1.50 ms   12.0 ms\n"
            "\n"
            "  rate: 123,457/s\n"
            "  1,234,567  right\n"
            "\n"
            "The server set the pace: the load generator had time left and waited for replies.\n"
            "Every reply was right: 1,234,567 of 1,234,567, 123,457 replies per second.\n");
}
TEST(LoadTextTest, ARunInWhichAllWentWellInKorean) {
  EXPECT_EQ(in_korean(good_load()),
            "sockspec 1.2.3: 127.0.0.1:7 부하 시험, 프로파일 test-echo\n"
            "닫힌 루프, 파이프라인 1; 연결 64개, 크기 64 B, 10.0 s, 스레드 1개, 시드 7\n"
            "\n"
            "  지연 시간                  p50       p90       p95       p99     p99.9       max\n"
            "  응답 (예정 시각부터)    500 µs    500 µs    500 µs   1.50 ms   1.50 ms   12.0 ms\n"
            "  처리 (보낸 때부터)      500 µs    500 µs    500 µs   1.50 ms   1.50 ms   12.0 ms\n"
            "\n"
            "  속도: 123,457/s\n"
            "  1,234,567  올바름\n"
            "\n"
            "속도는 서버가 정했습니다. 부하 생성기는 여유가 있었고 응답을 기다렸습니다.\n"
            "모든 응답이 올바릅니다: 1,234,567개 중 1,234,567개, 초당 123,457개.\n");
}
TEST(LoadTextTest, ARunInWhichRepliesWereWrong) {
  EXPECT_EQ(shown(bad_load()),
            "sockspec 1.2.3: load on 127.0.0.1:7 as test-echo\n"
            "open loop, constant, 1,000 requests per second; connections 64, size 64 B, 10.0 s, "
            "threads 1, seed 7\n"
            "\n"
            "  latency                    p50       p90       p95       p99     p99.9       max\n"
            "  response (since due)   1.00 ms   1.00 ms   1.00 ms   1.00 ms   1.00 ms   1.00 ms\n"
            "  service (since sent)    900 µs    900 µs    900 µs    900 µs    900 µs    900 µs\n"
            "  lag (due until sent)    850 ns    850 ns    850 ns    850 ns    850 ns    850 ns\n"
            "\n"
            "  rate: 1,000/s offered, 996/s achieved, 100 % on time\n"
            "  9,963  right\n"
            "     35  with a wrong byte\n"
            "      2  lost\n"
            "\n"
            "  reply with a wrong byte: connection 3, request 17, 1.23 s after the start, byte 2\n"
            "    expected \"hello\"\n"
            "    came     \"heLlo\"\n"
            "                ^\n"
            "    expected  68 65 6c 6c 6f\n"
            "    came      68 65 4c 6c 6f\n"
            "                    ^^\n"
            "    why this usually happens: a buffer is changed or used again before it is sent, or "
            "more is sent than was read; send exactly the bytes that recv() returned\n"
            "\n"
            "  reply lost: connection 5, request 19, 3.00 s after the start\n"
            "    why this usually happens: not every message is answered: one recv() may hold "
            "several messages, or half of one; or only so many clients are served at a time\n"
            "\n"
            "  met     response.p99 < 5ms  1.00 ms\n"
            "  MISSED  corrupt == 0        35\n"
            "\n"
            "The schedule set the pace: the server kept up with this rate.\n"
            "37 of 10,000 replies were wrong, late or missing; 996 right replies per second.\n");
}
TEST(LoadTextTest, ARunInWhichRepliesWereWrongInKorean) {
  EXPECT_EQ(
      in_korean(bad_load()),
      "sockspec 1.2.3: 127.0.0.1:7 부하 시험, 프로파일 test-echo\n"
      "열린 루프, constant, 초당 요청 1,000개; 연결 64개, 크기 64 B, 10.0 s, 스레드 1개, 시드 7\n"
      "\n"
      "  지연 시간                         p50       p90       p95       p99     p99.9       max\n"
      "  응답 (예정 시각부터)          1.00 ms   1.00 ms   1.00 ms   1.00 ms   1.00 ms   1.00 ms\n"
      "  처리 (보낸 때부터)             900 µs    900 µs    900 µs    900 µs    900 µs    900 µs\n"
      "  지체 (예정부터 보낼 때까지)    850 ns    850 ns    850 ns    850 ns    850 ns    850 ns\n"
      "\n"
      "  속도: 요구 1,000/s, 달성 996/s, 제때 보냄 100 %\n"
      "  9,963  올바름\n"
      "     35  바이트가 틀림\n"
      "      2  오지 않음\n"
      "\n"
      "  응답 — 바이트가 틀림: 연결 3, 요청 17, 시작하고 1.23 s 뒤, 2번째 바이트\n"
      "    기대 \"hello\"\n"
      "    실제 \"heLlo\"\n"
      "            ^\n"
      "    기대  68 65 6c 6c 6f\n"
      "    실제  68 65 4c 6c 6f\n"
      "                ^^\n"
      "    흔한 원인: 보내기 전에 버퍼가 바뀌었거나 다시 쓰였거나, 읽은 것보다 많이 보냈습니다. "
      "recv()가 돌려준 바이트만 그대로 보냅니다\n"
      "\n"
      "  응답 — 오지 않음: 연결 5, 요청 19, 시작하고 3.00 s 뒤\n"
      "    흔한 원인: 모든 메시지에 응답하지는 않습니다. recv() 한 번에 메시지 여러 개나 반쪽이 올 "
      "수 있습니다. 또는 동시에 처리하는 클라이언트 수가 정해져 있습니다\n"
      "\n"
      "  달성  response.p99 < 5ms  1.00 ms\n"
      "  미달  corrupt == 0        35\n"
      "\n"
      "속도는 일정이 정했습니다. 서버는 이 속도를 따라갔습니다.\n"
      "응답 10,000개 중 37개가 틀리거나 늦거나 오지 않았습니다. 올바른 응답은 초당 996개입니다.\n");
}

std::vector<load::RankFigures> two_ranks() {
  return {{0, "load1", 32, 600, 600, 600, 600, 0, 100, 1500us, 1us, 1s, 0.25, 10s, 5us, 0ns},
          {1, "", 32, 600, 600, 600, 598, 2, 99.5, {}, 1us, 1s, 0.5, 10s, 45us, 6us}};
}

TEST(LoadTextTest, SeveralProcessesAreALineEach) {
  LoadReport report = good_load();
  report.ranks = two_ranks();
  EXPECT_THAT(
      shown(report),
      HasSubstr("  rank 0 on load1: 32 connections, 600 right, 0 not, p99 1.50 ms, 100 % on "
                "time, busiest core 25 %\n"
                "  rank 1 on -: 32 connections, 598 right, 2 not, p99 -, 99.5 % on time, "
                "busiest core 50 %\n"
                "  first to last rank began within 40.0 µs; all ran together for 10.0 s\n\n"));
  EXPECT_THAT(shown(report, true), Not(HasSubstr("rank 0")));
  EXPECT_THAT(in_korean(std::move(report)), HasSubstr("load1의 랭크 0: 연결 32개"));
}

TEST(LoadTextTest, WithoutACommonStartNothingIsSaidAboutIt) {
  LoadReport report = good_load();
  report.ranks = two_ranks();
  report.ranks[1].start = std::nullopt;
  EXPECT_THAT(shown(report), Not(HasSubstr("began within")));
  report.ranks.pop_back();
  EXPECT_THAT(shown(report), Not(HasSubstr("rank 0"))) << "one of several is no table";
}

TEST(LoadTextTest, QuietLeavesOutWhatIsWell) {
  EXPECT_EQ(shown(good_load(), true),
            "Every reply was right: 1,234,567 of 1,234,567, 123,457 replies per second.\n");
  const std::string bad = shown(bad_load(), true);
  EXPECT_THAT(bad, HasSubstr("corrupt == 0"));
  EXPECT_THAT(bad, Not(HasSubstr("response.p99")));
}

TEST(LoadTextTest, TheExitCodeAndTheConclusionAgree) {
  struct Row {
    std::function<void(LoadReport&)> change;
    const char* conclusion;
  };
  const Row rows[] = {
      {[](LoadReport& r) { r.total.verdicts[ReplyVerdict::Late] = 1; },
       "1 of 1,234,568 replies was wrong, late or missing; 123,457 right replies per second.\n"},
      {[](LoadReport& r) { r.plan.thresholds = {*load::parse_threshold("lag.p99 < 1ms")}; },
       "Every reply was right, but not every threshold was met: 1,234,567 of 1,234,567, 123,457 "
       "replies per second.\n"},
      {[](LoadReport& r) {
         r.server_gone = Message{"exit.code", {{"code", "3"}}};
       },
       "Every reply was right until the server went away: 1,234,567 of 1,234,567, 123,457 replies "
       "per second.\n"},
      {[](LoadReport& r) { r.total.connections.reset = 1; },
       "Every reply was right, but the server broke connections: 1,234,567 of 1,234,567, 123,457 "
       "replies per second.\n"},
      {[](LoadReport& r) { r.plan.validate = load::Validate::None; },
       "1,234,567 of 1,234,567 replies came, 123,457 per second; their bytes were not checked "
       "(--validate none).\n"},
      {[](LoadReport& r) { r.total.clear(); },
       "Nobody answered at 127.0.0.1:7: no connection could be made. Is the server running?\n"},
      {[](LoadReport& r) {
         r.total.clear();
         r.total.connections.opened = 64;
         r.total.requests.sent = 64;
       },
       "No reply came at all. Requests sent: 64.\n"},
      {[](LoadReport& r) {
         r.invalid = Message{"harness.call-failed", {{"error", "no ports"}}};
       },
       "This run is not valid: this machine could not go on: no ports.\n"
       "The server set the pace: the load generator had time left and waited for replies.\n"
       "These figures say nothing about the server.\n"},
  };
  for (const Row& row : rows) {
    LoadReport report = good_load();
    row.change(report);
    EXPECT_THAT(judged(report), EndsWith(row.conclusion));
  }
}

TEST(LoadTextTest, ServerOutputIsMadeSafeForATerminal) {
  const std::string text = shown(full_load());
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_THAT(text, HasSubstr("    | \\x1b[31mred\\x1b[0m\n"));
}

TEST(LoadTextTest, EverythingThatIsWrongHasAnExample) {
  EXPECT_THAT(shown(bad_load()), HasSubstr("reply lost: connection 5, request 19, 3.00 s after"));
  EXPECT_THAT(shown(bad_load()), Not(HasSubstr("connection 4")));
}

TEST(StatusLineTest, OneSecond) {
  Interval interval{11s, 1s, 10'000, 9'990, 3, 512us, 12'345us, 20ms};
  EXPECT_EQ(load_status_line(interval, 12, std::nullopt, "en"),
            "12 s  9,990/s  p50 512 \xC2\xB5s  p99 12.3 ms  errors 3");
  EXPECT_EQ(load_status_line(interval, 12, 99.999, "en"),
            "12 s  9,990/s  p50 512 \xC2\xB5s  p99 12.3 ms  errors 3  on time 99.99 %");
  EXPECT_EQ(load_status_line(interval, 12, 100, "ko"),
            "12초  9,990/s  p50 512 \xC2\xB5s  p99 12.3 ms  오류 3  제때 100 %");
}

TEST(StatusLineTest, ASecondWithoutRepliesHasNoFigures) {
  EXPECT_EQ(load_status_line({}, 1, std::nullopt, "en"), "1 s  -/s  p50 -  p99 -  errors 0");
}

TEST(EventTest, TheSameNumbersAsOneLine) {
  const Interval interval{11s, 500ms, 10'000, 9'990, 3, 512us, 12'345us, 20ms};
  EXPECT_EQ(load_event_json(interval, 99.5),
            R"({"start_ns":11000000000,"length_ns":500000000,"rate":19980.0,"sent":10000,)"
            R"("answered":9990,"errors":3,"p50":512000,"p99":12345000,"max":20000000,)"
            R"("adherence":99.5})"
            "\n");
}

TEST(EventTest, NothingMeasuredIsNull) {
  EXPECT_EQ(load_event_json({}, std::nullopt),
            R"({"start_ns":0,"length_ns":0,"rate":null,"sent":0,"answered":0,"errors":0,)"
            R"("p50":null,"p99":null,"max":null,"adherence":null})"
            "\n");
}

TEST(FiguresTest, ThousandsAreGrouped) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1'234'567), "1,234,567");
}

TEST(FiguresTest, RatesAreWholeUnlessTheyAreSmall) {
  EXPECT_EQ(rate_text(0), "0.0");
  EXPECT_EQ(rate_text(99.94), "99.9");
  EXPECT_EQ(rate_text(99.96), "100");
  EXPECT_EQ(rate_text(123'456.7), "123,457");
}

TEST(FiguresTest, LatenciesHaveThreeDigitsAndAUnit) {
  EXPECT_EQ(latency_text(0ns), "0 ns");
  EXPECT_EQ(latency_text(999ns), "999 ns");
  EXPECT_EQ(latency_text(1us), "1.00 \xC2\xB5s");
  EXPECT_EQ(latency_text(12'345ns), "12.3 \xC2\xB5s");
  EXPECT_EQ(latency_text(999'400ns), "999 \xC2\xB5s");
  EXPECT_EQ(latency_text(999'500ns), "1.00 ms");
  EXPECT_EQ(latency_text(9'996us), "10.0 ms");
  EXPECT_EQ(latency_text(60s), "60.0 s");
  EXPECT_EQ(latency_text(3600s), "3600 s");
}

TEST(SentencesTest, EveryOneIsThereInBothLanguages) {
  for (const Named<ReplyVerdict>& entry : names<ReplyVerdict>()) {
    for (const char* const lang : {"en", "ko"})
      EXPECT_FALSE(render(verdict_words(entry.value), lang).starts_with("load.")) << entry.name;
  }
  for (const Named<load::Bottleneck>& entry : names<load::Bottleneck>()) {
    for (const auto run : {good_load, bad_load}) {
      LoadReport report = run();
      report.bottleneck = entry.value;
      EXPECT_FALSE(render(bottleneck_sentence(report), "en").starts_with("load.")) << entry.name;
    }
  }
}

}  // namespace
}  // namespace sockspec::reports::test
