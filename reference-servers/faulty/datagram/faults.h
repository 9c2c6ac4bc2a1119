// What is different without connections: borders, senders, empty datagrams.
#pragma once

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

int serve_udp_connects_first_peer(const FaultyOptions& options);
int serve_udp_global_peer(const FaultyOptions& options);
int serve_udp_other_port(const FaultyOptions& options);
int serve_udp_replies_twice(const FaultyOptions& options);
int serve_udp_merges(const FaultyOptions& options);
int serve_udp_stale_tail(const FaultyOptions& options);
int serve_udp_pads(const FaultyOptions& options);
int serve_udp_buffer_1024(const FaultyOptions& options);
int serve_udp_buffer_2048(const FaultyOptions& options);
int serve_udp_drops_empty(const FaultyOptions& options);
int serve_udp_exits_on_empty(const FaultyOptions& options);
int serve_udp_one_shot(const FaultyOptions& options);
int serve_udp_wildcard_source(const FaultyOptions& options);
int serve_udp_fragments(const FaultyOptions& options);
int serve_udp_dies_on_refused(const FaultyOptions& options);
int serve_udp_dies_on_bad_text(const FaultyOptions& options);
int serve_udp_tiny_receive_buffer(const FaultyOptions& options);

}  // namespace sockspec::reference::faulty
