// Play: a ConversationRunner with its loop, for tests of io. Test code only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/test_language.h"
#include "io/conversation_runner.h"
#include "io/tiny_server.h"

namespace sockspec::io::test {

using Steps = std::vector<Step>;

// A runner with its loop; the conversation when it is done.
class Play {
 public:
  Play(const Address& target, const Profile& profile, Steps steps,
       ReceiveQueueProbe probe = nullptr, ServerControl server = {})
      : runner_(std::make_unique<ConversationRunner>(
            loop, target, CloseAfterEnd::Fin,
            Conversation(sockspec::test::script(profile, std::move(steps))), std::move(probe),
            std::move(server), [this](Conversation conversation) {
              ++calls;
              result = std::move(conversation);
              if (destroy_when_done) runner_.reset();
            })) {}

  ConversationRunner& runner() { return *runner_; }
  void destroy() { runner_.reset(); }

  std::string check(std::string_view id) const {
    for (const Check& each : result->checks()) {
      if (each.id == id) return sockspec::test::summary(each);
    }
    return "no check";
  }

  // With a server that takes its turns meanwhile.
  bool finishes(TinyServer& server) {
    runner_->start();
    return until(loop, [&] { return server.turn() || result.has_value(); });
  }
  bool finishes() {
    runner_->start();
    return until(loop, [&] { return result.has_value(); });
  }

  Loop loop;
  std::optional<Conversation> result;
  int calls = 0;
  int turns = 0;
  bool destroy_when_done = false;

 private:
  std::unique_ptr<ConversationRunner> runner_;
};

inline Steps one_exchange() {
  return {sockspec::test::connect("a"), sockspec::test::exchange("a", "hello")};
}

}  // namespace sockspec::io::test
