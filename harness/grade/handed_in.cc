#include "grade/handed_in.h"

#include <algorithm>
#include <filesystem>
#include <tuple>

#include "core/selection.h"
#include "reports/bytes_json.h"
#include "scenario/read_file.h"

namespace sockspec::grade {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 20'000;  // of one submission

// The folders that a pattern names, part by part.
std::vector<fs::path> folders_of(const fs::path& start, const std::string& pattern) {
  std::vector<fs::path> folders{pattern.starts_with('/') ? fs::path("/") : start};
  for (const fs::path& part : fs::path(pattern).relative_path()) {
    if (part.empty()) continue;  // "submissions/"
    std::vector<fs::path> found;
    for (const fs::path& folder : folders) {
      std::error_code error;
      if (part.string().find('*') == std::string::npos) {
        if (fs::is_directory(folder / part, error)) found.push_back(folder / part);
        continue;
      }
      for (fs::directory_iterator at(folder, error), end; !error && at != end;
           at.increment(error)) {
        const std::string name = at->path().filename().string();
        std::error_code unreadable;
        if (!name.starts_with('.') && matches(part.string(), name) && at->is_directory(unreadable))
          found.push_back(at->path());
      }
    }
    folders = std::move(found);
  }
  return folders;
}

Error cannot_read(const fs::path& path, const std::string& why) {
  return usage_error(path.string() + ": cannot be read: " + why);
}

Result<HandedIn> look_into(const fs::path& folder) {
  HandedIn submission{folder.filename().string(), folder.string(), {}, 0};
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error), end;
  for (; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    const bool file = at->is_regular_file(ignored) && !at->is_symlink(ignored);
    if (!file && !at->is_symlink(ignored)) continue;  // what is no file cannot be handed in
    submission.files.push_back(fs::path(at->path()).lexically_relative(folder).string());
    if (file) submission.bytes += at->file_size(ignored);
    if (submission.files.size() > kMostFiles)
      return cannot_read(folder, "it holds more than " + std::to_string(kMostFiles) + " files");
  }
  if (error) return cannot_read(folder, error.message());
  std::sort(submission.files.begin(), submission.files.end());
  return submission;
}

}  // namespace

Result<std::vector<HandedIn>> find_submissions(const ClassPlan& plan,
                                               const std::string& class_folder,
                                               const std::string& file) {
  std::vector<HandedIn> submissions;
  for (const fs::path& folder :
       folders_of(class_folder.empty() ? "." : class_folder, plan.submissions)) {
    Result<HandedIn> submission = look_into(folder);
    if (!submission) return submission.error();
    submissions.push_back(std::move(*submission));
  }
  if (submissions.empty()) {
    return usage_error(file + ": /submissions: \"" + plan.submissions +
                       "\" fits no folder; there must be one folder for each submission");
  }
  std::sort(submissions.begin(), submissions.end(), [](const HandedIn& a, const HandedIn& b) {
    return std::tie(a.name, a.folder) < std::tie(b.name, b.folder);
  });
  const auto twice =
      std::adjacent_find(submissions.begin(), submissions.end(),
                         [](const HandedIn& a, const HandedIn& b) { return a.name == b.name; });
  if (twice != submissions.end()) {
    return usage_error(file + ": /submissions: two submissions have the name \"" + twice->name +
                       "\" (" + twice->folder + " and " + std::next(twice)->folder +
                       "); rename one of them");
  }
  return submissions;
}

Result<std::string> content_hash(const HandedIn& submission, const std::string& rest) {
  std::string all = reports::sha256_hex(rest);
  for (const std::string& name : submission.files) {
    const fs::path path = fs::path(submission.folder) / name;
    std::error_code error;
    all += '\0' + name + '\0';
    if (fs::is_symlink(path, error)) {
      all += "link " + fs::read_symlink(path, error).string();
      continue;
    }
    const Result<std::string> text = scenario::read_file(path.string());
    if (!text) return text.error();
    const auto rights = fs::status(path, error).permissions();
    const bool runs = (rights & fs::perms::owner_exec) != fs::perms::none;
    all += (runs ? "program " : "file ") + reports::sha256_hex(*text);
  }
  return reports::sha256_hex(all);
}

}  // namespace sockspec::grade
