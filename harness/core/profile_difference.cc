#include "core/profile_difference.h"

namespace sockspec {

std::vector<std::string> differing_fields(const Profile& a, const Profile& b) {
  std::vector<std::string> fields;
  const auto differs = [&](bool different, const char* name) {
    if (different) fields.emplace_back(name);
  };
  differs(a.transport != b.transport, "transport");
  differs(a.reply.transform != b.reply.transform, "reply.transform");
  differs(a.reply.letter_case != b.reply.letter_case, "reply.case");
  differs(a.reply.text != b.reply.text, "reply.text");
  differs(a.reply.at_most != b.reply.at_most, "reply.at_most");
  differs(a.framing != b.framing, "framing");
  differs(a.ending != b.ending || a.end_message != b.end_message, "ends");
  differs(a.speaks_first != b.speaks_first, "speaks_first");
  differs(a.encoding != b.encoding, "encoding");
  differs(a.max_message != b.max_message, "max_message");
  differs(a.concurrency != b.concurrency, "concurrency");
  return fields;
}

}  // namespace sockspec
