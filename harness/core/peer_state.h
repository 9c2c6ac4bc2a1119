// PeerState: what a conversation knows about one of its connections or sockets. Plain data.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "core/event.h"
#include "core/oracle.h"
#include "core/shared_bytes.h"

namespace sockspec {

struct PeerState {
  explicit PeerState(const Profile& profile) : oracle(profile) {}

  enum class Link { Unborn, Connecting, Open, Closed };  // Closed: by us
  Link link = Link::Unborn;
  bool ended = false;                 // the server's FIN has come
  std::optional<event::Broke> broke;  // reset, refused, ...
  std::string foreign_source;         // UDP: a reply came from here instead

  Oracle oracle;
  bool muted = false;           // it has failed a check of less than must: nobody looks any more
  bool literal = false;         // compare with the scenario's bytes, not with the oracle's
  std::string unread;           // literal: received and not yet claimed
  std::size_t most_unread = 0;  // literal: what comes beyond so many bytes is not kept

  std::uint64_t queued = 0;  // bytes handed out to be written
  std::uint64_t taken = 0;   // bytes that the kernel took
  std::uint64_t datagrams_queued = 0;
  std::uint64_t datagrams_taken = 0;
  std::deque<SharedBytes> outgoing;  // queued, and not yet told to the oracle as sent
  std::uint64_t received = 0;

  // The send move in progress.
  std::size_t next_piece = 0;
  bool watching = false;  // waiting for QueueEmpty
  bool queue_empty = false;

  bool all_taken() const { return taken == queued && datagrams_taken == datagrams_queued; }
  bool usable() const { return link == Link::Open && !broke; }
  bool gone() const { return ended || broke.has_value(); }
};

}  // namespace sockspec
