#include "scenario/write_profile.h"

#include "core/names.h"
#include "scenario/json_reader.h"

namespace sockspec::scenario {
namespace {

Json reply_to_json(const Reply& reply) {
  Json json = {{"transform", name_of(reply.transform)}};
  if (reply.transform == Transform::Uppercase) json["case"] = name_of(reply.letter_case);
  if (reply.transform == Transform::Text) json["text"] = reply.text;
  if (reply.at_most > 0) json["at_most"] = reply.at_most;
  return json;
}

}  // namespace

std::string profile_to_json(const Profile& profile) {
  Json json;
  json["profile"] = profile.id;
  if (!profile.title.en.empty()) {
    json["title"]["en"] = profile.title.en;
    if (!profile.title.ko.empty()) json["title"]["ko"] = profile.title.ko;
  }
  if (!profile.source.empty()) json["source"] = profile.source;
  json["transport"] = name_of(profile.transport);
  if (profile.port) json["port"] = *profile.port;
  json["reply"] = reply_to_json(profile.reply);
  json["framing"] = name_of(profile.framing);
  if (profile.transport == Transport::Tcp) {
    if (profile.ending == Ending::Message) {
      json["ends"] = {{"message", profile.end_message}};
    } else {
      json["ends"] = name_of(profile.ending);
    }
    json["speaks_first"] = profile.speaks_first;
  }
  json["encoding"] = name_of(profile.encoding);
  if (profile.max_message > 0) json["max_message"] = profile.max_message;
  json["concurrency"] = name_of(profile.concurrency);
  for (const auto& [id, level] : profile.levels) json["levels"][id] = name_of(level);
  for (const auto& [id, reason] : profile.exclude) json["exclude"][id] = reason;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sockspec::scenario
