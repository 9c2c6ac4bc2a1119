// Why a server did not start, as messages (reports/messages, "start."). Pure.
//
// "words" is a message inside the message: whether it printed anything, and "said" what.
#pragma once

#include <cstdint>
#include <string>

#include "core/message.h"
#include "core/profile.h"
#include "core/result.h"
#include "core/time.h"

namespace sockspec::supervise {

// `why` is the system's reason; "" = there is no such program.
Error could_not_be_started(const std::string& program, const std::string& why);

// `how` it ended: "exit.code" or "exit.signal". `said` are the last lines that it printed.
Error exited_early(const Message& how, std::uint16_t port, const std::string& said);

Error never_listened(Transport transport, std::uint16_t port, Duration limit,
                     const std::string& said);

Error listens_on_another_port(std::uint16_t found, std::uint16_t asked);

}  // namespace sockspec::supervise
