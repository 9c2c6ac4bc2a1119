// What a comparison of two check reports says, ready to be laid out as text, Markdown or a page.
//
// Every text is one printable line of bounded length, in the language of the new report; what a
// server printed may stand in it, so a format escapes its own markup. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "core/compare_checks.h"

namespace sockspec::reports {

// The files that hold the reports, as the user named them.
struct ComparedFiles {
  std::string old;
  std::string now;
};

enum class Mood { Bad, Doubt, Good, Plain };

struct StoryLine {
  std::string word;      // "FAIL"; "" = none
  std::string scenario;  // "" = the line is about several
  std::string text;      // its title, or how many they are
  std::string before;    // "was: pass"; "" = nothing to say
  std::vector<std::string> details;
};

struct StorySection {
  std::string heading;  // "Newly broken: 2"
  Mood mood = Mood::Plain;
  std::vector<StoryLine> lines;
};

struct StorySide {
  std::string word;  // "old"
  std::string text;  // its file, its server, when it ran
};

struct ComparisonStory {
  std::string title;
  std::vector<StorySide> sides;
  std::vector<std::string> cautions;
  std::vector<StorySection> sections;  // the worst first; none is empty
  std::vector<std::string> remarks;    // the server that ended by itself, the likely cause
  std::string conclusion;
  Mood mood = Mood::Plain;
};

ComparisonStory story_of(const CheckComparison& compared, const ComparedFiles& files);

}  // namespace sockspec::reports
