// The two ends of a session with one request and one reply, which most faults here get right.
#pragma once

#include <cstddef>
#include <string>

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

// How many bytes a request may have: max_message in tcp-uppercase-once, 64 KiB elsewhere.
std::size_t most_of_request(const FaultyOptions& options);

// The first bytes that come; empty when the client left without a word.
std::string receive_request(const FaultyOptions& options, int client);

// Sends FIN, then drops what the client still sends, for half a second at most: input that is
// unread at close() would turn the end into a reset. The caller closes.
void end_after_reply(int client);

}  // namespace sockspec::reference::faulty
