// Exit codes, the same for all commands (README.md, "Exit codes").
#pragma once

#include "core/result.h"

namespace sockspec::cli {

inline constexpr int kHolds = 0;
inline constexpr int kServerFailed = 1;
inline constexpr int kUsage = 2;
inline constexpr int kUnreachable = 3;
inline constexpr int kInvalid = 4;
inline constexpr int kInconclusive = 5;

inline int exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Usage: return kUsage;
    case ErrorKind::Unreachable: return kUnreachable;
    case ErrorKind::Harness: return kInvalid;
  }
  return kInvalid;
}

// Prints "sockspec: …" on standard error and returns the code to exit with.
int report_error(const Error& error);

}  // namespace sockspec::cli
