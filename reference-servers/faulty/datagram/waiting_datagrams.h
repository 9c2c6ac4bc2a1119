// A round of datagrams, for the servers that answer several together.
#pragma once

#include <vector>

#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {

// Waits for a datagram and takes those that come close behind it, in order: until none has come
// for 20 ms, 64 at most. A server that is busy finds them waiting; the pause makes that sure.
std::vector<Datagram> waiting_datagrams(int socket);

}  // namespace sockspec::reference::faulty
