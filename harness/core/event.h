// What happens to a conversation, and what it asks to be done. The two sides of Conversation::step.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/message.h"
#include "core/scenario.h"
#include "core/shared_bytes.h"
#include "core/time.h"

namespace sockspec {

// Why a transport call failed, as far as a verdict depends on it.
enum class Breakage {
  Refused,        // nobody listens
  Reset,          // RST, or a broken pipe
  TimedOut,       // the kernel gave up connecting
  Unreachable,    // no route
  NoDescriptors,  // this machine: EMFILE, ENFILE
  NoPorts,        // this machine: EADDRNOTAVAIL
  NoBuffers,      // this machine: ENOBUFS, ENOMEM
  TooLong,        // a datagram larger than the system sends
  Other,
};

// The fault is this machine's, not the server's.
inline bool is_harness_fault(Breakage breakage) {
  return breakage == Breakage::NoDescriptors || breakage == Breakage::NoPorts ||
         breakage == Breakage::NoBuffers || breakage == Breakage::TooLong;
}

enum class Call { Connect, Send, Receive };

namespace event {

struct Begin {};
struct Connected {};
struct Sent {
  std::uint64_t bytes = 0;  // taken by the kernel; for UDP: one datagram of so many bytes
};
struct Received {
  std::string_view bytes;      // valid during step() only; for UDP: one datagram
  std::string_view from = {};  // UDP: the sender, where it is not the address that was asked
};
struct Ended {};  // FIN
struct Broke {
  Breakage breakage = Breakage::Other;
  Call call = Call::Receive;
  std::string text;  // the system's words
};
struct QueueEmpty {};  // the server has read all that this peer sent
struct ServerGone {    // the server under test is no more; not tied to a peer
  Message how;
};
struct Sampled {  // the answer to action::Sample
  Resource resource = Resource::Descriptors;
  std::optional<std::uint64_t> value;  // none: this system does not tell
};
struct ServerStarted {  // the answer to Restart and StartSecond
  bool listens = false;
  Message how;  // why it does not
};
struct Tick {};  // the wake_at of the last output has come

}  // namespace event

struct Event {
  std::size_t peer = 0;
  std::variant<event::Begin, event::Connected, event::Sent, event::Received, event::Ended,
               event::Broke, event::QueueEmpty, event::ServerGone, event::Sampled,
               event::ServerStarted, event::Tick>
      what;
};

namespace action {

struct Connect {
  step::Connect options;
};
struct Write {
  SharedBytes bytes;  // one call of send() as far as the kernel takes it; UDP: one datagram
};
struct HalfClose {};  // after what is still to be written
struct Reset {};
struct Close {};
struct Pause {};
struct Resume {};
struct DropUnsent {};  // forget what the kernel has not taken yet
struct WatchQueue {};  // report QueueEmpty
struct Urgent {
  char byte = '!';
};
struct Sample {  // of the server's processes; report Sampled
  Resource resource = Resource::Descriptors;
};
struct Server {  // reports ServerGone, ServerStarted
  ServerAct act = ServerAct::Terminate;
};

}  // namespace action

struct Action {
  std::size_t peer = 0;
  std::variant<action::Connect, action::Write, action::HalfClose, action::Reset, action::Close,
               action::Pause, action::Resume, action::DropUnsent, action::WatchQueue,
               action::Urgent, action::Sample, action::Server>
      what;
};

struct Output {
  std::vector<Action> actions;
  std::optional<Instant> wake_at;  // send a Tick then; none = no deadline
};

}  // namespace sockspec
