// From an error to an exit code.
#pragma once

#include <string>

#include "core/exit_codes.h"
#include "core/result.h"

namespace sockspec::cli {

inline int exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Usage: return kUsage;
    case ErrorKind::Unreachable: return kUnreachable;
    case ErrorKind::Harness: return kInvalid;
  }
  return kInvalid;
}

// Prints "sockspec: …" on standard error and returns the code to exit with.
int report_error(const Error& error, const std::string& lang = "en");

}  // namespace sockspec::cli
