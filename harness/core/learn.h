// learn: from watching a server to the profile that it seems to hold.
//
// A pure function of everything that was observed so far. It either asks for one more probe, or
// ends with a profile in which every field stands next to what was seen, or with what stands in the
// way of one. It never guesses: what no profile can say is a problem, told in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/message.h"
#include "core/probe.h"
#include "core/profile.h"

namespace sockspec {

// One field of the profile, and why.
struct Finding {
  std::string field;  // as in a profile file: "framing"
  std::string value;  // for people: "line", "ends" may be "message \"/end\""
  Message seen;
};

struct Lesson {
  std::optional<Probe> next;      // to be played before more can be said
  std::vector<Finding> findings;  // in the order of a profile file
  std::vector<Message> problems;  // not empty: there is no profile
  Profile profile;                // whole when there is neither `next` nor a problem

  bool complete() const { return !next && problems.empty(); }
};

Lesson learn(Transport transport, const std::vector<Observation>& observations);

// Is this a problem that is only about words around each reply (a prefix, a suffix)?
bool is_about_extra_words(const Message& problem);

}  // namespace sockspec
