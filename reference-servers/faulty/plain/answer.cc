#include "reference-servers/faulty/plain/answer.h"

#include <array>
#include <ctime>
#include <span>

#include "reference-servers/uppercase.h"

namespace sockspec::reference::faulty {

bool is_line_profile(const FaultyOptions& options) { return options.profile.ends_with("-line"); }

std::string answer(const FaultyOptions& options, std::string_view bytes) {
  if (options.profile.ends_with("greeting")) return text_of(options);
  std::string reply(bytes);
  if (options.profile.find("uppercase") != std::string::npos) to_ascii_uppercase(reply);
  return reply;
}

std::string text_of(const FaultyOptions& options) {
  if (!options.text.empty()) return options.text;
  if (options.profile == "udp-greeting") return "Hello, UDP Client!";
  if (options.profile == "tcp-qotd") return "Be conservative in what you do.\r\n";
  if (options.profile != "tcp-daytime") return "Hello, Client!";
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 64> line{};
  const std::size_t size =
      std::strftime(line.data(), line.size(), "%Y-%m-%dT%H:%M:%SZ\r\n", &parts);
  return {line.data(), size};
}

std::string take_line(std::string& input) {
  const std::size_t end = input.find('\n');
  if (end == std::string::npos) return {};
  std::string line = input.substr(0, end + 1);
  input.erase(0, end + 1);
  return line;
}

}  // namespace sockspec::reference::faulty
