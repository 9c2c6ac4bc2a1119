#include "reports/check_compare_markdown.h"

#include <utility>

#include "reports/markdown_escape.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kReserve = 2000;  // for headings, and the note about what was left out

std::string mark(Mood mood) {
  switch (mood) {
    case Mood::Bad: return "❌ ";
    case Mood::Doubt: return "⚠️ ";
    case Mood::Good: return "✅ ";
    case Mood::Plain: break;
  }
  return "";
}

std::string item(const StoryLine& line) {
  std::string told = "-";
  if (!line.word.empty()) told += " " + markdown_text(line.word);
  if (!line.scenario.empty()) told += " **" + markdown_text(line.scenario) + "**";
  told += " " + markdown_text(line.text);
  if (!line.before.empty()) told += " (" + markdown_text(line.before) + ")";
  for (const std::string& detail : line.details) told += "<br>" + markdown_text(detail);
  return told + "\n";
}

bool is_folded(const StorySection& section) {
  return section.mood == Mood::Good || section.mood == Mood::Plain;
}

// Of a list: what stands above it and below it.
std::pair<std::string, std::string> frame(const StorySection& section) {
  const std::string heading = mark(section.mood) + markdown_text(section.heading);
  if (!is_folded(section)) return {"**" + heading + "**\n\n", "\n"};
  return {"<details><summary>" + heading + "</summary>\n\n", "\n</details>\n\n"};
}

std::string footer(const ComparisonStory& story) {
  std::string text;
  for (const std::string& remark : story.remarks) text += markdown_text(remark) + "\n\n";
  for (const StorySide& side : story.sides)
    text += "- " + markdown_text(side.word + ": " + side.text) + "\n";
  for (const std::string& caution : story.cautions)
    text += "- ⚠️ " + markdown_text(caution) + "\n";
  return text;
}

}  // namespace

std::string check_compare_markdown(const ComparisonStory& story, std::string_view lang,
                                   std::size_t most) {
  std::string page = "### " + mark(story.mood) + markdown_text(story.title) + "\n\n**" +
                     markdown_text(story.conclusion) + "**\n\n";
  const std::string end = footer(story);
  std::size_t left_out = 0;
  for (const StorySection& section : story.sections) {
    const auto [above, below] = frame(section);
    page += above;
    for (const StoryLine& line : section.lines) {
      const std::string told = item(line);
      const bool fits = page.size() + told.size() + below.size() + end.size() + kReserve <= most;
      if (fits) page += told;
      left_out += fits ? 0 : 1;
    }
    page += below;
  }
  if (left_out > 0) {
    const Message note{"compare.left-out", {{"rows", std::to_string(left_out)}}};
    page += markdown_text(render(note, lang)) + "\n\n";
  }
  return page + end;
}

}  // namespace sockspec::reports
