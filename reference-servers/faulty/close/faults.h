// How connections end: by FIN, by reset, in the middle of a reply, or not at all.
#pragma once

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

int serve_drop_at_eof(const FaultyOptions& options);
int serve_no_half_close(const FaultyOptions& options);
int serve_never_closes(const FaultyOptions& options);
int serve_leaks_descriptors(const FaultyOptions& options);
int serve_spins_at_eof(const FaultyOptions& options);
int serve_stuck_at_eof(const FaultyOptions& options);
int serve_spins_after_close(const FaultyOptions& options);
int serve_reset_on_close(const FaultyOptions& options);
int serve_dies_on_reset(const FaultyOptions& options);
int serve_dies_on_sigpipe(const FaultyOptions& options);
int serve_dies_on_quick_leaver(const FaultyOptions& options);
int serve_closes_before_reply(const FaultyOptions& options);

}  // namespace sockspec::reference::faulty
