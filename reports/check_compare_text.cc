#include "reports/check_compare_text.h"

#include <string_view>

namespace sockspec::reports {
namespace {

std::string painted(Mood mood, std::string_view text, const Style& style) {
  switch (mood) {
    case Mood::Bad: return style.red(text);
    case Mood::Doubt: return style.yellow(text);
    case Mood::Good: return style.green(text);
    case Mood::Plain: break;
  }
  return style.bold(text);
}

std::string told(const StoryLine& line, Mood mood, const Style& style) {
  std::string text;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) text += "  " + part;
  };
  if (!line.word.empty()) add(painted(mood, line.word, style));
  add(line.scenario);
  add(style.dim(line.text));
  if (!line.before.empty()) add(style.dim("(" + line.before + ")"));
  text += "\n";
  for (const std::string& detail : line.details) text += "      " + detail + "\n";
  return text;
}

}  // namespace

std::string check_compare_text(const ComparisonStory& story, const Style& style) {
  std::string text = style.bold(story.title) + "\n";
  for (const StorySide& side : story.sides) text += "  " + side.word + "  " + side.text + "\n";
  text += "\n";
  for (const std::string& caution : story.cautions) text += style.yellow(caution) + "\n";
  if (!story.cautions.empty()) text += "\n";
  for (const StorySection& section : story.sections) {
    text += painted(section.mood, section.heading, style) + "\n";
    for (const StoryLine& line : section.lines) text += told(line, section.mood, style);
    text += "\n";
  }
  for (const std::string& remark : story.remarks) text += remark + "\n";
  if (!story.remarks.empty()) text += "\n";
  return text + painted(story.mood, story.conclusion, style) + "\n";
}

}  // namespace sockspec::reports
