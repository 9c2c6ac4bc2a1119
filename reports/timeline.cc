#include "reports/timeline.h"

#include <algorithm>
#include <cstdio>

#include "core/excerpt.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kExcerpt = 48;
constexpr std::size_t kMostDeeds = 6;

struct Line {
  Instant at{};
  std::size_t peer = 0;
  Entry kind = Entry::Begin;
  std::uint64_t bytes = 0;
  std::string excerpt;  // of what was written, or of wrong bytes
  std::string error;
  std::size_t entries = 1;
  bool known = true;
};

bool is_shown(const TranscriptEntry& entry) {
  // Writes tell what was sent; that the kernel took it, our own timers, and figures that the checks
  // repeat, are no news.
  return entry.kind != Entry::Begin && entry.kind != Entry::Tick && entry.kind != Entry::Sent &&
         entry.kind != Entry::Sampled;
}

bool joins(const Line& line, const TranscriptEntry& entry) {
  const bool flow = entry.kind == Entry::Write || entry.kind == Entry::Received;
  const bool wrong = entry.kind == Entry::Received && !entry.bytes.empty();
  return flow && !wrong && line.kind == entry.kind && line.peer == entry.peer &&
         (entry.kind == Entry::Write || line.excerpt.empty());
}

std::vector<Line> lines_of(const Transcript& transcript, std::string_view lang) {
  std::vector<Line> lines;
  for (const TranscriptEntry& entry : transcript) {
    if (!is_shown(entry)) continue;
    if (!lines.empty() && joins(lines.back(), entry)) {
      lines.back().bytes += entry.size;
      lines.back().entries += 1;
      if (lines.back().excerpt.size() < kExcerpt) lines.back().excerpt += entry.bytes;
      continue;
    }
    Line line{entry.at, entry.peer, entry.kind, entry.size, entry.bytes, entry.text};
    if (entry.kind == Entry::ServerGone) line.error = render(entry.how, lang);
    line.known = entry.known;
    lines.push_back(std::move(line));
  }
  return lines;
}

Message words(const Line& line) {
  const std::string bytes = std::to_string(line.bytes);
  switch (line.kind) {
    case Entry::Connect: return {"line.connect"};
    case Entry::Connected: return {"line.connected"};
    case Entry::Write:
      return {"line.write", {{"bytes", bytes}, {"excerpt", quoted(line.excerpt, kExcerpt)}}};
    case Entry::Received:
      if (line.excerpt.empty()) return {"line.received", {{"bytes", bytes}}};
      return {"line.received-wrong",
              {{"bytes", bytes}, {"excerpt", quoted(line.excerpt, kExcerpt)}}};
    case Entry::HalfClose: return {"line.half-close"};
    case Entry::Reset: return {"line.reset"};
    case Entry::Close: return {"line.close"};
    case Entry::Pause: return {"line.pause"};
    case Entry::Resume: return {"line.resume"};
    case Entry::DropUnsent: return {"line.drop-unsent"};
    case Entry::Urgent: return {"line.urgent"};
    case Entry::ServerAct: return {"line.server-" + line.error};
    case Entry::ServerStarted:
      return {line.known ? "line.server-listens" : "line.server-does-not-listen"};
    case Entry::Ended: return {"line.ended"};
    case Entry::Broke: return {"line.broke", {{"error", line.error}}};
    case Entry::QueueEmpty: return {"line.queue-empty"};
    case Entry::ServerGone: return {"line.server-gone", {{"how", line.error}}};
    case Entry::Sent: return {"line.sent", {{"bytes", bytes}}};
    case Entry::Begin:
    case Entry::Sampled:
    case Entry::Tick: break;
  }
  return {};
}

std::string time_column(Instant at) {
  char time[32];
  std::snprintf(time, sizeof time, "%9.1f ms",
                std::chrono::duration<double, std::milli>(at).count());
  return time;
}

TimelineLine told(const Line& line, std::string_view lang) {
  const bool everyone =
      line.kind == Entry::ServerGone || line.kind == Entry::ServerStarted || line.peer == SIZE_MAX;
  const bool wrong = line.kind == Entry::Received && !line.excerpt.empty();
  return {line.at, line.peer, everyone, wrong, line.kind, render(words(line), lang)};
}

std::string shown(const TimelineLine& line, const ScenarioResult& result) {
  const std::string peer = line.peer < result.peers.size() ? result.peers[line.peer] : "?";
  return time_column(line.at) + "  " + (line.everyone ? "-" : peer) + "  " + line.text;
}

}  // namespace

FoldedTimeline folded_timeline(const ScenarioResult& result, std::string_view lang,
                               std::size_t most) {
  const std::vector<Line> lines = lines_of(result.transcript, lang);
  const std::size_t head = lines.size() <= most ? lines.size() : most / 3;
  const std::size_t tail =
      lines.size() <= most ? lines.size() : lines.size() - (most - most / 3 - 1);
  FoldedTimeline folded;
  folded.omitted = tail - head;
  folded.before = head;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i < head || i >= tail) folded.lines.push_back(told(lines[i], lang));
  }
  return folded;
}

std::vector<std::string> timeline(const ScenarioResult& result, std::string_view lang,
                                  std::size_t most) {
  const FoldedTimeline folded = folded_timeline(result, lang, most);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < folded.lines.size(); ++i) {
    if (i == folded.before && folded.omitted > 0) {
      texts.push_back("              " +
                      render({"line.omitted", {{"count", std::to_string(folded.omitted)}}}, lang));
    }
    texts.push_back(shown(folded.lines[i], result));
  }
  return texts;
}

std::string verdict_line(const Check& check, std::string_view lang) {
  const std::string peer = check.peer.empty() ? "-" : check.peer;
  return time_column(check.at) + "  " + peer + "  " +
         render({"line.verdict", {{"check", check.id}}}, lang);
}

std::string deeds(const ScenarioResult& result, std::string_view lang) {
  std::vector<std::string> done;
  for (const Line& line : lines_of(result.transcript, lang)) {
    if (is_observation(line.kind)) continue;
    std::string deed = render(words(line), lang);
    if (done.empty() || done.back() != deed) done.push_back(std::move(deed));
  }
  std::string text;
  const std::size_t first = done.size() > kMostDeeds ? done.size() - kMostDeeds : 0;
  if (first > 0) text = "…";
  for (std::size_t i = first; i < done.size(); ++i) text += (text.empty() ? "" : "; ") + done[i];
  return text;
}

}  // namespace sockspec::reports
