// Oracle: what a server of a profile owes for what one peer has sent, and whether what comes is it.
//
// One per connection (TCP) or socket (UDP). It sees the client's bytes in the order in which the
// kernel took them and the server's bytes as they arrive, and compares them at once, so memory is
// bounded by what is owed. Pure; not thread-safe; copyable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/candidate.h"
#include "core/message.h"
#include "core/profile.h"
#include "core/transformer.h"
#include "core/verdict.h"

namespace sockspec {

class Oracle {
 public:
  explicit Oracle(const Profile& profile);

  // The connection is there: a server that speaks first now owes its text.
  void connected();

  // These bytes of the client are on their way. For UDP: one datagram.
  void sent(std::string_view bytes);

  // Bytes of the server; for UDP: one datagram. Says how they compare.
  struct Claim {
    std::size_t owed = 0;       // so many bytes from the front are what was owed ...
    std::size_t candidate = 0;  // ... by this candidate (UDP: the place in the list of those owed,
                                // chargen: the place in the ring at which the server began)
  };
  Claim received(std::string_view bytes);

  // Nothing that is owed is missing. (An endless reply owes nothing in particular.)
  bool settled() const;

  // Bytes still to come, for the candidate nearest to completion.
  std::uint64_t missing() const;
  std::uint64_t bytes_received() const { return received_; }
  std::uint64_t bytes_owed() const { return received_ + missing(); }

  // Set once what came cannot be right any more.
  const std::optional<Difference>& difference() const { return difference_; }
  bool unasked() const { return unasked_; }  // the difference is bytes when none were owed

  // A text that can only be judged when it is complete (a date, a quote) is wrong. Call at the
  // end of stream.
  std::optional<Message> judge_text() const;
  bool judged_at_end() const;
  std::size_t text_room() const;  // so many more bytes of it are looked at
  bool text_too_long() const;     // nothing that may follow can make it right

  // What is missing is no longer owed; if it comes late all the same, that is no fault.
  void forgive();

  // Replay: the bytes of a claim.
  std::string owed_bytes(const Claim& claim) const;

  // An excerpt of what is owed next, for messages.
  std::string next_owed(std::size_t size) const;

 private:
  struct Mapping {
    Transformer transformer;
    Candidate candidate;
  };
  struct Datagram {
    std::vector<std::string> replies;  // any of them is right
  };

  Claim receive_stream(std::string_view bytes);
  Claim receive_datagram(std::string_view bytes);
  Claim receive_pattern(std::string_view bytes);
  Claim receive_text(std::string_view bytes);
  std::size_t matching(const std::vector<Datagram>& among, std::string_view bytes) const;
  void owe_text();
  void owe_text_once();
  const Candidate& best() const;

  Profile profile_;
  std::vector<Mapping> streams_;              // TCP: the candidates
  std::vector<Datagram> datagrams_;           // UDP: what is owed, in the order of the requests
  std::vector<Datagram> forgiven_;            // UDP: given up, but allowed to come late
  std::optional<std::size_t> pattern_start_;  // chargen: where in the ring the server began
  std::string text_;                          // judged at the end; its beginning
  std::uint64_t text_size_ = 0;               // and all of it
  bool text_owed_ = false;
  std::uint64_t received_ = 0;
  bool unasked_ = false;
  std::optional<Difference> difference_;
};

}  // namespace sockspec
