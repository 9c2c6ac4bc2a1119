// For tests/test_html_load.py: a JSON report of `sockspec load`, or the fault table of this
// program, as HTML.
//
//   sockspec_render_for_test REPORT.json [LANG] >REPORT.html
//   sockspec_render_for_test --faults    [LANG] >FAULTS.html
#include <iostream>

#include "reports/fault_table_json.h"
#include "reports/html/fault_table_page.h"
#include "reports/html/load_page.h"
#include "reports/load_json.h"
#include "scenario/faults.h"
#include "scenario/read_file.h"
#include "scenario/suite.h"

namespace {

using namespace sockspec;

int fail(const Error& error) {
  std::cerr << error.text << "\n";
  return 2;
}

int faults_page(const std::string& lang) {
  const auto table = reports::builtin_fault_table();
  const auto faults = scenario::builtin_faults();
  const auto suite = scenario::builtin_suite();
  if (!table) return fail(table.error());
  if (!faults) return fail(faults.error());
  if (!suite) return fail(suite.error());
  std::cout << reports::fault_table_html(*table, *faults, *suite, {}, {}, lang);
  return 0;
}

int report_page(const char* file, int argc, char** argv) {
  const auto text = scenario::read_file(file);
  if (!text) return fail(text.error());
  auto report = reports::load_report_from_json(*text, file);
  if (!report) return fail(report.error());
  if (argc > 2) report->lang = argv[2];
  std::cout << reports::load_html(*report);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  if (std::string_view(argv[1]) == "--faults") return faults_page(argc > 2 ? argv[2] : "en");
  return report_page(argv[1], argc, argv);
}
