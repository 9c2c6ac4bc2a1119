// DatagramReplies: judges the datagrams that come back to one connected UDP socket.
//
// Each is judged alone, by its tag; the verdicts are those of ReplyStream, and besides:
//
//   a right reply, then what begins another one   Merged
//   a right reply, then other bytes               OverLong
//   the beginning of a right reply                Truncated
//
// A reply whose tag is wrong is given to the request, of those about to be answered, that most of
// its bytes agree with; if there is none, and more than one is in flight, it is Unsolicited.
// Replies without tags go to the oldest request whose reply they are. A fixed text says nothing
// about which request it answers: it answers the oldest that was not given up.
//
// `payloads` must outlive it. Not thread-safe. Times count from the start of the run. Allocates
// while what is in flight grows, and for wrong replies: at most an excerpt. Nothing fails.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/load/in_flight.h"
#include "core/load/judged.h"
#include "core/load/payloads.h"

namespace sockspec::load {

class DatagramReplies {
 public:
  DatagramReplies(const Payloads& payloads, std::uint64_t connection)
      : payloads_(&payloads), connection_(connection) {}

  // `sequence` is one more than the one before; the first may be any.
  void sent(std::uint64_t sequence, Duration due, Duration now) {
    in_flight_.add(sequence, due, now);
  }

  // One datagram, whole. Appends one verdict to `out`.
  void received(std::span<const char> datagram, std::vector<Judged>& out);

  // Lost, for each request sent before `sent_before` and not answered; what still comes for one
  // replaces that.
  void give_up(Duration sent_before, std::vector<Judged>& out) {
    in_flight_.give_up(sent_before, out);
  }

  // Neither answered nor given up.
  std::size_t in_flight() const { return in_flight_.open(); }

 private:
  Pieces reply(std::uint64_t sequence) const {
    return payloads_->reply(payloads_->id(connection_, sequence));
  }
  void judge_tagged(const RequestId& id, std::span<const char> datagram, std::vector<Judged>& out);
  void judge_untagged(std::span<const char> datagram, std::vector<Judged>& out);
  void judge_anything(std::vector<Judged>& out);
  void judge_against(std::uint64_t sequence, std::span<const char> datagram,
                     std::vector<Judged>& out);
  ReplyVerdict beyond_the_end(std::span<const char> rest) const;
  std::optional<std::uint64_t> most_alike(std::span<const char> datagram) const;
  bool repeats_the_last(std::span<const char> datagram) const;
  void answers_nothing(ReplyVerdict verdict, std::span<const char> datagram,
                       std::vector<Judged>& out);

  const Payloads* payloads_;
  std::uint64_t connection_;
  InFlight in_flight_;
  std::uint64_t next_ = 0;  // after the one answered last
};

}  // namespace sockspec::load
