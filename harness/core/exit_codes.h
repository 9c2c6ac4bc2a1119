// Exit codes, the same for all commands (README.md, "Exit codes").
#pragma once

namespace sockspec {

inline constexpr int kHolds = 0;
inline constexpr int kServerFailed = 1;
inline constexpr int kUsage = 2;
inline constexpr int kUnreachable = 3;
inline constexpr int kInvalid = 4;
inline constexpr int kInconclusive = 5;
inline constexpr int kSignalBase = 128;  // plus the number of the signal that ended the run

}  // namespace sockspec
