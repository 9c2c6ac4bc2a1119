// EmbeddedFile: a file that travels inside the binary (ci/cmake/embed.cmake).
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace sockspec {

struct EmbeddedFile {
  std::string_view name;  // relative to its folder: "stream/basic.json"
  std::string_view content;
};

std::span<const EmbeddedFile> embedded_scenarios();
std::span<const EmbeddedFile> embedded_profiles();
std::span<const EmbeddedFile> embedded_faults();
std::span<const EmbeddedFile> embedded_fault_table();
std::span<const EmbeddedFile> embedded_messages();
std::span<const EmbeddedFile> embedded_html();        // style sheet and script of every page
std::span<const EmbeddedFile> embedded_charts();      // and of those with charts
std::span<const EmbeddedFile> embedded_gradescope();  // the scripts of an autograder
std::span<const EmbeddedFile> embedded_python();      // what snippets are made of

// The file of this very name, or null.
inline const EmbeddedFile* find_file(std::span<const EmbeddedFile> files, std::string_view name) {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const EmbeddedFile& file) { return file.name == name; });
  return found == files.end() ? nullptr : &*found;
}

}  // namespace sockspec
