#include "grade/staging.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

namespace sockspec::grade {
namespace {

namespace fs = std::filesystem;

Error no_room(const std::string& where, const std::string& why) {
  return {ErrorKind::Harness, where + ": cannot be prepared for grading: " + why};
}

// Those that stand in the list of a submission, and nothing else: a pipe would be read for ever.
Result<Nothing> copy_files(const HandedIn& submission, const fs::path& to) {
  for (const std::string& name : submission.files) {
    const fs::path source = fs::path(submission.folder) / name;
    const fs::path target = to / name;
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (!error) fs::copy(source, target, fs::copy_options::copy_symlinks, error);
    if (error) return no_room(source.string(), error.message());
    if (!fs::is_symlink(target, error))
      fs::permissions(target,
                      fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read,
                      fs::perm_options::add, error);
  }
  for (fs::recursive_directory_iterator at(to), end; at != end; ++at) {
    if (at->is_directory() && !at->is_symlink()) chmod(at->path().c_str(), 0755);
  }
  return Nothing{};
}

}  // namespace

Result<Staging> Staging::make(const std::string& tool) {
  std::error_code error;
  std::string name = (fs::temp_directory_path(error) / "sockspec-grade-XXXXXX").string();
  if (error || !mkdtemp(name.data())) return no_room(name, std::strerror(errno));
  Staging staging(name);
  chmod(name.c_str(), 0711);  // rooms find what they are told, and cannot look around
  staging.tool_ = name + "/sockspec";
  fs::copy_file(tool, staging.tool_, error);
  if (error) return no_room(tool, error.message());
  chmod(staging.tool_.c_str(), 0755);
  return staging;
}

Staging::~Staging() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Staging::Staging(Staging&& other) noexcept
    : folder_(std::exchange(other.folder_, {})), tool_(std::move(other.tool_)) {}

Result<StagedRoom> Staging::stage(const HandedIn& submission, std::size_t number,
                                  std::optional<uid_t> user) const {
  const std::string folder = folder_ + "/" + std::to_string(number);
  StagedRoom room{folder, folder + "/submission", folder + "/report", folder + "/work",
                  folder + "/errors"};
  std::error_code error;
  for (const std::string& made : {room.folder, room.submission, room.report, room.work}) {
    fs::create_directory(made, error);
    if (error) return no_room(made, error.message());
  }
  chmod(folder.c_str(), 0711);
  chmod(room.submission.c_str(), 0755);
  chmod(room.report.c_str(), 0700);
  if (user && chown(room.report.c_str(), *user, *user) != 0)
    return no_room(room.report, std::strerror(errno));
  if (auto copied = copy_files(submission, room.submission); !copied) return copied.error();
  return room;
}

void Staging::remove(const StagedRoom& room) {
  std::error_code ignored;
  fs::remove_all(room.folder, ignored);
}

}  // namespace sockspec::grade
