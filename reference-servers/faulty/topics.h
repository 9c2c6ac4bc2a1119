// The tables of the faulty servers, one for each topic; each stands in the folder of its name.
#pragma once

#include <span>

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

std::span<const FaultyServer> stream_faults();
std::span<const FaultyServer> transform_faults();
std::span<const FaultyServer> close_faults();
std::span<const FaultyServer> concurrency_faults();
std::span<const FaultyServer> session_faults();
std::span<const FaultyServer> datagram_faults();
std::span<const FaultyServer> lifecycle_faults();

}  // namespace sockspec::reference::faulty
