// breakage_of: what an errno means for a verdict.
#pragma once

#include "core/event.h"

namespace sockspec::io {

Breakage breakage_of(int error);

// The event for a failed call, with the system's words.
event::Broke broke(Call call, int error);

}  // namespace sockspec::io
