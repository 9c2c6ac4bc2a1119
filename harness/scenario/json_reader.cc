#include "scenario/json_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/unicode_uppercase.h"

namespace sockspec::scenario {
namespace {

const Json kNull;

constexpr std::size_t kDeepest = 64;         // objects and lists inside each other
constexpr std::size_t kFewKeys = 16;         // of an object, which are quicker looked through
constexpr std::size_t kLongestReason = 200;  // bytes
constexpr std::size_t kLongestError = 600;

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

// One line of UTF-8, not too long, without control characters.
std::string tidy(std::string_view text, std::size_t most) {
  std::string line;
  while (!text.empty() && line.size() < most) {
    const auto point = decode_utf8(text);
    const bool control = point && (point->value < 0x20 || point->value == 0x7F);
    const std::size_t length = point ? point->length : 1;
    line += point && !control ? text.substr(0, length) : "?";
    text.remove_prefix(length);
  }
  return text.empty() ? line : line + "…";
}

std::string reason_of(std::string_view what) {
  // "[json.exception…] parse error at line 1, column 2: syntax error while … - …; expected …"
  const std::size_t colon = what.find(": ");
  const std::size_t bracket = what.find("] ");
  if (colon != std::string_view::npos)
    what = what.substr(colon + 2);
  else if (bracket != std::string_view::npos)
    what = what.substr(bracket + 2);
  return tidy(what, kLongestReason);
}

std::string pointer_to(const std::string& parent, std::string_view key) {
  std::string pointer = parent + "/";
  for (const char c : key) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
  return pointer;
}

// Builds the document as the parser comes through it, and keeps an eye on what the parser does not:
// keys that stand twice, and how deep it is.
class Builder : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(std::string_view leave_out) : leave_out_(leave_out) {}

  Json& document() { return document_; }
  bool too_deep() const { return too_deep_; }
  const std::string& twice() const { return twice_; }
  std::size_t error_at() const { return error_at_; }
  const std::string& error() const { return error_; }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t& value) override { return add(std::move(value)); }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& key) override {
    if (left_out_levels_ > 0) return true;
    if (!leave_out_.empty() && key == leave_out_) {
      leaves_out_next_ = true;
      return true;
    }
    Frame& frame = frames_.back();
    if (stands_in(frame, key) && twice_.empty()) twice_ = pointer_to(here(), key);
    frame.value->get_ref<Json::object_t&>().emplace_back(std::move(key), nullptr);
    return true;
  }
  bool parse_error(std::size_t at, const std::string&,
                   const nlohmann::json::exception& error) override {
    error_at_ = at;
    error_ = error.what();
    return false;
  }

 private:
  struct Frame {
    Json* value;
    std::set<std::string> keys;  // of a large object, where looking at each would take too long
  };

  // Where the next value belongs.
  Json* place() {
    if (frames_.empty()) return &document_;
    Json& parent = *frames_.back().value;
    if (parent.is_array()) return &parent.get_ref<Json::array_t&>().emplace_back();
    return &parent.get_ref<Json::object_t&>().back().second;
  }
  template <class Value>
  bool add(Value&& value) {
    if (left_out_levels_ == 0 && !std::exchange(leaves_out_next_, false))
      *place() = std::forward<Value>(value);
    return true;
  }
  bool open(Json empty) {
    if (left_out_levels_ > 0 || std::exchange(leaves_out_next_, false)) {
      ++left_out_levels_;
      return true;
    }
    too_deep_ = frames_.size() >= kDeepest;
    if (too_deep_) return false;
    Json* const value = place();
    *value = std::move(empty);
    frames_.push_back({value, {}});
    return true;
  }
  bool close() {
    if (left_out_levels_ > 0) {
      --left_out_levels_;
    } else {
      frames_.pop_back();
    }
    return true;
  }

  static bool stands_in(Frame& frame, const std::string& key) {
    const auto& members = frame.value->get_ref<const Json::object_t&>();
    if (members.size() < kFewKeys) {
      return std::any_of(members.begin(), members.end(),
                         [&](const auto& member) { return member.first == key; });
    }
    if (frame.keys.empty()) {
      for (const auto& member : members) frame.keys.insert(member.first);
    }
    return !frame.keys.insert(key).second;
  }

  std::string here() const {
    std::string pointer;
    for (std::size_t i = 0; i + 1 < frames_.size(); ++i) {
      const Json& parent = *frames_[i].value;
      pointer = pointer_to(pointer, parent.is_array()
                                        ? std::to_string(parent.size() - 1)
                                        : parent.get_ref<const Json::object_t&>().back().first);
    }
    return pointer;
  }

  std::string_view leave_out_;
  Json document_;
  std::vector<Frame> frames_;  // the objects and lists that are open
  bool leaves_out_next_ = false;
  std::size_t left_out_levels_ = 0;
  bool too_deep_ = false;
  std::string twice_;
  std::size_t error_at_ = 0;
  std::string error_;
};

}  // namespace

Result<Json> parse_json(std::string_view text, const std::string& file,
                        std::string_view leave_out) {
  Builder builder(leave_out);
  const bool whole = Json::sax_parse(text, &builder);
  if (builder.too_deep()) {
    return usage_error(file + ": is nested too deeply; at most " + std::to_string(kDeepest) +
                       " levels");
  }
  if (!whole) {
    const Place place = place_of(text, builder.error_at());
    return usage_error(file + ":" + std::to_string(place.line) + ":" +
                       std::to_string(place.column) +
                       ": this is not JSON: " + reason_of(builder.error()));
  }
  if (!builder.twice().empty()) {
    return usage_error(file + ": " + tidy(builder.twice(), kLongestReason) +
                       ": stands twice in one object; remove one");
  }
  return std::move(builder.document());
}

void ErrorLatch::report(const std::string& pointer, const std::string& what) {
  if (error_) return;
  error_ = usage_error(file_ + ": " + (pointer.empty() ? "/" : tidy(pointer, kLongestReason)) +
                       ": " + tidy(what, kLongestError));
}

Reader Reader::at(std::string_view key) const {
  const std::string place = pointer_to(pointer_, key);
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
                 (all.empty() ? "; write {}" : " (known: " + all + ")"));
  }
}

}  // namespace sockspec::scenario
