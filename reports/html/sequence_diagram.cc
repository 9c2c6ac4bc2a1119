#include "reports/html/sequence_diagram.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "core/excerpt.h"
#include "reports/columns.h"
#include "reports/html/elements.h"
#include "reports/html/page.h"
#include "reports/messages.h"
#include "reports/timeline.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kMostLines = 30;
constexpr std::size_t kMostVerdicts = 6;
constexpr std::size_t kMostPeers = 5;

// Pixels, at the size at which the text is easy to read.
constexpr int kTimeRight = 78;
constexpr int kFirstPeer = 134;
constexpr int kBetweenPeers = 92;
constexpr int kLabelRoom = 470;  // between the last peer and the server
constexpr int kHeadHeight = 26;
constexpr int kHeadWidth = 84;
constexpr int kRowHeight = 30;
constexpr int kMargin = 48;
constexpr std::size_t kLabelColumns = 61;  // what fits into kLabelRoom
constexpr std::size_t kHeadColumns = 11;

struct Row {
  enum class Kind { Line, Omitted, Verdict };
  Kind kind = Kind::Line;
  TimelineLine line;
};

enum class Way { ToServer, ToPeer, AtPeer, AtServer };

Way way_of(const TimelineLine& line) {
  switch (line.kind) {
    case Entry::Connect:
    case Entry::Write:
    case Entry::HalfClose:
    case Entry::Reset:
    case Entry::Close:
    case Entry::Urgent: return Way::ToServer;
    case Entry::Connected:
    case Entry::Received:
    case Entry::Ended:
    case Entry::Broke: return Way::ToPeer;
    case Entry::ServerAct:
    case Entry::QueueEmpty:
    case Entry::ServerGone:
    case Entry::ServerStarted: return Way::AtServer;
    case Entry::Pause:
    case Entry::Resume:
    case Entry::DropUnsent:
    case Entry::Begin:
    case Entry::Sent:
    case Entry::Sampled:
    case Entry::Tick: break;
  }
  return Way::AtPeer;
}

std::string number(int value) { return std::to_string(value); }

std::string milliseconds(Instant at) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f ms",
                std::chrono::duration<double, std::milli>(at).count());
  return text;
}

// A JSON report keeps the time of a check to the microsecond.
std::chrono::microseconds read_back(Instant at) {
  return std::chrono::floor<std::chrono::microseconds>(at);
}

// As many letters as have room.
std::string cut(const std::string& text, std::size_t most) {
  if (columns(text) <= most) return text;
  std::string out;
  std::size_t taken = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    const std::string letter = text.substr(i, end - i);
    taken += columns(letter);
    if (taken + 1 > most) break;
    out += letter;
    i = end;
  }
  return out + "…";
}

class Diagram {
 public:
  Diagram(const ScenarioResult& result, std::string_view lang) : result_(result), lang_(lang) {
    collect_rows();
    collect_peers();
  }

  std::string draw() {
    if (rows_.empty()) return {};
    server_x_ = peer_x(columns_of_peers() - 1) + kLabelRoom;
    const int width = server_x_ + kMargin;
    const int height = kHeadHeight + 12 + static_cast<int>(rows_.size()) * kRowHeight + 14;
    const std::string title = render(
        {"html.diagram", {{"scenario", result_.scenario}, {"count", std::to_string(rows_.size())}}},
        lang_);
    out_ = "<svg class=\"sequence\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\" width=\"" +
           number(width) + "\" height=\"" + number(height) + "\" viewBox=\"0 0 " + number(width) +
           " " + number(height) +
           "\" font-family=\"ui-monospace, Menlo, Consolas, monospace\" font-size=\"12\" "
           "fill=\"none\" stroke=\"none\">\n<title>" +
           html_text(title) + "</title>\n";
    columns_and_heads(height);
    int y = kHeadHeight + 12 + kRowHeight / 2 + 6;
    for (const Row& row : rows_) {
      draw_row(row, y);
      y += kRowHeight;
    }
    return out_ + "</svg>\n";
  }

 private:
  void collect_rows() {
    const FoldedTimeline folded = folded_timeline(result_, lang_, kMostLines);
    for (std::size_t i = 0; i < folded.lines.size(); ++i) {
      if (i == folded.before && folded.omitted > 0) {
        TimelineLine note;
        note.at = folded.lines[i].at;
        note.text = render({"line.omitted", {{"count", std::to_string(folded.omitted)}}}, lang_);
        rows_.push_back({Row::Kind::Omitted, note});
      }
      rows_.push_back({Row::Kind::Line, folded.lines[i]});
    }
    if (rows_.empty()) return;
    std::size_t verdicts = 0;
    for (const Check& check : result_.checks) {
      if (is_bad(check.outcome) && ++verdicts <= kMostVerdicts) add_verdict(check);
    }
  }

  void add_verdict(const Check& check) {
    TimelineLine line;
    line.at = check.at;
    const auto peer = std::find(result_.peers.begin(), result_.peers.end(), check.peer);
    line.everyone = peer == result_.peers.end();
    line.peer = line.everyone ? 0 : static_cast<std::size_t>(peer - result_.peers.begin());
    line.text = render({"line.verdict", {{"check", check.id}}}, lang_) + ": " +
                render(check.observed, lang_);
    // After what led to it.
    const auto later = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) {
      return read_back(row.line.at) > read_back(check.at);
    });
    rows_.insert(later, {Row::Kind::Verdict, line});
  }

  // Each peer has its column. When there are too many, those where a check failed have, then those
  // that came first; all others share the last column.
  void collect_peers() {
    std::vector<std::size_t> all;
    for (const bool verdict : {true, false}) {
      for (const Row& row : rows_) {
        const bool drawn = row.kind != Row::Kind::Omitted && !row.line.everyone;
        const bool known = std::find(all.begin(), all.end(), row.line.peer) != all.end();
        if (drawn && !known && (row.kind == Row::Kind::Verdict) == verdict)
          all.push_back(row.line.peer);
      }
    }
    if (all.size() > kMostPeers) {
      sharing_ = all.size() - (kMostPeers - 1);
      all.resize(kMostPeers - 1);
    }
    peers_ = std::move(all);
    std::sort(peers_.begin(), peers_.end());
  }

  bool shares(const TimelineLine& line) const {
    return !line.everyone && std::find(peers_.begin(), peers_.end(), line.peer) == peers_.end();
  }
  std::size_t columns_of_peers() const {
    return std::max<std::size_t>(peers_.size() + (sharing_ > 0 ? 1 : 0), 1);
  }
  static int peer_x(std::size_t column) {
    return kFirstPeer + static_cast<int>(column) * kBetweenPeers;
  }
  int x_of(const TimelineLine& line) const {
    if (line.everyone) return server_x_;
    const auto found = std::find(peers_.begin(), peers_.end(), line.peer);
    return peer_x(static_cast<std::size_t>(found - peers_.begin()));
  }
  std::string name_of_peer(std::size_t peer) const {
    return peer < result_.peers.size() ? result_.peers[peer] : "?";
  }
  // Who it was stands in the words where the column does not tell.
  std::string words_of(const TimelineLine& line) const {
    return shares(line) ? name_of_peer(line.peer) + ": " + line.text : line.text;
  }

  void head(int x, const std::string& name, int height) {
    out_ += "<g><title>" + html_text(name) + "</title><path class=\"life\" d=\"M" + number(x) +
            " " + number(kHeadHeight) + "V" + number(height) +
            "\" stroke=\"currentColor\" stroke-opacity=\".35\" stroke-dasharray=\"2 3\"/>"
            "<rect class=\"head\" x=\"" +
            number(x - kHeadWidth / 2) + "\" y=\"1\" width=\"" + number(kHeadWidth) +
            "\" height=\"" + number(kHeadHeight - 2) +
            "\" rx=\"5\" stroke=\"currentColor\" stroke-opacity=\".6\"/>";
    text(x, 17, "middle", cut(name, kHeadColumns), "name");
    out_ += "</g>\n";
  }

  void columns_and_heads(int height) {
    for (std::size_t i = 0; i < peers_.size(); ++i)
      head(peer_x(i), name_of_peer(peers_[i]), height);
    if (sharing_ > 0) {
      const Message others{"line.omitted", {{"count", std::to_string(sharing_)}}};
      head(peer_x(peers_.size()), render(others, lang_), height);
    }
    head(server_x_, html_word("html.server", lang_), height);
  }

  void text(int x, int y, const char* anchor, const std::string& words, const char* css_class) {
    out_ += "<text class=\"" + std::string(css_class) + "\" x=\"" + number(x) + "\" y=\"" +
            number(y) + "\" text-anchor=\"" + anchor + "\" fill=\"currentColor\">" +
            html_text(words) + "</text>";
  }

  void arrow(int from, int to, int y, bool dashed) {
    const int tip = to > from ? -8 : 8;
    out_ += "<path class=\"arrow\" d=\"M" + number(from) + " " + number(y) + "H" +
            number(to + tip / 2) + "\" stroke=\"currentColor\" stroke-width=\"1.5\"" +
            (dashed ? " stroke-dasharray=\"5 4\"" : "") + "/><path class=\"tip\" d=\"M" +
            number(to) + " " + number(y) + "l" + number(tip) + " -4v8z\" fill=\"currentColor\"/>";
  }

  void dot(int x, int y) {
    out_ += "<circle class=\"tip\" cx=\"" + number(x) + "\" cy=\"" + number(y - 4) +
            "\" r=\"3.5\" fill=\"currentColor\"/>";
  }

  void cross(int x, int y) {
    out_ += "<path class=\"cross\" d=\"M" + number(x - 5) + " " + number(y - 5) +
            "l10 10m0 -10l-10 10\" stroke=\"#d43b33\" stroke-width=\"2.5\"/>";
  }

  void draw_row(const Row& row, int y) {
    const TimelineLine& line = row.line;
    const int label_x = peer_x(columns_of_peers() - 1) + 14;
    if (row.kind == Row::Kind::Omitted) {
      text((label_x + server_x_) / 2, y - 4, "middle", line.text, "time");
      out_ += "\n";
      return;
    }
    const bool verdict = row.kind == Row::Kind::Verdict;
    const Way way = way_of(line);
    const bool broken = line.kind == Entry::Broke || line.kind == Entry::ServerGone;
    const std::string css_class = verdict                ? "row verdict"
                                  : line.wrong || broken ? "row wrong"
                                                         : "row";
    out_ += "<g class=\"" + css_class + "\"><title>" + html_text(words_of(line)) + "</title>";
    if (verdict) {
      out_ += "<rect class=\"band\" x=\"0\" y=\"" + number(y - 19) + "\" width=\"" +
              number(server_x_ + kMargin) + "\" height=\"" + number(kRowHeight - 4) +
              "\" rx=\"4\" fill=\"#d43b33\" fill-opacity=\".13\"/>";
    }
    text(kTimeRight, y - (verdict ? 2 : 0), "end", milliseconds(line.at), "time");
    const int x = x_of(line);
    if (verdict) {
      cross(x, y - 6);
      text(label_x, y - 2, "start", cut(words_of(line), kLabelColumns), "said");
    } else if (way == Way::AtServer || line.everyone) {
      dot(server_x_, y);
      text(server_x_ - 12, y, "end", cut(words_of(line), kLabelColumns), "said");
    } else {
      text(label_x, y - 5, "start", cut(words_of(line), kLabelColumns), "said");
      if (way == Way::AtPeer) dot(x, y - 5);
      const bool dashed = line.kind == Entry::Connect || line.kind == Entry::Connected;
      if (way == Way::ToServer) arrow(x, server_x_, y, dashed);
      if (way == Way::ToPeer) arrow(server_x_, x, y, dashed);
      if (line.kind == Entry::Broke) cross((x + server_x_) / 2, y);
    }
    out_ += "</g>\n";
  }

  const ScenarioResult& result_;
  std::string_view lang_;
  std::vector<Row> rows_;
  std::vector<std::size_t> peers_;
  std::size_t sharing_ = 0;  // how many share the last column
  int server_x_ = 0;
  std::string out_;
};

}  // namespace

std::string sequence_diagram(const ScenarioResult& result, std::string_view lang) {
  return Diagram(result, lang).draw();
}

}  // namespace sockspec::reports
