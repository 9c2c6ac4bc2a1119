// Payloads, sizes, durations and splits inside a scenario file.
#pragma once

#include "core/scenario.h"
#include "core/time.h"
#include "scenario/json_reader.h"

namespace sockspec::scenario {

Duration read_duration(const Reader& in);
Size read_size(const Reader& in);              // a number of bytes or a size in words
std::size_t read_bytes(const Reader& in);      // a size that is known without a profile
std::uint64_t read_percent(const Reader& in);  // "10%"
Payload read_payload(const Reader& in);
Split read_split(const Reader& in);

}  // namespace sockspec::scenario
