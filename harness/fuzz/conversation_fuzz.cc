// Any order of events: a conversation ends, stays ended, asks for nothing impossible, stays small,
// and its transcript replays to the same checks. The first byte chooses the script.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/random_world.h"
#include "core/replay.h"
#include "core/test_language.h"

namespace sockspec::test {
namespace {

void require(bool holds, const std::string& promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise.c_str());
  std::abort();
}

std::size_t bytes_in(const Transcript& transcript) {
  std::size_t bytes = 0;
  for (const TranscriptEntry& entry : transcript) {
    bytes += sizeof entry + entry.bytes.size() + entry.text.size() + entry.from.size();
  }
  return bytes;
}

}  // namespace
}  // namespace sockspec::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sockspec;
  using namespace sockspec::test;
  if (size == 0) return 0;
  const std::string_view choices(reinterpret_cast<const char*>(data + 1), size - 1);
  RandomWorld world(script_number(data[0]), choices);
  world.run();
  const Conversation& conversation = world.conversation();
  require(world.broken_promise().empty(), world.broken_promise());
  require(conversation.finished(), "a conversation ends");
  require(bytes_in(conversation.transcript()) < 1'000'000 + size * 1000, "memory is bounded");
  const Conversation again = replay(world.script(), conversation.transcript());
  require(whole(again.checks()) == whole(conversation.checks()),
          "a replay gives the same checks:\n" + whole(conversation.checks()) + "but:\n" +
              whole(again.checks()));
  return 0;
}
