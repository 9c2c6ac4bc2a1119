#include "cli/rank_report.h"

#include <unistd.h>

#include <array>
#include <utility>

#include "core/load/merge.h"
#include "core/load/rank_figures.h"
#include "reports/load_json.h"

namespace sockspec::cli {

using load::LoadReport;

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "?";
}

load::RankFigures rank_line(const LoadReport& report) {
  load::RankFigures line = load::rank_figures(report);
  line.host = host_name();
  return line;
}

std::string rank_file(const std::string& json, int rank) {
  if (json.empty() || json == "-") return "";
  const std::string name = ".rank" + std::to_string(rank);
  const std::size_t dot = json.rfind('.');
  const std::size_t slash = json.rfind('/');
  const bool has_ending =
      dot != std::string::npos && (slash == std::string::npos || dot > slash + 1);
  if (!has_ending) return json + name;
  return json.substr(0, dot) + name + json.substr(dot);
}

Result<LoadReport> merge_ranks(const std::vector<std::string>& reports) {
  std::vector<LoadReport> parts;
  for (std::size_t rank = 0; rank < reports.size(); ++rank) {
    Result<LoadReport> part =
        reports::load_report_from_json(reports[rank], "the report of rank " + std::to_string(rank));
    if (!part) return Error{ErrorKind::Harness, part.error().text};
    parts.push_back(std::move(*part));
  }
  Result<LoadReport> whole = load::merge(std::move(parts));
  if (!whole) return Error{ErrorKind::Harness, whole.error().text};
  return whole;
}

}  // namespace sockspec::cli
