// The small Python functions that a snippet may need: reports/python/*.py, embedded.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace sockspec::reports {

// By its name in Python, the file that defines it: a function may have several forms.
using Forms = std::map<std::string, std::string>;

// The names of functions in the order in which a reader wants to meet them.
const std::vector<std::string>& python_function_names();

// A file's parts: the modules it imports, and the rest.
struct PythonFunction {
  std::vector<std::string> imports;
  std::string code;
};
PythonFunction python_function(const std::string& file);

// Does `name` occur in the code as a word?
bool mentions(const std::string& code, const std::string& name);

// Those functions that `code` calls, and those that they call, in order. `forms` chooses the file
// where it is not named like the function.
std::vector<PythonFunction> functions_used_by(const std::string& code, const Forms& forms);

}  // namespace sockspec::reports
