// From a protocol's answer to a datagram to a whole UDP server.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "reference-servers/serve.h"

namespace sockspec::reference {

// What to answer to one datagram: exactly one datagram of these bytes, or none at all. Gets the
// whole datagram, perhaps empty, which may be changed in place and sent back. The answer's bytes
// are borrowed until the next turn of the loop, so they lie in the datagram or live long.
using AnswerDatagram = std::function<std::optional<std::string_view>(std::span<char> datagram)>;

// Answers every datagram, to its sender, from the address and port that were asked; for the rest
// as said of ServeFunction in serve.h.
int serve_udp(const ServeOptions& options, const AnswerDatagram& answer);

}  // namespace sockspec::reference
