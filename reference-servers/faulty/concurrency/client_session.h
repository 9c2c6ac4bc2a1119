// The server's side of one connection, right in every TCP profile: the faults of close/,
// concurrency/ and lifecycle/ lie in the sockets and loops around it.
#pragma once

#include <string>
#include <string_view>

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

// What is said, without the socket; without the lines of tcp-chargen, which have no end.
class ClientSession {
 public:
  explicit ClientSession(const FaultyOptions& options);  // which outlives it

  // What the server says before the client has said anything; empty in most profiles.
  std::string opening();

  // The reply to what one read delivered; empty where none is due yet.
  std::string reply_to(std::string_view bytes);

  // The server has said all it has to say, and ends the session.
  bool over() const { return over_; }

 private:
  std::string reply_to_lines(std::string_view bytes);

  const FaultyOptions& options_;
  std::string unfinished_line_;
  bool over_ = false;
};

// Speaks until the client has ended, its connection broke, or the session is over (true). The
// caller sends FIN. Not for tcp-chargen.
bool converse(const FaultyOptions& options, int client);

// The client has sent its FIN or broken off, or does so within this time.
bool has_left(int client, int milliseconds);

// The client sends more, or its end, within this time. Whoever misdirects replies asks this first:
// whether the next client has come by the time that the rest of one who left is read would be luck.
bool sends_more(int client, int milliseconds);

// A whole session on a blocking socket, tcp-chargen too. The caller closes.
void serve_session(const FaultyOptions& options, int client);

}  // namespace sockspec::reference::faulty
