#include "reports/transcript_json.h"

#include "core/names.h"
#include "reports/bytes_json.h"
#include "reports/messages.h"

namespace sockspec {

// The words for a transcript stand in reports only.
template <>
std::span<const Named<Entry>> names<Entry>() {
  static constexpr Named<Entry> kTable[] = {
      {"connect", Entry::Connect},
      {"write", Entry::Write},
      {"half-close", Entry::HalfClose},
      {"reset", Entry::Reset},
      {"close", Entry::Close},
      {"pause", Entry::Pause},
      {"resume", Entry::Resume},
      {"drop-unsent", Entry::DropUnsent},
      {"urgent", Entry::Urgent},
      {"server-act", Entry::ServerAct},
      {"begin", Entry::Begin},
      {"connected", Entry::Connected},
      {"sent", Entry::Sent},
      {"received", Entry::Received},
      {"ended", Entry::Ended},
      {"broke", Entry::Broke},
      {"queue-empty", Entry::QueueEmpty},
      {"server-gone", Entry::ServerGone},
      {"sampled", Entry::Sampled},
      {"server-started", Entry::ServerStarted},
      {"tick", Entry::Tick},
  };
  return kTable;
}

template <>
std::span<const Named<Breakage>> names<Breakage>() {
  static constexpr Named<Breakage> kTable[] = {
      {"refused", Breakage::Refused},
      {"reset", Breakage::Reset},
      {"timed-out", Breakage::TimedOut},
      {"unreachable", Breakage::Unreachable},
      {"no-descriptors", Breakage::NoDescriptors},
      {"no-ports", Breakage::NoPorts},
      {"no-buffers", Breakage::NoBuffers},
      {"too-long", Breakage::TooLong},
      {"other", Breakage::Other},
  };
  return kTable;
}

template <>
std::span<const Named<Call>> names<Call>() {
  static constexpr Named<Call> kTable[] = {
      {"connect", Call::Connect}, {"send", Call::Send}, {"receive", Call::Receive}};
  return kTable;
}

namespace reports {
namespace {

using scenario::Json;
using scenario::Reader;

constexpr std::int64_t kMost = INT64_MAX;

Json entry_to_json(const TranscriptEntry& entry) {
  Json json;
  json["at_ns"] = entry.at.count();
  if (entry.peer != SIZE_MAX) json["peer"] = entry.peer;  // else it concerns no peer
  json["kind"] = name_of(entry.kind);
  if (entry.size > 0 || entry.kind == Entry::Received) json["size"] = entry.size;
  if (entry.claim.owed > 0) json["owed"] = entry.claim.owed;
  if (entry.claim.candidate > 0) json["candidate"] = entry.claim.candidate;
  if (!entry.bytes.empty()) json["bytes"] = bytes_to_json(entry.bytes, kUncut);
  if (!entry.from.empty()) json["from"] = entry.from;
  if (entry.kind == Entry::Broke) {
    json["breakage"] = name_of(entry.breakage);
    json["call"] = name_of(entry.call);
    json["error"] = entry.text;
  }
  if (entry.kind == Entry::ServerAct || entry.kind == Entry::Sampled) json["of"] = entry.text;
  if (!entry.known) json["known"] = false;
  const bool tells_how = entry.kind == Entry::ServerGone || !entry.how.empty();
  if (tells_how) json["how"] = message_to_json(entry.how, "en");
  return json;
}

TranscriptEntry entry_from_json(const Reader& in) {
  TranscriptEntry entry;
  entry.at = Instant(in.at("at_ns").number(0, kMost));
  entry.peer = in.has("peer") ? static_cast<std::size_t>(in.at("peer").number(0, kMost)) : SIZE_MAX;
  entry.kind = in.at("kind").named<Entry>();
  if (in.has("size")) entry.size = static_cast<std::uint64_t>(in.at("size").number(0, kMost));
  if (in.has("owed")) entry.claim.owed = static_cast<std::size_t>(in.at("owed").number(0, kMost));
  if (in.has("candidate"))
    entry.claim.candidate = static_cast<std::size_t>(in.at("candidate").number(0, kMost));
  if (in.has("bytes")) entry.bytes = bytes_from_json(in.at("bytes"));
  if (in.has("from")) entry.from = in.at("from").text();
  if (in.has("breakage")) entry.breakage = in.at("breakage").named<Breakage>();
  if (in.has("call")) entry.call = in.at("call").named<Call>();
  if (in.has("error")) entry.text = in.at("error").text();
  if (in.has("of")) entry.text = in.at("of").text();
  if (in.has("known")) entry.known = in.at("known").flag();
  if (in.has("how")) entry.how = message_from_json(in.at("how"));
  return entry;
}

}  // namespace

Json message_to_json(const Message& message, std::string_view lang) {
  Json json;
  json["id"] = message.id;
  if (!message.params.empty()) {
    Json& params = json["params"];
    for (const auto& [name, value] : message.params) params[name] = value;
  }
  json["text"] = render(message, lang);
  return json;
}

Message message_from_json(const Reader& in) {
  Message message{in.at("id").text()};
  if (!in.has("params")) return message;
  const Reader params = in.at("params");
  if (!params.json().is_object()) return params.error("write an object, { … }"), message;
  for (const auto& [name, value] : params.json().items()) {
    message.params.emplace_back(name, params.at(name).text());
  }
  return message;
}

Json transcript_to_json(const Transcript& transcript) {
  Json json = Json::array();
  for (const TranscriptEntry& entry : transcript) json.push_back(entry_to_json(entry));
  return json;
}

Transcript transcript_from_json(const Reader& in) {
  Transcript transcript;
  for (const Reader& item : in.items()) transcript.push_back(entry_from_json(item));
  return transcript;
}

}  // namespace reports
}  // namespace sockspec
