// Servers that differ from a correct one only in what they reply to a message: the profiles' ways
// of finding messages, around a function that answers one of them.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

// The reply to one message: what one read delivered, a line with its "\n", a request, a datagram.
// It is copied for each client (and each datagram), so what it captures by value is that client's.
using ReplyFunction = std::function<std::string(std::string_view message)>;

constexpr std::size_t kUsualRead = 1024;  // bytes; the buffer of most tutorials

// Plays the profile of the options, TCP (a thread for each client) or UDP, with these replies. A
// stream is read in pieces of at most `read_size` bytes. Never returns.
[[noreturn]] void answer_each(const FaultyOptions& options, const ReplyFunction& reply,
                              std::size_t read_size = kUsualRead);

// The same for one TCP client that has been accepted; returns when the session is over and the
// socket is only to be closed.
void answer_client(int client, const FaultyOptions& options, const ReplyFunction& reply,
                   std::size_t read_size = kUsualRead);

// Takes what can be answered by now out of `input`, and returns the replies: everything as one
// message, or one reply for each complete line where the profile goes by lines.
std::string take_replies(std::string& input, const FaultyOptions& options,
                         const ReplyFunction& reply);

// The bytes of the largest request or line: those of the options, or 1,024.
std::size_t max_message(const FaultyOptions& options);

// Ends a session from the server's side so that the client gets all of the reply: FIN first, and
// what the client still sends is read for a moment, because unread input turns close() into a
// reset.
void end_session(int client);

}  // namespace sockspec::reference::faulty
