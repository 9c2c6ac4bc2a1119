#include "core/names.h"

namespace sockspec {

#define SOCKSPEC_NAMES(E, ...)                          \
  template <>                                           \
  std::span<const Named<E>> names<E>() {                \
    static constexpr Named<E> kTable[] = {__VA_ARGS__}; \
    return kTable;                                      \
  }

SOCKSPEC_NAMES(Transport, {"tcp", Transport::Tcp}, {"udp", Transport::Udp})
SOCKSPEC_NAMES(Transform, {"identity", Transform::Identity}, {"uppercase", Transform::Uppercase},
               {"text", Transform::Text}, {"none", Transform::None}, {"date", Transform::Date},
               {"any-text", Transform::AnyText}, {"chargen", Transform::Chargen})
SOCKSPEC_NAMES(LetterCase, {"ascii", LetterCase::Ascii}, {"unicode", LetterCase::Unicode},
               {"either", LetterCase::Either})
SOCKSPEC_NAMES(Framing, {"stream", Framing::Stream}, {"first-read", Framing::FirstRead},
               {"datagram", Framing::Datagram}, {"line", Framing::Line})
SOCKSPEC_NAMES(Encoding, {"binary", Encoding::Binary}, {"utf-8", Encoding::Utf8})
SOCKSPEC_NAMES(Concurrency, {"concurrent", Concurrency::Concurrent},
               {"sequential", Concurrency::Sequential})
SOCKSPEC_NAMES(Ending, {"client", Ending::Client}, {"after-reply", Ending::AfterReply},
               {"message", Ending::Message})
SOCKSPEC_NAMES(Level, {"must", Level::Must}, {"should", Level::Should}, {"may", Level::May})
SOCKSPEC_NAMES(Axis, {"content", Axis::Content}, {"close", Axis::Close},
               {"resources", Axis::Resources}, {"latency", Axis::Latency})
SOCKSPEC_NAMES(Barrier, {"written", Barrier::Written}, {"reply", Barrier::Reply},
               {"received", Barrier::Received})
SOCKSPEC_NAMES(Outcome, {"pass", Outcome::Pass}, {"fail", Outcome::Fail}, {"warn", Outcome::Warn},
               {"inconclusive", Outcome::Inconclusive}, {"skipped", Outcome::Skipped},
               {"not-run", Outcome::NotRun})
SOCKSPEC_NAMES(Resource, {"descriptors", Resource::Descriptors},
               {"close-wait", Resource::CloseWait}, {"cpu", Resource::Cpu},
               {"memory", Resource::Memory}, {"zombies", Resource::Zombies})
SOCKSPEC_NAMES(ServerAct, {"terminate", ServerAct::Terminate}, {"stop", ServerAct::Stop},
               {"continue", ServerAct::Continue}, {"restart", ServerAct::Restart},
               {"start-second", ServerAct::StartSecond})

#undef SOCKSPEC_NAMES

}  // namespace sockspec
