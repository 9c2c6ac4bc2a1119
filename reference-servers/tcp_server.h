// From a protocol's session to a whole TCP server.
#pragma once

#include <functional>
#include <memory>

#include "reference-servers/serve.h"
#include "reference-servers/tcp_session.h"

namespace sockspec::reference {

using MakeSession = std::function<std::unique_ptr<TcpSession>()>;

// Serves every client that connects with a session of its own, all at once; for the rest as said
// of ServeFunction in serve.h.
int serve_tcp(const ServeOptions& options, const MakeSession& make_session);

}  // namespace sockspec::reference
