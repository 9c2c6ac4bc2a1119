// The process around the protocol: its start, its end, its time, its signals.
#pragma once

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

int serve_sleeps_per_message(const FaultyOptions& options);
int serve_nagle_delay(const FaultyOptions& options);
int serve_no_reuseaddr(const FaultyOptions& options);
int serve_ignores_sigterm(const FaultyOptions& options);
int serve_second_on_same_port(const FaultyOptions& options);
int serve_dies_on_urgent(const FaultyOptions& options);
int serve_dies_on_eintr(const FaultyOptions& options);

}  // namespace sockspec::reference::faulty
