#include "reports/report_kind.h"

#include "scenario/json_reader.h"

namespace sockspec::reports {

using scenario::ErrorLatch;
using scenario::Json;
using scenario::Reader;

Result<ReportKind> report_kind(std::string_view text, const std::string& file) {
  const Result<Json> document = scenario::parse_json(text, file);
  if (!document) return document.error();
  ErrorLatch errors(file);
  const Reader schema = Reader(*document, "", errors).at("schema");
  const std::string name = schema.text();
  if (name == "sockspec/check/1") return ReportKind::Check;
  if (name == "sockspec/load/1") return ReportKind::Load;
  schema.error("\"" + name +
               "\" is no report of sockspec check (\"sockspec/check/1\") or sockspec load "
               "(\"sockspec/load/1\")");
  return *errors.error();
}

}  // namespace sockspec::reports
