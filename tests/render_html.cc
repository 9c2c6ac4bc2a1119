// A JSON report as HTML, for the tests in a browser:  render_html REPORT.json >REPORT.html
#include <fstream>
#include <iostream>
#include <iterator>

#include "reports/check_json.h"
#include "reports/html/check_page.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "render_html REPORT.json\n";
    return 2;
  }
  std::ifstream in(argv[1]);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto report = sockspec::reports::check_report_from_json(text, argv[1]);
  if (!report) {
    std::cerr << report.error().text << "\n";
    return 2;
  }
  std::cout << sockspec::reports::check_html(*report);
  return 0;
}
