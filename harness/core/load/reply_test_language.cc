#include "core/load/reply_test_language.h"

#include <array>

namespace sockspec::load {

Profile tcp(Transform transform) {
  Profile profile;
  profile.id = "own";
  profile.reply.transform = transform;
  return profile;
}

Profile line(Transform transform) {
  Profile profile = tcp(transform);
  profile.framing = Framing::Line;
  return profile;
}

Profile udp(Transform transform) {
  Profile profile = tcp(transform);
  profile.transport = Transport::Udp;
  profile.framing = Framing::Datagram;
  return profile;
}

Payloads payloads_of(const Profile& profile, SizeRange size) {
  return Payloads::make(profile, size, 42).value();
}

std::string request_text(const Payloads& payloads, const RequestId& id) {
  std::string text(payloads.request_size(id), '\0');
  payloads.write_request(id, text.data());
  return text;
}

std::string reply_text(const Payloads& payloads, const RequestId& id) {
  return payloads.reply(id).excerpt(0, payloads.reply_size(id));
}

std::string story(const std::vector<Judged>& judged) {
  constexpr std::array<std::string_view, kReplyVerdicts> kNames = {
      "Ok",   "Corrupt",   "WrongTransform", "CrossTalk", "Duplicate",   "Reordered", "Late",
      "Lost", "Truncated", "OverLong",       "Merged",    "Unsolicited", "Reset",     "EarlyEnd"};
  std::string text;
  for (const Judged& one : judged) {
    if (!text.empty()) text += ", ";
    text += std::string(kNames[static_cast<std::size_t>(one.verdict)]) + " " +
            std::to_string(one.sequence);
    if (one.replaces_lost) text += " (was lost)";
  }
  return text;
}

VerdictCounts counts(const std::vector<Judged>& judged) {
  VerdictCounts sum;
  for (const Judged& one : judged) {
    ++sum[one.verdict];
    if (one.replaces_lost) --sum[ReplyVerdict::Lost];
  }
  return sum;
}

std::vector<std::string> FaultyServer::answer(std::uint64_t first, std::uint64_t end) {
  std::vector<std::string> sent;
  const auto reply = [&](std::uint64_t i) {
    return reply_text(payloads_, payloads_.id(connection_, i));
  };
  for (std::uint64_t i = first; i < end; ++i) {
    if (chance(faults_.drop)) {
      ++truth_[ReplyVerdict::Lost];
    } else if (chance(faults_.duplicate)) {
      ++truth_[ReplyVerdict::Ok];
      ++truth_[ReplyVerdict::Duplicate];
      sent.push_back(reply(i));
      sent.push_back(reply(i));
    } else if (chance(faults_.corrupt) && reply(i) != "\n") {
      ++truth_[ReplyVerdict::Corrupt];
      std::string text = reply(i);
      const std::size_t body = text.size() - (text.back() == '\n' ? 1 : 0);
      // Neither into its other case nor into a newline, which are other faults.
      text[random_.below(body)] ^= static_cast<char>(0x80 | random_.below(0x20));
      sent.push_back(std::move(text));
    } else if (i + 1 < end && chance(faults_.reorder)) {
      ++truth_[ReplyVerdict::Ok];
      ++truth_[ReplyVerdict::Reordered];
      sent.push_back(reply(i + 1));
      sent.push_back(reply(i));
      ++i;
    } else {
      ++truth_[ReplyVerdict::Ok];
      sent.push_back(reply(i));
    }
  }
  return sent;
}

}  // namespace sockspec::load
