// The architectures in which novices write servers, as loops around a function for one client.
#pragma once

#include <functional>

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

// Serves one client; the loop closes its socket afterwards.
using ClientFunction = std::function<void(int client)>;

// One thread for each client. Never returns.
[[noreturn]] void thread_per_client(int listener, const ClientFunction& serve);

// Accept, serve until it returns, accept the next. Never returns.
[[noreturn]] void one_after_the_other(int listener, const ClientFunction& serve);

}  // namespace sockspec::reference::faulty
