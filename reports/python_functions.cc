#include "reports/python_functions.h"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <set>
#include <sstream>
#include <string_view>

#include "core/embedded_file.h"

namespace sockspec::reports {
namespace {

std::string_view content_of(const std::string& file) {
  const EmbeddedFile* const embedded = find_file(embedded_python(), file + ".py");
  assert(embedded && "a Python function that is not embedded");
  return embedded ? embedded->content : std::string_view();
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string file_of(const std::string& name, const Forms& forms) {
  const auto form = forms.find(name);
  return form == forms.end() ? name : form->second;
}

}  // namespace

const std::vector<std::string>& python_function_names() {
  static const std::vector<std::string> kNames = {"fail",
                                                  "show",
                                                  "connect",
                                                  "open_socket",
                                                  "random_text",
                                                  "text_lines",
                                                  "random_lines",
                                                  "expect",
                                                  "expect_all",
                                                  "expect_from_server",
                                                  "read_to_end",
                                                  "expect_text",
                                                  "expect_any_text",
                                                  "expect_date",
                                                  "expect_pattern",
                                                  "expect_nothing",
                                                  "expect_end",
                                                  "expect_end_or_reset",
                                                  "drain",
                                                  "reset",
                                                  "send_until_stuck",
                                                  "send_in_background",
                                                  "stat_fields",
                                                  "children",
                                                  "open_files",
                                                  "unclosed_connections",
                                                  "cpu_percent",
                                                  "megabytes",
                                                  "zombies",
                                                  "expect_at_most",
                                                  "expect_exit"};
  return kNames;
}

PythonFunction python_function(const std::string& file) {
  PythonFunction function;
  std::istringstream lines{std::string(content_of(file))};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("import ")) {
      function.imports.push_back(line.substr(7));
    } else if (!function.code.empty() || !line.empty()) {
      function.code += line + "\n";
    }
  }
  return function;
}

bool mentions(const std::string& code, const std::string& name) {
  for (std::size_t at = code.find(name); at != std::string::npos; at = code.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool begins = at == 0 || !is_word(name.front()) || !is_word(code[at - 1]);
    const bool ends = end == code.size() || !is_word(name.back()) || !is_word(code[end]);
    if (begins && ends) return true;
  }
  return false;
}

std::vector<PythonFunction> functions_used_by(const std::string& code, const Forms& forms) {
  const std::vector<std::string>& names = python_function_names();
  std::set<std::string> used;
  std::vector<std::string> unseen = {code};
  while (!unseen.empty()) {
    const std::string here = std::move(unseen.back());
    unseen.pop_back();
    for (const std::string& name : names) {
      // Called, or handed on; the word alone may stand in a comment.
      const bool named = mentions(here, name + "(") || mentions(here, "(" + name + ",");
      if (named && used.insert(name).second)
        unseen.push_back(python_function(file_of(name, forms)).code);
    }
  }
  std::vector<PythonFunction> functions;
  for (const std::string& name : names) {
    if (used.contains(name)) functions.push_back(python_function(file_of(name, forms)));
  }
  return functions;
}

}  // namespace sockspec::reports
