#include "scenario/read_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace sockspec::scenario {

Result<std::string> read_file(const std::string& path) {
  constexpr std::size_t kLargest = 256U * 1024 * 1024;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return usage_error(path + ": this is a folder; name a file");
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             std::fclose);
  if (!file) return usage_error(path + ": cannot be read: " + std::strerror(errno));
  std::string text;
  char buffer[64 * 1024];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file.get())) > 0;) {
    text.append(buffer, n);
    if (text.size() > kLargest)
      return usage_error(path + ": is larger than 256 MiB; this is no file of sockspec's");
  }
  if (std::ferror(file.get()) != 0)
    return usage_error(path + ": cannot be read: " + std::strerror(errno));
  return text;
}

}  // namespace sockspec::scenario
