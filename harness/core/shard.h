// --shard: which part of a whole this process does, said by hand or by what started it. Pure.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "core/result.h"

namespace sockspec {

struct Shard {
  std::size_t place = 0;  // from 0
  std::size_t count = 1;
};

// The value of an environment variable; "" where it is not set.
using Variable = std::function<std::string(const char*)>;

// "2/4"; or "auto", as a task of a Slurm array is told its place; or "auto/4", for a pod of an
// Indexed Job of Kubernetes too, which is told its index but not how many there are. Error (Usage):
// neither of these; no variable says it; an array with gaps, or of another size.
Result<Shard> parse_shard(const std::string& text, const Variable& variable);

}  // namespace sockspec
