// replay: the verdict of a recorded conversation, again, without a network.
#pragma once

#include "core/conversation.h"

namespace sockspec {

// Plays the observations of `recorded` to a new conversation of `script`. The script must be the
// one that was recorded: the same scenario, profile, seed and environment.
Conversation replay(Script script, const Transcript& recorded);

}  // namespace sockspec
