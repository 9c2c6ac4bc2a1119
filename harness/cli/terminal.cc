#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "reports/messages.h"

namespace sockspec::cli {
namespace {

using namespace std::chrono_literals;
constexpr auto kPlainEvery = 5s;

std::size_t columns() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

}  // namespace

std::string environment_variable(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

Result<reports::Style> style_from(const ParsedOptions& options, int descriptor) {
  const std::string when = options.text("color", "auto");
  if (when == "always") return reports::Style{true};
  if (when == "never") return reports::Style{false};
  if (when != "auto") return usage_error("--color \"" + when + "\": write auto, always or never");
  const bool wanted =
      environment_variable("NO_COLOR").empty() && environment_variable("TERM") != "dumb";
  return reports::Style{wanted && isatty(descriptor) == 1};
}

Result<std::string> language_from(const ParsedOptions& options) {
  const std::string lang = options.text("lang");
  if (reports::is_language(lang)) return lang;
  if (!lang.empty()) return usage_error("--lang \"" + lang + "\": write en or ko");
  for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string locale = environment_variable(name);
    if (!locale.empty()) return reports::language_of_locale(locale);
  }
  return std::string("en");
}

ProgressLine::ProgressLine(bool quiet)
    : quiet_(quiet),
      terminal_(isatty(STDERR_FILENO) == 1),
      last_(std::chrono::steady_clock::now()) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(const check::Progress& progress) {
  std::string line =
      "[" + std::to_string(progress.done) + "/" + std::to_string(progress.total) + "]";
  for (const std::string& id : progress.running) line += " " + id;
  const auto failed = progress.counts.find(Outcome::Fail);
  if (failed != progress.counts.end() && failed->second > 0)
    line += "  " + std::to_string(failed->second) + " failed";
  show_text(line);
}

void ProgressLine::show_text(const std::string& line) {
  if (quiet_) return;
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_ && now - last_ < kPlainEvery) return;
  last_ = now;
  if (terminal_) {
    std::fprintf(stderr, "\r\x1b[K%s", line.substr(0, columns() - 1).c_str());
  } else {
    std::fprintf(stderr, "%s\n", line.c_str());
  }
  std::fflush(stderr);
  shown_ = true;
}

void ProgressLine::clear() {
  if (shown_ && terminal_) std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

}  // namespace sockspec::cli
