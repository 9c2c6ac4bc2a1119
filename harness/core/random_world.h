// RandomWorld: plays a conversation with a made-up network and server, as a sequence of bytes says.
// The same bytes give the same run, so property tests and fuzzers share it. Test code only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/conversation.h"
#include "core/script.h"

namespace sockspec::test {

// Scripts that between them hold every kind of move.
std::size_t script_count();
Script script_number(std::size_t number);

class RandomWorld {
 public:
  // Each byte of `choices` is one thing that happens.
  RandomWorld(Script script, std::string_view choices);

  // Plays until the choices are used up, then lets time pass until the conversation ends.
  void run();

  const Conversation& conversation() const { return conversation_; }

  // As it was at the beginning: a conversation drops the peers that it gives up from the moves to
  // come.
  const Script& script() const { return script_; }

  // What must never be seen; "" as long as it was not.
  const std::string& broken_promise() const { return broken_promise_; }

 private:
  struct Client {
    std::string to_answer;  // bytes that the kernel took and the server has not answered
    std::vector<std::string> datagrams;
    std::uint64_t unsent = 0;
    std::vector<std::string> writes;
    bool gone = false;
  };

  std::uint8_t choose();
  void happen(std::uint8_t choice);
  void happen_to_the_server(std::uint8_t choice);
  void tell(Event event);
  void obey(const Action& action);
  void send_some(std::size_t peer, std::uint8_t choice);
  void answer(std::size_t peer, std::uint8_t choice);
  void tick();
  void check_promises(const Output& output, bool was_finished);
  std::string reply_to(std::string bytes) const;

  Script script_;
  Conversation conversation_;
  std::string_view choices_;
  std::vector<Client> clients_;
  std::vector<Event> waiting_;
  Instant now_{};
  std::optional<Instant> wake_at_;
  std::uint64_t pattern_at_ = 0;
  int ticks_without_progress_ = 0;
  std::string broken_promise_;
};

}  // namespace sockspec::test
