// Several clients at once: who waits for whom, and whose bytes go where.
#pragma once

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

int serve_one_client_at_a_time(const FaultyOptions& options);
int serve_exits_after_first_client(const FaultyOptions& options);
int serve_exits_after_five(const FaultyOptions& options);
int serve_dies_on_second_client(const FaultyOptions& options);
int serve_limit_32_clients(const FaultyOptions& options);
int serve_pool_of_four(const FaultyOptions& options);
int serve_shared_connection(const FaultyOptions& options);
int serve_shared_buffer(const FaultyOptions& options);
int serve_swaps_replies(const FaultyOptions& options);
int serve_broadcasts(const FaultyOptions& options);
int serve_blocks_on_slow_reader(const FaultyOptions& options);
int serve_unbounded_queue(const FaultyOptions& options);
int serve_accept_fails_for_good(const FaultyOptions& options);
int serve_zombie_children(const FaultyOptions& options);

}  // namespace sockspec::reference::faulty
