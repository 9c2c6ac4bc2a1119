// Fault: one named way of being wrong, as people meet it. Plain data; scenarios/faults/NAME.json
// holds what each one is, reference-servers/faulty/ a server that is wrong in just this way.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/message.h"

namespace sockspec {

struct Fault {
  std::string name;                   // "drop-at-eof"; a label that users see, never changed
  std::string topic;                  // "close"
  std::vector<std::string> profiles;  // the built-in ones that its server can pretend to hold
  LocalizedText title;
  LocalizedText explanation;    // what such a server does, and why people write it
  LocalizedText hint;           // how to mend it
  std::string python, c, java;  // the right way, a few lines each
  bool optional = false;        // only a scenario that runs when asked for can see it
  std::string host;             // it shows only on a server bound to this address; "" = on any
  bool fresh = false;           // what one client did shows at the next: for each scenario another
                                // server, where its signature is measured
};

// Can a server that holds this built-in profile otherwise have it?
inline bool occurs_in(const Fault& fault, const std::string& profile) {
  return std::find(fault.profiles.begin(), fault.profiles.end(), profile) != fault.profiles.end();
}

}  // namespace sockspec
