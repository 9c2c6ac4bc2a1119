#include "reports/html/result_list.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <vector>

#include "core/names.h"
#include "reports/html/elements.h"
#include "reports/html/page.h"
#include "reports/html/story.h"
#include "reports/messages.h"
#include "reports/result_text.h"

namespace sockspec::reports {
namespace {

// Bytes of all stories together: what a browser opens well below two seconds.
constexpr std::size_t kStories = 5'000'000;
constexpr std::size_t kMostRows = 20'000;

std::string milliseconds(Duration duration) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f ms",
                std::chrono::duration<double, std::milli>(duration).count());
  return text;
}

std::string checkbox(const char* name, std::string_view value, const std::string& label) {
  return "<label><input type=\"checkbox\" checked" + html_attribute("name", name) +
         html_attribute("value", value) + "> " + html_text(label) + "</label>\n";
}

bool has_story(const ScenarioResult& result) {
  return !result.checks.empty() || !result.transcript.empty() || is_bad(result.outcome);
}

class List {
 public:
  explicit List(const CheckReport& report) : report_(report), lang_(report.lang) {
    for (const ScenarioResult& result : report.results)
      by_standing_[standing_of(report, result)].push_back(&result);
  }

  std::string draw() {
    if (report_.results.empty()) return {};
    std::string groups;
    for (const Standing standing : kWorstFirst) groups += group(standing);
    return "<section aria-labelledby=\"scenarios\">\n<h2 id=\"scenarios\">" +
           html_text(html_word("html.scenarios", lang_)) + "</h2>\n" + form() + left_out() +
           "<div id=\"results\">\n" + groups +
           "</div>\n<p id=\"results-nothing\" class=\"note\" hidden>" +
           html_text(html_word("html.nothing-found", lang_)) + "</p>\n</section>\n";
  }

 private:
  std::string form() const {
    std::string out =
        "<form class=\"filter\" data-filter=\"results\" role=\"search\" hidden>\n<label "
        "class=\"search\"><span class=\"label\">" +
        html_text(html_word("html.search", lang_)) +
        "</span> <input type=\"search\" autocomplete=\"off\" spellcheck=\"false\"></label>\n";
    out += "<fieldset><legend class=\"label\">" + html_text(html_word("formats.outcome", lang_)) +
           "</legend>\n";
    for (const Standing standing : kWorstFirst) {
      const auto found = by_standing_.find(standing);
      if (found != by_standing_.end()) {
        out += checkbox("standing", name_of(standing),
                        standing_count(standing, found->second.size(), lang_));
      }
    }
    out += "</fieldset>\n<fieldset><legend class=\"label\">" +
           html_text(html_word("formats.level", lang_)) + "</legend>\n";
    for (const Named<Level>& level : names<Level>()) {
      const auto has = std::any_of(report_.results.begin(), report_.results.end(),
                                   [&](const auto& result) { return result.level == level.value; });
      if (has) out += checkbox("level", level.name, std::string(level.name));
    }
    out += "</fieldset>\n<div class=\"tools\"><button type=\"button\" data-fold=\"open\">" +
           html_text(html_word("html.unfold", lang_)) +
           "</button> <button type=\"button\" data-fold=\"close\">" +
           html_text(html_word("html.fold", lang_)) + "</button> <output" +
           html_attribute("data-shown", shown_words()) + "></output></div>\n";
    return out + "</form>\n";
  }

  // The script fills in the numbers.
  std::string shown_words() const {
    return render({"html.shown", {{"shown", "{shown}"}, {"all", "{all}"}}}, lang_);
  }

  // Known only once all groups are written.
  std::string left_out() const {
    std::string out;
    const auto say = [&](const char* id, std::size_t count) {
      if (count == 0) return;
      out +=
          html_element("p", render({id, {{"count", std::to_string(count)}}}, lang_), "note") + "\n";
    };
    say("html.stories-left-out", stories_left_out_);
    say("html.rows-left-out", rows_left_out_);
    return out;
  }

  std::string group(Standing standing) {
    const auto found = by_standing_.find(standing);
    if (found == by_standing_.end()) return {};
    const std::string anchor = standing_anchor(standing);
    std::string out = "<section data-group class=\"group\" aria-labelledby=\"" + anchor +
                      "\">\n<h3 id=\"" + anchor + "\">" +
                      html_text(standing_word(standing, lang_)) + " <span class=\"count\">" +
                      std::to_string(found->second.size()) +
                      "</span></h3>\n<ul class=\"results\" role=\"list\">\n";
    for (const ScenarioResult* const result : found->second) {
      if (rows_ == kMostRows) {
        ++rows_left_out_;
        continue;
      }
      ++rows_;
      out += row(*result, standing);
    }
    return out + "</ul>\n</section>\n";
  }

  std::string head(const ScenarioResult& result, Standing standing) const {
    std::string out = html_element("span", standing_word(standing, lang_),
                                   "badge " + std::string(name_of(standing))) +
                      " " + html_element("code", scenario_name(result), "id") + " " +
                      html_element("span", scenario_title(report_, result), "title") + " " +
                      html_element("span", name_of(result.level), "level");
    if (result.duration > Duration{})
      out += " " + html_element("span", milliseconds(result.duration), "time");
    const std::string line = result_line(report_, result);
    if (!line.empty()) out += " " + html_element("span", line, "line");
    return out;
  }

  std::string row(const ScenarioResult& result, Standing standing) {
    std::string out = "<li data-row data-standing=\"" + std::string(name_of(standing)) +
                      "\" data-level=\"" + std::string(name_of(result.level)) + "\">";
    const std::string anchor = html_attribute("id", story_anchor(report_, result));
    std::string story;
    if (has_story(result)) {
      if (budget_ > 0) story = scenario_story(report_, result);
      if (story.empty() || story.size() > budget_) {
        ++stories_left_out_;
        budget_ = 0;  // what follows is less important
        story.clear();
      }
      budget_ -= story.size();
    }
    if (story.empty()) {
      return out + "<div class=\"row\"" + anchor + ">" + head(result, standing) + "</div></li>\n";
    }
    const bool first = is_red(standing) && !opened_;
    opened_ = opened_ || first;
    return out + (first ? "<details open>" : "<details>") + "<summary class=\"row\">" +
           head(result, standing) + "</summary>\n<div class=\"story stack\"" + anchor + ">\n" +
           story + "</div></details></li>\n";
  }

  const CheckReport& report_;
  const std::string& lang_;
  std::map<Standing, std::vector<const ScenarioResult*>> by_standing_;
  std::size_t budget_ = kStories;
  std::size_t rows_ = 0;
  std::size_t rows_left_out_ = 0;
  std::size_t stories_left_out_ = 0;
  bool opened_ = false;
};

}  // namespace

std::string standing_word(Standing standing, std::string_view lang) {
  switch (standing) {
    case Standing::Passed: return html_word("html.passed", lang);
    case Standing::Warned: return html_word("html.warned", lang);
    case Standing::Failed: return html_word("html.failed", lang);
    case Standing::Known: return html_word("html.known", lang);
    case Standing::Undecided: return html_word("html.undecided", lang);
    case Standing::Doubtful: return html_word("html.doubtful", lang);
    case Standing::Skipped: return html_word("html.skipped", lang);
    case Standing::NotRun: break;
  }
  return html_word("html.not-run", lang);
}

std::string standing_count(Standing standing, std::size_t count, std::string_view lang) {
  const Message both{"html.count",
                     {{"count", std::to_string(count)}, {"what", standing_word(standing, lang)}}};
  return render(both, lang);
}

std::string standing_anchor(Standing standing) { return "all-" + std::string(name_of(standing)); }

std::string story_anchor(const CheckReport& report, const ScenarioResult& result) {
  // The number keeps it apart from others with the same letters; the name keeps links readable.
  const auto number = static_cast<std::size_t>(&result - report.results.data());
  return html_anchor(scenario_name(result)) + "." + std::to_string(number + 1);
}

std::string result_list(const CheckReport& report) { return List(report).draw(); }

}  // namespace sockspec::reports
