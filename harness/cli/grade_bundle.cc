#include "cli/grade_bundle.h"

#include <cstdio>
#include <filesystem>

#include "cli/check_options.h"
#include "cli/grade_options.h"
#include "cli/terminal.h"
#include "core/grade/needed_packages.h"
#include "reports/gradescope_bundle.h"
#include "reports/messages.h"
#include "reports/reproduce.h"
#include "reports/write_file.h"
#include "scenario/write_profile.h"

namespace sockspec::cli {
namespace {

namespace fs = std::filesystem;

constexpr fs::perms kProgram = fs::perms::owner_all | fs::perms::group_read |
                               fs::perms::group_exec | fs::perms::others_read |
                               fs::perms::others_exec;

Error cannot_write(const fs::path& file, const std::error_code& error) {
  return {ErrorKind::Harness, file.string() + ": cannot be written: " + error.message()};
}

Result<Nothing> make_empty(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    return usage_error(folder.string() + ": is a file; name a folder that is new or empty");
  if (fs::is_directory(folder, error) && !fs::is_empty(folder, error))
    return usage_error(folder.string() + ": is not empty; name a folder that is new or empty");
  fs::create_directories(folder, error);
  if (error) return cannot_write(folder, error);
  return Nothing{};
}

Result<Nothing> write(const fs::path& folder, const reports::BundleFile& file) {
  const fs::path path = folder / file.name;
  if (auto written = reports::write_file(path.string(), file.text); !written) return written;
  std::error_code error;
  if (file.runs) fs::permissions(path, kProgram, error);
  if (error) return cannot_write(path, error);
  return Nothing{};
}

Result<Nothing> copy_tool(const fs::path& folder) {
  const fs::path path = folder / "sockspec";
  std::error_code error;
  fs::copy_file(own_path(), path, error);
  if (!error) fs::permissions(path, kProgram, error);
  if (error) return cannot_write(path, error);
  return Nothing{};
}

// (cd FOLDER && zip -qr /where/it/lies/FOLDER.zip .): the archive must hold the files, not the
// folder.
std::string zip_command(const fs::path& folder) {
  std::error_code error;
  fs::path archive = fs::absolute(folder, error).lexically_normal();
  if (!archive.has_filename()) archive = archive.parent_path();  // a slash at the end
  archive += ".zip";
  return "(cd " + reports::shell_quoted(folder.string()) + " && zip -qr " +
         reports::shell_quoted(archive.string()) + " .)";
}

std::string points_text(grade::Hundredths points) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", static_cast<double>(points) / 100);
  return text;
}

std::string what_to_do(const GradePlan& plan, const fs::path& folder) {
  const auto line = [&](const Message& message) {
    return reports::render(message, plan.lang) + "\n";
  };
  std::string text =
      line({"bundle.written", {{"folder", folder.string()}, {"command", zip_command(folder)}}});
  const grade::PointsPlan& points = plan.plan.points;
  text += line({"bundle.points", {{"points", points_text(points.must + points.should)}}});
  if (plan.plan.late) text += line({"bundle.late"});
  std::string unknown;
  for (const std::string& program : grade::needed_packages(plan.plan).unknown)
    unknown += (unknown.empty() ? "" : ", ") + program;
  if (!unknown.empty())
    text += line(
        {"bundle.unknown", {{"programs", unknown}, {"file", (folder / "packages.txt").string()}}});
  return text;
}

}  // namespace

Result<Nothing> write_gradescope_bundle(const ParsedOptions& options) {
  if (auto alone = refuse_beside(options, "gradescope-bundle"); !alone) return alone;
  const fs::path folder = options.text("gradescope-bundle");
  if (options.operands().empty())
    return usage_error(
        "name the class file: sockspec grade --gradescope-bundle FOLDER CLASS.json (--init writes "
        "one)");
  GradePlan plan;
  const Result<std::string> lang = language_from(options);
  if (!lang) return lang.error();
  plan.lang = *lang;
  if (auto read = read_class(options.operands()[0], plan); !read) return read;
  if (auto made = make_empty(folder); !made) return made;
  const std::string own_profile =
      plan.own_profile ? scenario::profile_to_json(plan.profile) : std::string();
  for (const reports::BundleFile& file :
       reports::gradescope_bundle(plan.plan, plan.class_text, own_profile, plan.lang)) {
    if (auto written = write(folder, file); !written) return written;
  }
  if (auto copied = copy_tool(folder); !copied) return copied;
  std::fputs(what_to_do(plan, folder).c_str(), stdout);
  return Nothing{};
}

}  // namespace sockspec::cli
