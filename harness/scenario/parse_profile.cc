#include "scenario/parse_profile.h"

#include <algorithm>

#include "core/embedded_file.h"
#include "core/unicode_uppercase.h"
#include "scenario/json_reader.h"
#include "scenario/read_file.h"

namespace sockspec::scenario {
namespace {

constexpr std::int64_t kMostMessage = 1 << 24;

Reply read_reply(const Reader& in) {
  in.only({"transform", "case", "text", "at_most"});
  Reply reply;
  reply.transform = in.at("transform").named<Transform>();
  if (in.has("case")) {
    reply.letter_case = in.at("case").named<LetterCase>();
    if (reply.transform != Transform::Uppercase)
      in.at("case").error("goes only with \"transform\": \"uppercase\"");
  }
  if (in.has("text")) {
    reply.text = in.at("text").text();
    if (reply.transform != Transform::Text)
      in.at("text").error("goes only with \"transform\": \"text\"");
    if (reply.text.empty()) in.at("text").error("is empty; write the text that the server sends");
  } else if (reply.transform == Transform::Text) {
    in.error("\"transform\": \"text\" needs the field \"text\"");
  }
  if (in.has("at_most")) {
    reply.at_most = static_cast<std::size_t>(in.at("at_most").number(1, kMostMessage));
    if (reply.transform != Transform::AnyText)
      in.at("at_most").error("goes only with \"transform\": \"any-text\"");
  }
  return reply;
}

void read_ending(const Reader& in, Profile& profile) {
  if (!in.json().is_object()) {
    profile.ending = in.named<Ending>();
    if (profile.ending == Ending::Message) in.error("write the message: { \"message\": \"/end\" }");
    return;
  }
  in.only({"message"});
  profile.ending = Ending::Message;
  profile.end_message = in.at("message").text();
  if (profile.end_message.empty())
    in.at("message").error("is empty; write the text that ends the session");
}

// Contracts that contradict themselves would only make wrong verdicts.
void check_sense(const Reader& in, const Profile& profile) {
  const bool udp = profile.transport == Transport::Udp;
  if (udp != (profile.framing == Framing::Datagram)) {
    in.error(udp ? "\"transport\": \"udp\" needs \"framing\": \"datagram\""
                 : "\"framing\": \"datagram\" needs \"transport\": \"udp\"");
  }
  const Transform transform = profile.reply.transform;
  const bool own_words = transform == Transform::Text || transform == Transform::Date ||
                         transform == Transform::AnyText || transform == Transform::Chargen;
  if (profile.speaks_first && !own_words) {
    in.error(
        "\"speaks_first\": true needs a reply that does not depend on what the client sends: "
        "transform text, date, any-text or chargen");
  }
  const bool only_first = transform == Transform::Date || transform == Transform::AnyText ||
                          transform == Transform::Chargen;
  if (only_first && !profile.speaks_first) {
    in.error("transform " + std::string(name_of(transform)) + " needs \"speaks_first\": true");
  }
  const bool only_at_end = transform == Transform::Date || transform == Transform::AnyText;
  if (only_at_end && profile.ending != Ending::AfterReply) {
    in.error("transform " + std::string(name_of(transform)) +
             " needs \"ends\": \"after-reply\": it is complete when the server closes");
  }
  if (udp && (profile.speaks_first || profile.ending != Ending::Client)) {
    in.error("a udp profile has no sessions: leave out \"speaks_first\" and \"ends\"");
  }
  if (profile.framing == Framing::FirstRead && profile.ending != Ending::AfterReply) {
    in.error("\"framing\": \"first-read\" needs \"ends\": \"after-reply\"");
  }
  if (profile.ending == Ending::AfterReply && !udp && profile.framing != Framing::FirstRead) {
    in.error("\"ends\": \"after-reply\" needs \"framing\": \"first-read\"");
  }
}

void read_levels(const Reader& in, Profile& profile) {
  if (!in.json().is_object()) return in.error("write an object: { \"topic/scenario\": \"must\" }");
  for (const auto& [id, unused] : in.json().items()) profile.levels[id] = in.at(id).named<Level>();
}

void read_excludes(const Reader& in, Profile& profile) {
  if (!in.json().is_object())
    return in.error("write an object: { \"topic/scenario\": \"the reason\" }");
  for (const auto& [id, unused] : in.json().items()) {
    profile.exclude[id] = in.at(id).text();
    if (profile.exclude[id].empty()) in.at(id).error("needs a reason; write why it is left out");
  }
}

Profile read_profile(const Reader& in) {
  in.only({"$schema", "profile", "title", "source", "transport", "port", "reply", "framing", "ends",
           "speaks_first", "encoding", "max_message", "concurrency", "levels", "exclude"});
  Profile profile;
  profile.id = in.at("profile").text();
  if (in.has("title")) profile.title = in.at("title").localized();
  if (in.has("source")) profile.source = in.at("source").text();
  profile.transport = in.at("transport").named<Transport>();
  if (in.has("port")) profile.port = static_cast<std::uint16_t>(in.at("port").number(1, 65535));
  profile.reply = read_reply(in.at("reply"));
  profile.framing = in.at("framing").named<Framing>();
  if (in.has("ends")) read_ending(in.at("ends"), profile);
  if (in.has("speaks_first")) profile.speaks_first = in.at("speaks_first").flag();
  if (in.has("encoding")) profile.encoding = in.at("encoding").named<Encoding>();
  if (in.has("max_message")) {
    profile.max_message = static_cast<std::size_t>(in.at("max_message").number(1, kMostMessage));
  }
  if (in.has("concurrency")) profile.concurrency = in.at("concurrency").named<Concurrency>();
  if (in.has("levels")) read_levels(in.at("levels"), profile);
  if (in.has("exclude")) read_excludes(in.at("exclude"), profile);
  check_sense(in, profile);
  return profile;
}

Result<Profile> profile_of(const Json& document, const std::string& file) {
  ErrorLatch errors(file);
  Profile profile = read_profile(Reader(document, "", errors));
  if (errors.error()) return *errors.error();
  profile.json = document.dump();
  return profile;
}

// "reply.text=Hi" onto the document; a value that is not JSON is a text.
Result<Nothing> apply_override(Json& document, const std::string& override_text) {
  const std::size_t equals = override_text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return usage_error("--set \"" + override_text +
                       "\": write NAME=VALUE, such as reply.text=\"Hello!\"");
  }
  const std::string value = override_text.substr(equals + 1);
  if (!is_utf8(override_text))
    return usage_error("--set \"" + override_text.substr(0, equals) + "\": the value is not UTF-8");
  Json* place = &document;
  std::string name = override_text.substr(0, equals);
  for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.')) {
    Json& next = (*place)[name.substr(0, dot)];
    if (!next.is_object()) next = Json::object();
    place = &next;
    name.erase(0, dot + 1);
  }
  const Result<Json> parsed = parse_json(value, "--set");
  const bool was_text = place->contains(name) && (*place)[name].is_string();
  const bool plain = !parsed || (was_text && parsed->is_primitive() && !parsed->is_string());
  (*place)[name] = plain ? Json(value) : *parsed;
  return Nothing{};
}

std::vector<std::string> builtin_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_profiles()) {
    names.emplace_back(file.name.substr(0, file.name.size() - std::string_view(".json").size()));
  }
  return names;
}

Result<std::string> profile_text(const std::string& name) {
  if (const EmbeddedFile* const file = find_file(embedded_profiles(), name + ".json"))
    return std::string(file->content);
  const bool file = name.find('/') != std::string::npos || name.ends_with(".json");
  if (file) return read_file(name);
  return usage_error("there is no profile \"" + name + "\"" + did_you_mean(name, builtin_names()) +
                     " (sockspec list profiles shows all; a file is named with its path or .json)");
}

}  // namespace

Result<Profile> parse_profile(std::string_view text, const std::string& file) {
  const Result<Json> document = parse_json(text, file);
  if (!document) return document.error();
  return profile_of(*document, file);
}

Result<Profile> load_profile(const std::string& name, const std::vector<std::string>& overrides) {
  const Result<std::string> text = profile_text(name);
  if (!text) return text.error();
  Result<Json> document = parse_json(*text, name);
  if (!document) return document.error();
  if (!document->is_object()) return usage_error(name + ": /: write an object, { … }");
  for (const std::string& entry : overrides) {
    if (auto applied = apply_override(*document, entry); !applied) return applied.error();
  }
  return profile_of(*document, overrides.empty() ? name : name + " with --set");
}

Result<std::vector<Profile>> builtin_profiles() {
  std::vector<Profile> profiles;
  for (const EmbeddedFile& file : embedded_profiles()) {
    Result<Profile> profile = parse_profile(file.content, std::string(file.name));
    if (!profile) return profile.error();
    profiles.push_back(std::move(*profile));
  }
  return profiles;
}

}  // namespace sockspec::scenario
