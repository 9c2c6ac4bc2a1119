// What a worker counts of the replies that were judged.
#include <algorithm>
#include <utility>

#include "load/worker.h"

namespace sockspec::load {
namespace {

bool counts(Duration due) { return due >= Duration::zero(); }

}  // namespace

void Worker::count(const Judged& verdict, const Channel& channel, Duration now) {
  if (!running_) {
    if (verdict.verdict == ReplyVerdict::Ok) ++verified_;
    settle(slot_of(channel));
    open_more();
  }
  // What is right, or only a matter of time, counts from time zero on; a wrong byte whenever it
  // comes.
  const bool measured = counts(verdict.due) && counts(now);
  const bool wrong = verdict.verdict != ReplyVerdict::Ok && verdict.verdict != ReplyVerdict::Lost &&
                     verdict.verdict != ReplyVerdict::Late &&
                     verdict.verdict != ReplyVerdict::Reordered;
  if (!measured && !wrong) return;
  Tally& tally = this->tally();
  ++tally.verdicts[verdict.verdict];
  // Given up before, and here after all.
  if (verdict.replaces_lost) --tally.verdicts[ReplyVerdict::Lost];
  if (verdict.verdict != ReplyVerdict::Ok) keep_example(verdict, channel, now);
  if (!verdict.answers || !measured) return;
  ++tally.requests.answered;
  tally.latency.response.record(now - verdict.due);
  tally.latency.service.record(now - verdict.sent);
  tally.latency.lag.record(verdict.sent - verdict.due);
}

void Worker::keep_example(const Judged& verdict, const Channel& channel, Duration now) {
  std::size_t& kept = kept_[static_cast<std::size_t>(verdict.verdict)];
  if (kept >= kMostExamples) return;
  ++kept;
  Example example;
  example.verdict = verdict.verdict;
  example.at = std::max(now, Duration::zero());
  example.connection = channel.number();
  example.request = verdict.sequence;
  example.offset = verdict.offset;
  if (verdict.excerpt) {
    example.expected = verdict.excerpt->expected;
    example.received = verdict.excerpt->received;
    example.window_offset = verdict.excerpt->offset;
  }
  examples_.push_back(std::move(example));
}

}  // namespace sockspec::load
