// From host and port to a socket that is bound, and for TCP listens.
#pragma once

#include <optional>
#include <string>

#include "reference-servers/file_descriptor.h"
#include "reference-servers/serve.h"

namespace sockspec::reference {

enum class Transport { Tcp, Udp };

struct BoundSocket {
  FileDescriptor descriptor;  // non-blocking, closed on exec
  int family = 0;             // AF_INET or AF_INET6; AF_INET6 on "::" serves both
  std::string name;           // with the real port: "127.0.0.1:41873", "[::1]:41873"
};

// Resolves options.host (which may block on the resolver) and binds options.port of the first
// address that can be bound. Empty after saying why in one line on standard error.
//
// Not uv_tcp_bind or uv_udp_bind, because the server needs the bare socket: see tcp_listener.h
// and datagram_batch.h.
std::optional<BoundSocket> bind_socket(const ServeOptions& options, Transport transport);

// "READY host:port\n" on standard output, flushed.
void announce(const BoundSocket& socket);

}  // namespace sockspec::reference
