// The command line of the yardsticks, with the names and the units of sockspec's own.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>

#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace sockspec::bench {

using Duration = std::chrono::nanoseconds;

// Whatever goes wrong ends a yardstick: a figure from a run that met an error is no figure.
[[noreturn]] inline void fail(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(1);
}

// --name value pairs. The names and their defaults are given once; any other name is an error, so
// that a misspelt option cannot quietly measure something else.
class Options {
 public:
  Options(int argc, char** argv, std::map<std::string, std::string> defaults)
      : values_(std::move(defaults)) {
    for (int i = 1; i < argc; i += 2) {
      const std::string_view word = argv[i];
      const auto found = values_.find(std::string(word.substr(word.starts_with("--") ? 2 : 0)));
      if (found == values_.end() || i + 1 == argc) {
        std::string known;
        for (const auto& [name, value] : values_) known += " --" + name + " [" + value + "]";
        fail(std::string(word) + ": not an option, or without a value; there are" + known);
      }
      found->second = argv[i + 1];
    }
  }

  const std::string& text(const char* name) const { return values_.at(name); }

  std::size_t count(const char* name) const { return parse<std::size_t>(name, text(name)); }

  double share(const char* name) const { return parse<double>(name, text(name)); }

  // "10s", "500ms"
  Duration duration(const char* name) const {
    const std::string_view all = text(name);
    const bool milliseconds = all.ends_with("ms");
    if (!all.ends_with('s')) fail("--" + std::string(name) + ": write 10s or 500ms");
    const auto number = parse<double>(name, all.substr(0, all.size() - (milliseconds ? 2 : 1)));
    return Duration(static_cast<std::int64_t>(number * (milliseconds ? 1e6 : 1e9)));
  }

  // "127.0.0.1:7000"
  sockaddr_in address(const char* name) const {
    const std::string& all = text(name);
    const auto colon = all.find(':');
    sockaddr_in address{};
    address.sin_family = AF_INET;
    if (colon == std::string::npos ||
        inet_pton(AF_INET, all.substr(0, colon).c_str(), &address.sin_addr) != 1) {
      fail("--" + std::string(name) + ": \"" + all + "\" is not like 127.0.0.1:7000");
    }
    const std::string_view port = std::string_view(all).substr(colon + 1);
    address.sin_port = htons(parse<std::uint16_t>(name, port));
    return address;
  }

 private:
  template <class T>
  static T parse(const char* name, std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
      fail("--" + std::string(name) + ": \"" + std::string(text) + "\" is not a number it can use");
    }
    return value;
  }

  std::map<std::string, std::string> values_;
};

}  // namespace sockspec::bench
