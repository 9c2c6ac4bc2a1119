#include "scenario/json_reader.h"

#include <algorithm>

namespace sockspec::scenario {
namespace {

const Json kNull;

std::string kind_of(const Json& value) {
  if (value.is_string()) return "a text";
  if (value.is_number()) return "a number";
  if (value.is_boolean()) return "true or false";
  if (value.is_array()) return "a list";
  if (value.is_object()) return "an object";
  return "null";
}

struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};

Place place_of(std::string_view text, std::size_t byte) {
  Place place;
  for (std::size_t i = 0; i + 1 < byte && i < text.size(); ++i) {
    place.column = text[i] == '\n' ? 1 : place.column + 1;
    if (text[i] == '\n') ++place.line;
  }
  return place;
}

std::string reason_of(std::string_view what) {
  // "[json.exception…] parse error at line 1, column 2: syntax error while … - …; expected …"
  const std::size_t colon = what.find(": ");
  return std::string(colon == std::string_view::npos ? what : what.substr(colon + 2));
}

}  // namespace

Result<Json> parse_json(std::string_view text, const std::string& file) {
  std::vector<std::set<std::string>> keys;
  std::string twice;
  int depth = 0;
  const auto watch = [&](int at, nlohmann::detail::parse_event_t event, Json& parsed) {
    using Parse = nlohmann::detail::parse_event_t;
    depth = std::max(depth, at);
    if (event == Parse::object_start) keys.emplace_back();
    if (event == Parse::object_end && !keys.empty()) keys.pop_back();
    if (event == Parse::key && !keys.empty() &&
        !keys.back().insert(parsed.get<std::string>()).second) {
      if (twice.empty()) twice = parsed.get<std::string>();
    }
    return true;
  };
  try {
    Json document = Json::parse(text, watch);
    if (!twice.empty())
      return usage_error(file + ": the field \"" + twice +
                         "\" stands twice in one object; remove one");
    return document;
  } catch (const nlohmann::json::parse_error& error) {
    const Place place = place_of(text, error.byte);
    return usage_error(file + ":" + std::to_string(place.line) + ":" +
                       std::to_string(place.column) +
                       ": this is not JSON: " + reason_of(error.what()));
  } catch (const nlohmann::json::exception& error) {
    return usage_error(file + ": this is not JSON: " + std::string(error.what()));
  }
}

Reader Reader::at(std::string_view key) const {
  const std::string place = pointer_ + "/" + std::string(key);
  if (!value_->is_object()) {
    error("this is " + kind_of(*value_) + "; write an object, { … }");
    return {kNull, place, *errors_};
  }
  const auto found = value_->find(std::string(key));
  if (found == value_->end()) {
    error("the field \"" + std::string(key) + "\" is missing");
    return {kNull, place, *errors_};
  }
  return {*found, place, *errors_};
}

std::vector<Reader> Reader::items() const {
  std::vector<Reader> items;
  if (!value_->is_array()) {
    error("this is " + kind_of(*value_) + "; write a list, [ … ]");
    return items;
  }
  for (std::size_t i = 0; i < value_->size(); ++i) {
    items.emplace_back((*value_)[i], pointer_ + "/" + std::to_string(i), *errors_);
  }
  return items;
}

std::string Reader::text() const {
  if (value_->is_string()) return value_->get_ref<const std::string&>();
  error("this is " + kind_of(*value_) + "; write a text in quotes");
  return {};
}

bool Reader::flag() const {
  if (value_->is_boolean()) return value_->get<bool>();
  error("this is " + kind_of(*value_) + "; write true or false");
  return false;
}

std::int64_t Reader::number(std::int64_t least, std::int64_t most) const {
  const std::string range = std::to_string(least) + " to " + std::to_string(most);
  if (!value_->is_number_integer()) {
    error("this is " + kind_of(*value_) + "; write a whole number, " + range);
    return least;
  }
  const bool huge = value_->is_number_unsigned() &&
                    value_->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX);
  const std::int64_t number = huge ? INT64_MAX : value_->get<std::int64_t>();
  if (!huge && number >= least && number <= most) return number;
  error(value_->dump() + " is out of range; write " + range);
  return least;
}

LocalizedText Reader::localized() const {
  if (value_->is_string()) return {text(), ""};
  only({"en", "ko"});
  LocalizedText text;
  text.en = at("en").text();
  if (has("ko")) text.ko = at("ko").text();
  return text;
}

void Reader::only(const std::vector<std::string>& fields) const {
  if (!value_->is_object())
    return error("this is " + kind_of(*value_) + "; write an object, { … }");
  for (const auto& [key, unused] : value_->items()) {
    if (std::find(fields.begin(), fields.end(), key) != fields.end()) continue;
    std::string all;
    for (const std::string& field : fields) all += (all.empty() ? "" : ", ") + field;
    return error("the field \"" + key + "\" is not known here" + did_you_mean(key, fields) +
                 " (known: " + all + ")");
  }
}

}  // namespace sockspec::scenario
