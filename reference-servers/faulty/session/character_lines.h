// The endless lines of tcp-chargen (RFC 864).
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace sockspec::reference::faulty {

// The line of this number, counted from 0: 72 of the 95 printable characters, CR LF.
std::string character_line(std::size_t number);

// The line of a number; empty: it was the last.
using LineFunction = std::function<std::string(std::size_t number)>;

// Sends line after line until there is no other or the client ends, and drops what it sends.
void send_lines(int client, const LineFunction& line_of);

}  // namespace sockspec::reference::faulty
