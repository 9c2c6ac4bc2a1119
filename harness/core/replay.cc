#include "core/replay.h"

#include <algorithm>

#include "core/names.h"

namespace sockspec {
namespace {

constexpr std::uint64_t kMostReplayed = 16 * 1024 * 1024;  // bytes of one event

// `bytes` is storage for what a Received event only refers to.
Event event_of(const TranscriptEntry& entry, const Conversation& conversation, std::string& bytes) {
  switch (entry.kind) {
    case Entry::Begin: return {entry.peer, event::Begin{}};
    case Entry::Connected: return {entry.peer, event::Connected{}};
    case Entry::Sent: return {entry.peer, event::Sent{entry.size}};
    case Entry::Received: {
      bytes =
          entry.claim.owed > 0 ? conversation.owed_bytes(entry.peer, entry.claim) : std::string();
      bytes += entry.bytes;
      // Bytes that were not kept never were compared; only their number counts.
      bytes.resize(std::max<std::size_t>(bytes.size(), std::min(entry.size, kMostReplayed)));
      return {entry.peer, event::Received{bytes, entry.from}};
    }
    case Entry::Ended: return {entry.peer, event::Ended{}};
    case Entry::Broke: return {entry.peer, event::Broke{entry.breakage, entry.call, entry.text}};
    case Entry::QueueEmpty: return {entry.peer, event::QueueEmpty{}};
    case Entry::ServerGone: return {entry.peer, event::ServerGone{entry.how}};
    case Entry::Sampled: {
      event::Sampled sampled{value_of<Resource>(entry.text).value_or(Resource::Descriptors), {}};
      if (entry.known) sampled.value = entry.size;
      return {entry.peer, sampled};
    }
    case Entry::ServerStarted: return {entry.peer, event::ServerStarted{entry.known, entry.how}};
    case Entry::Tick:
    case Entry::Connect:
    case Entry::Write:
    case Entry::HalfClose:
    case Entry::Reset:
    case Entry::Close:
    case Entry::Pause:
    case Entry::Resume:
    case Entry::DropUnsent:
    case Entry::Urgent:
    case Entry::ServerAct: break;
  }
  return {entry.peer, event::Tick{}};
}

}  // namespace

Conversation replay(Script script, const Transcript& recorded) {
  Conversation conversation(std::move(script));
  std::string bytes;
  for (const TranscriptEntry& entry : recorded) {
    if (!is_observation(entry.kind)) continue;
    conversation.step(entry.at, event_of(entry, conversation, bytes));
  }
  return conversation;
}

}  // namespace sockspec
