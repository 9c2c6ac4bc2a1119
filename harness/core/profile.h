// Profile: the contract that a server declares. Plain data; scenario/parse_profile.h reads it from
// JSON and scenarios/profiles/ holds the built-in ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/message.h"

namespace sockspec {

enum class Transport { Tcp, Udp };

// What comes back for what was sent.
enum class Transform {
  Identity,   // the same bytes
  Uppercase,  // letters uppercased, see LetterCase
  Text,       // a fixed text
  None,       // nothing (RFC 863)
  Date,       // one line with a date and time (RFC 867)
  AnyText,    // any text of at most `at_most` bytes (RFC 865)
  Chargen,    // the rotating pattern, without end (RFC 864)
};

// What Uppercase does to letters outside ASCII.
enum class LetterCase {
  Ascii,    // unchanged
  Unicode,  // full mapping: "ß" becomes "SS"
  Either,   // one of the two, the same however the bytes were split
};

enum class Framing {
  Stream,     // the reply is a function of the bytes, whatever the segments
  FirstRead,  // one reply to the first bytes
  Datagram,   // one reply per datagram
  Line,       // one reply per line
};

enum class Ending { Client, AfterReply, Message };
enum class Encoding { Binary, Utf8 };
enum class Concurrency { Concurrent, Sequential };
enum class Level { Must, Should, May };

struct Reply {
  Transform transform = Transform::Identity;
  LetterCase letter_case = LetterCase::Ascii;
  std::string text;         // Transform::Text
  std::size_t at_most = 0;  // Transform::AnyText: bytes; 0 = no limit

  bool operator==(const Reply&) const = default;
};

struct Profile {
  std::string id;
  LocalizedText title;
  std::string source;
  Transport transport = Transport::Tcp;
  std::optional<std::uint16_t> port;  // the customary one; only documentation
  Reply reply;
  Framing framing = Framing::Stream;
  Ending ending = Ending::Client;
  std::string end_message;  // Ending::Message
  bool speaks_first = false;
  Encoding encoding = Encoding::Binary;
  std::size_t max_message = 0;  // bytes; 0 = no limit
  Concurrency concurrency = Concurrency::Concurrent;
  std::map<std::string, Level> levels;         // scenario or check id -> level of its own
  std::map<std::string, std::string> exclude;  // scenario id -> reason
  std::string json;                            // the text it was read from, for the report
};

// Does a client of this profile ever get an answer to what it sends?
inline bool replies_to_input(const Profile& profile) {
  return !profile.speaks_first && profile.reply.transform != Transform::None;
}

// Does the reply go on for as long as the client stays?
inline bool replies_without_end(const Profile& profile) {
  return profile.reply.transform == Transform::Chargen;
}

}  // namespace sockspec
