// make_payload: bytes for a Payload, once profile, seed and loop variables are known.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/profile.h"
#include "core/random.h"
#include "core/result.h"
#include "core/scenario.h"
#include "core/script.h"

namespace sockspec {

inline constexpr std::uint64_t kMostPayload = 256U << 20U;  // bytes

struct PayloadContext {
  const Profile& profile;
  const Environment& environment;
  const std::map<std::string, std::uint64_t>& variables;  // loop variables by name, without "$"
};

// The number of bytes that a Size stands for. Errors: an unknown figure or variable, more than
// kMostPayload.
Result<std::uint64_t> evaluate(const Size& size, const PayloadContext& context, Random& random);

Result<std::string> make_payload(const Payload& payload, const PayloadContext& context,
                                 Random random);

// The pieces in which a payload goes out. InsideCodePoints sends every code point of more than one
// byte once for each place inside it, cut there.
std::vector<std::string> split_payload(std::string payload, const Split& split);

}  // namespace sockspec
