// The paths in a report of a class begin at the folder of the report, so that both can be moved
// together. Seen from elsewhere they are others.
#pragma once

#include <filesystem>
#include <string>

#include "core/grade/grade_report.h"

namespace sockspec::cli {

// Where a report is, or would be if it is written nowhere ("" or "-"): here.
std::filesystem::path folder_of_report(const std::string& json);

std::string path_from(const std::filesystem::path& folder, const std::filesystem::path& file);

// The same report, for one who stands in `to` and no longer in `from`; both are absolute.
grade::GradeReport moved(grade::GradeReport report, const std::filesystem::path& from,
                         const std::filesystem::path& to);

}  // namespace sockspec::cli
