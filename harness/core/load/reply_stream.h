// ReplyStream: judges what comes back on one TCP connection of a load run.
//
// Tell it what was sent and feed it what is received, in any pieces: the verdicts depend on the
// bytes, not on how they were cut. What the next reply must be is compared in place; only when a
// byte differs are the bytes looked at one by one, for the tag of another request, the end of a
// line, or the end of the frame. Every request gets one verdict; bytes that answer none get one per
// run of them.
//
//   a right reply                                        Ok, Reordered or Late (InFlight::settle)
//   of a request that was answered                       Duplicate
//   of another connection, shard                         CrossTalk
//   only the case of letters differs                     WrongTransform
//   another tag, or the end of a line, before its end    Truncated
//   other bytes after a reply, or where a line must end  OverLong, besides the reply's own verdict
//                                                        unless it is the line that does not end
//   other bytes where no reply is due                    Unsolicited
//   anything else                                        Corrupt; its length is skipped
//
// Replies without tags (small ones, fixed texts) are taken strictly in order. Where the bytes of a
// reply are not known (a date), what comes first answers the oldest request, and the rest is taken
// for part of it: one request per connection is meant.
//
// Lives as long as its connection or, with restart(), as the slot of one; `payloads` must outlive
// it. Not thread-safe. Times count from the start of the run. Allocates while what is in flight
// grows, and for wrong replies: at most an excerpt of kMostExcerpt bytes. Nothing fails.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/load/in_flight.h"
#include "core/load/judged.h"
#include "core/load/misfit.h"
#include "core/load/payloads.h"

namespace sockspec::load {

class ReplyStream {
 public:
  ReplyStream(const Payloads& payloads, std::uint64_t connection)
      : payloads_(payloads, connection) {}

  // What the connection asks, and is to be told.
  const ConnectionPayloads& payloads() const { return payloads_; }

  // `sequence` is one more than the one before; the first may be any.
  void sent(std::uint64_t sequence, Duration due, Duration now) {
    in_flight_.add(sequence, due, now);
  }

  // Appends to `out`. Bytes of one moment are best given with one `now`: bytes that follow a reply
  // at once are OverLong, while those that come later, when nothing is in flight, are Unsolicited.
  void received(std::span<const char> bytes, Duration now, std::vector<Judged>& out);

  // Lost, for each request sent before `sent_before` and not answered; what still comes for one
  // replaces that.
  void give_up(Duration sent_before, std::vector<Judged>& out) {
    in_flight_.give_up(sent_before, out);
  }

  // The server ended the connection. What is in flight becomes Reset or EarlyEnd; a reply that the
  // end cut is Truncated. Afterwards as after restart() with the same connection.
  void closed(bool reset, std::vector<Judged>& out);

  // Forgets all, for another connection. Sequences may start anew.
  void restart(std::uint64_t connection);

  // Neither answered nor given up.
  std::size_t in_flight() const { return in_flight_.open(); }

 private:
  enum class Kind {
    Nothing,    // no reply is due, or none can be told
    Expected,   // the reply to a request
    Repeated,   // to one that was answered
    Foreign,    // of another connection
    NeverSent,  // its tag is ours, but nobody asked
  };

  bool tagged() const { return payloads_.of_all().replies_tagged(); }
  void forget_all();
  void received_anything(std::span<const char> bytes, std::vector<Judged>& out);
  std::span<const char> take_whole(std::span<const char> bytes, Duration now,
                                   std::vector<Judged>& out);
  void came_whole(Duration now);
  void begin_next(Duration now);
  void finish_right(Duration now, std::vector<Judged>& out);

  // Of a frame that differs; in reply_stream_misfit.cc.
  std::size_t misread(std::span<const char> bytes, std::vector<Judged>& out);
  void start_misfit();
  bool step(char byte, std::vector<Judged>& out);
  bool step_of_nothing(char byte, std::vector<Judged>& out);
  bool at_tag(std::vector<Judged>& out);
  void before_tag(const RequestId& id, std::size_t length, std::vector<Judged>& out);
  void begin(const RequestId& id);
  void line_ended(std::vector<Judged>& out);
  bool conclude_at_length(std::vector<Judged>& out);
  bool may_be_next_tag() const;
  void conclude(std::vector<Judged>& out);
  void settle_truncated(std::size_t length, std::vector<Judged>& out);
  void settle_wrong(std::uint64_t sequence, ReplyVerdict verdict, std::size_t length,
                    std::vector<Judged>& out);
  void answers_nothing(ReplyVerdict verdict, std::vector<Judged>& out);
  void stray(std::size_t length, std::vector<Judged>& out);
  bool identified() const;
  std::optional<std::uint64_t> unanswered_of_size(std::size_t size) const;

  ConnectionPayloads payloads_;
  InFlight in_flight_;

  Kind kind_ = Kind::Nothing;
  bool framed_ = false;        // frame_ is that of kind_, and at_ bytes of it have come
  bool reported_ = false;      // the bytes before were wrong, and given a verdict
  bool line_cut_ = false;      // a line ended early: what follows may be the rest of it
  bool follows_reply_ = true;  // the misfit came with the end of a reply
  Pieces frame_;
  std::uint64_t sequence_ = 0;  // of the frame
  std::uint64_t next_ = 0;      // where to look for the request whose reply is due
  std::size_t at_ = 0;
  Duration replied_at_{-1};
  TagWindow tags_;
  std::unique_ptr<Misfit> misfit_;  // the frame, or what should be one, is wrong
};

}  // namespace sockspec::load
