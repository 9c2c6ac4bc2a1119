// The probes of core/learn.h, as data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/probe.h"
#include "core/profile.h"

namespace sockspec::learn_probes {

// A letter outside ASCII shows which letters an upper-case server knows; no newline shows who waits
// for one.
inline constexpr std::string_view kHello = "Hello, wörld";
inline constexpr std::string_view kPlain = "abc xyz 123";

inline constexpr std::size_t kPatternSize = 4096;  // of an endless reply this is enough

// Connects and waits for a greeting; sends `text`, then a newline, then its end, listening after
// each. UDP: sends `text` as one datagram.
Probe message(std::string id, std::string_view text, Transport transport);

// Connects, and listens to what comes by itself.
Probe visit(std::string id);

// One line and a half, then the rest of the second.
inline constexpr std::string_view kLineAndHalf = "one\ntw";
inline constexpr std::string_view kRestOfLine = "o\n";
Probe lines();

// Words that servers end at, each on a connection of its own.
const std::vector<std::string>& end_messages(Framing framing);
Probe ends(Framing framing);

// Every byte value. Sent as one line where the server works by lines.
std::string all_bytes(const Profile& profile);
Probe bytes(const Profile& profile);

// A message of so many bytes; its newline is one of them.
std::string letters(const Profile& profile, std::size_t size);
Probe size(const Profile& profile, std::size_t size);

// A client that says nothing, and a second one that asks. `in_turn`: then the first one leaves.
inline constexpr std::string_view kSecondClient = "second client\n";
Probe clients(const Profile& profile, bool in_turn);

}  // namespace sockspec::learn_probes
