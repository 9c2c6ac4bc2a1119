#include "reports/write_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <random>

namespace sockspec::reports {
namespace {

namespace fs = std::filesystem;

Error cannot(const std::string& path, const std::string& why) {
  return {ErrorKind::Harness, path + ": the report could not be written: " + why};
}

bool write_all(std::FILE* file, std::string_view content) {
  const bool written = std::fwrite(content.data(), 1, content.size(), file) == content.size();
  return std::fflush(file) == 0 && written;
}

std::string temporary_name(const std::string& path) {
  std::random_device random;
  return path + "." + std::to_string(random()) + ".tmp";
}

}  // namespace

Result<Nothing> write_file(const std::string& path, std::string_view content) {
  if (path == "-") {
    if (!write_all(stdout, content)) return cannot("standard output", std::strerror(errno));
    return Nothing{};
  }
  std::error_code ignored;
  // What is not a plain file (/dev/stdout, a pipe) cannot be replaced, only written to.
  const bool special = fs::exists(path, ignored) && !fs::is_regular_file(path, ignored);
  if (fs::is_directory(path, ignored)) return cannot(path, "it is a folder; name a file");
  // A link stays: the file that it names is replaced.
  const fs::path linked = fs::canonical(path, ignored);
  const std::string target = linked.empty() ? path : linked.string();
  const std::string temporary = special ? path : temporary_name(target);
  std::FILE* const file = std::fopen(temporary.c_str(), "wb");
  if (!file) return cannot(path, std::strerror(errno));
  const bool written = write_all(file, content);
  const int error = errno;
  const bool closed = std::fclose(file) == 0;
  if (!written || !closed) {
    const std::string why = std::strerror(written ? errno : error);
    if (!special) fs::remove(temporary, ignored);
    return cannot(path, why);
  }
  if (special) return Nothing{};
  std::error_code renamed;
  fs::rename(temporary, target, renamed);
  if (!renamed) return Nothing{};
  fs::remove(temporary, ignored);
  return cannot(path, renamed.message());
}

Result<Nothing> write_file_in_folders(const std::string& path, std::string_view content) {
  std::error_code error;
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error) return cannot(path, error.message());
  return write_file(path, content);
}

}  // namespace sockspec::reports
