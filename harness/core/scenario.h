// Scenario: one behaviour, as data. What a file under scenarios/ says, before it meets a profile.
//
// Plain data; scenario/parse_scenario.h makes it from JSON. core/script.h binds it to a profile and
// a seed, which turns groups, loops and sizes into concrete moves.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/message.h"
#include "core/profile.h"
#include "core/time.h"

namespace sockspec {

enum class Axis { Content, Close, Resources, Latency };

// What can be measured of the processes of the server under test, all of them together.
enum class Resource {
  Descriptors,  // open ones
  CloseWait,    // connections that the client has ended and the server has not
  Cpu,          // nanoseconds used so far; where it is judged also those it had to wait for more
  Memory,       // bytes resident that belong to it alone
  Zombies,      // ended children that nobody waited for
};

// What can be done to the server under test as a process.
enum class ServerAct {
  Terminate,    // SIGTERM
  Stop,         // SIGSTOP
  Continue,     // SIGCONT
  Restart,      // started again on the same port, at once
  StartSecond,  // a second one on the same port, beside the first
};

inline bool starts_server(ServerAct act) {
  return act == ServerAct::Restart || act == ServerAct::StartSecond;
}

// Profile properties that a scenario, or one of its steps, needs. An empty list asks nothing; a
// list with several values is met by any of them.
struct Requirement {
  std::vector<Transport> transport;
  std::vector<Framing> framing;
  std::vector<Ending> ending;
  std::vector<Transform> transform;
  std::vector<LetterCase> letter_case;
  std::vector<Encoding> encoding;
  std::vector<Concurrency> concurrency;
  std::optional<bool> speaks_first;
  std::optional<bool> max_message;  // does the profile limit its messages?
};

struct Citation {
  std::string document;
  std::string section;
  std::string quote;
};

// A number of bytes: `factor` x `figure` + `plus`. A figure is "" (just bytes), "max_message",
// "tcp_wmem.max", or "$name" for a loop variable. With `up_to` the size is drawn from [this,
// up_to].
struct Size {
  std::uint64_t factor = 0;
  std::string figure;
  std::int64_t plus = 0;
  std::optional<std::uint64_t> up_to;
};

// Bytes to send or to expect, before seed and profile are known.
struct Payload {
  enum class Kind {
    Literal,     // `bytes`
    Random,      // seeded, `size` bytes drawn from `alphabet`
    Request,     // seeded, a well-formed message of `size` bytes for the profile
    Lines,       // seeded, `size` lines of different lengths
    EndMessage,  // the profile's end message
  };
  Kind kind = Kind::Literal;
  std::string bytes;
  Size size;
  std::string alphabet;  // "bytes", "letters" or "text"
  std::uint64_t times = 1;
};

struct Split {
  enum class Kind { Whole, Every, Sizes, InsideCodePoints };
  Kind kind = Kind::Whole;
  std::vector<std::size_t> sizes;  // Every: one entry; Sizes: the rest of the payload in one piece
};

// What must be true before the next piece goes out, and before the send step is over.
enum class Barrier {
  Written,   // this machine's kernel took the bytes
  Reply,     // everything owed so far has come back
  Received,  // the server has read everything (its receive queue is empty)
};

namespace step {

struct Connect {
  std::optional<std::size_t> send_buffer;     // bytes, set before connect
  std::optional<std::size_t> receive_buffer;  // bytes, set before connect
  bool paused = false;                        // do not read until resumed
  bool connected = false;                     // UDP: a connected socket
  bool unjudged = false;                      // what comes on it is not compared with anything
  bool timed = false;  // by a stopwatch: acknowledges as the system does, not each segment at once
  std::string to;      // another address of this machine, for a server bound to all
  std::size_t count = 1;
};
struct Send {
  Payload payload;
  Split split;
  Barrier barrier = Barrier::Written;
  std::optional<Duration> stalled_after;  // the step ends when nothing was taken for so long
  bool keep_rest = false;                 // after a stall: go on writing, instead of dropping
};
// One whole request and reply, in the way of the profile: on the open connection, on a new one
// where the server ends the session, without a request where the server speaks first.
struct Exchange {
  Payload payload;
  Split split;
  Barrier barrier = Barrier::Written;
};
struct ExpectReply {
  std::optional<Size> bytes;  // only so many of an endless reply
  bool same_source = false;   // UDP: from the address and port that was asked
};
struct ExpectBytes {
  Payload payload;
};
struct ExpectEnd {
  bool reset_fails = false;  // a reset is a failure even after everything owed has come
  bool any_close = false;    // a reset is as good as a FIN
};
struct Quiet {
  Duration window{};
};
struct Hold {  // let time pass, observing nothing
  Duration window{};
};
struct HalfClose {};
struct Reset {};
struct Close {};
struct Pause {};
struct Resume {};
struct Alive {};  // a fresh connection is served
struct Urgent {   // one urgent byte (RFC 9293, 3.8.5)
  char byte = '!';
};
// A figure of the server's processes: kept under a name, or judged. Tried again until it holds or
// the time is over, because servers clean up when they get to it.
struct Sample {
  Resource resource = Resource::Descriptors;
  std::string as;                        // keep it under this name
  std::optional<std::uint64_t> at_most;  // or judge it; of Cpu: percent of one processor
  std::string above;                     // at_most counts from the sample kept under this name
  Duration over{};                       // of Cpu: the window
};
struct Server {
  ServerAct act = ServerAct::Terminate;
};
struct ExpectExit {};  // all its processes have ended
// The middle one of the times that a stopwatch took.
struct Median {
  std::string of;
  std::optional<Duration> at_most;
  double times = 0;      // or at most so many times the median of ...
  std::string than;      // ... this stopwatch
  Duration allowance{};  // and this on top
};
struct Loop;       // repeat, for_each
struct Stopwatch;  // how long its steps take, taken together

}  // namespace step

struct Step;

namespace step {
struct Loop {
  std::string variable;             // "" for a plain repeat
  std::optional<Duration> enough;   // once so much time has passed since the beginning of the
                                    // scenario, no further round is begun
  std::vector<std::uint64_t> over;  // one round for each
  std::vector<Step> body;
};
struct Stopwatch {
  std::string name;
  std::vector<Step> body;
};
}  // namespace step

struct Step {
  std::string peer;
  std::string pointer;  // JSON pointer in the file, for messages
  std::string check;    // "" = the default of the kind
  std::optional<Axis> axis;
  std::optional<Level> level;
  std::optional<Duration> within;
  Requirement when;
  bool in_turn = false;  // a group acts one after the other, not together
  bool reverse = false;  // and in the opposite order
  std::variant<step::Connect, step::Send, step::Exchange, step::ExpectReply, step::ExpectBytes,
               step::ExpectEnd, step::Quiet, step::Hold, step::HalfClose, step::Reset, step::Close,
               step::Pause, step::Resume, step::Alive, step::Urgent, step::Sample, step::Server,
               step::ExpectExit, step::Median, step::Stopwatch, step::Loop>
      action;
};

// The steps that a step is made of; null where it is none of those.
inline const std::vector<Step>* inner_steps(const Step& step) {
  if (const auto* loop = std::get_if<step::Loop>(&step.action)) return &loop->body;
  if (const auto* watch = std::get_if<step::Stopwatch>(&step.action)) return &watch->body;
  return nullptr;
}

// Is it true of a step, at any depth?
inline bool any_step(const std::vector<Step>& steps, const std::function<bool(const Step&)>& is) {
  return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    const std::vector<Step>* const inner = inner_steps(step);
    return is(step) || (inner && any_step(*inner, is));
  });
}

constexpr Duration kDefaultBudget = std::chrono::seconds(6);

struct Scenario {
  std::string id;
  int version = 1;
  LocalizedText title;
  Level level = Level::Must;
  bool sanity = false;    // runs first and last; the others mean nothing if it fails
  bool optional = false;  // only when asked for: it is slow, or needs a server of a special kind
  Requirement requires_;
  std::vector<Citation> cites;
  std::vector<std::string> needs;    // ids: when one of them fails, it explains a failure here
  std::vector<std::string> catches;  // names of faults
  // All its steps together; a run that takes longer is in doubt.
  Duration budget = kDefaultBudget;
  LocalizedText explanation;  // what the scenario is about
  LocalizedText hint;         // what usually is wrong, and what to change
  std::vector<Step> steps;
};

}  // namespace sockspec
