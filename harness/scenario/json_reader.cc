#include "scenario/json_reader.h"

#include <algorithm>

#include "core/unicode_uppercase.h"

namespace sockspec::scenario {
namespace {

const Json kNull;

constexpr std::size_t kDeepest = 64;         // objects and lists inside each other
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

// Goes through a document for what the parser does not tell: keys that stand twice, and how deep it
// is. The parser's own callback would do, but it looks at every element of a list again for each
// object that ends in it.
class Watch : public nlohmann::json_sax<Json> {
 public:
  bool too_deep() const { return too_deep_; }
  const std::string& twice() const { return twice_; }

  bool null() override { return next_item(); }
  bool boolean(bool) override { return next_item(); }
  bool number_integer(number_integer_t) override { return next_item(); }
  bool number_unsigned(number_unsigned_t) override { return next_item(); }
  bool number_float(number_float_t, const string_t&) override { return next_item(); }
  bool string(string_t&) override { return next_item(); }
  bool binary(binary_t&) override { return next_item(); }
  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& key) override {
    frames_.back().key = key;
    if (!frames_.back().keys.insert(key).second && twice_.empty()) twice_ = here();
    return true;
  }
  // The parser comes to the same place, and says more about it.
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
    return false;
  }

 private:
  struct Frame {
    bool list;
    std::set<std::string> keys;
    std::string key;
    std::size_t index;
  };

  bool open(bool list) {
    too_deep_ = frames_.size() >= kDeepest;
    if (!too_deep_) frames_.push_back({list, {}, {}, 0});
    return !too_deep_;
  }
  bool close() {
    frames_.pop_back();
    return next_item();
  }
  bool next_item() {
    if (!frames_.empty() && frames_.back().list) ++frames_.back().index;
    return true;
  }
  std::string here() const {
    std::string pointer;
    for (const Frame& frame : frames_) {
      pointer = pointer_to(pointer, frame.list ? std::to_string(frame.index) : frame.key);
    }
    return pointer;
  }

  std::vector<Frame> frames_;
  std::string twice_;
  bool too_deep_ = false;
};

}  // namespace

Result<Json> parse_json(std::string_view text, const std::string& file) {
  Watch watch;
  try {
    Json::sax_parse(text, &watch);
    if (watch.too_deep())
      return usage_error(file + ": is nested too deeply; at most " + std::to_string(kDeepest) +
                         " levels");
    Json document = Json::parse(text);
    if (!watch.twice().empty()) {
      return usage_error(file + ": " + tidy(watch.twice(), kLongestReason) +
                         ": stands twice in one object; remove one");
    }
    return document;
  } catch (const nlohmann::json::parse_error& error) {
    const Place place = place_of(text, error.byte);
    return usage_error(file + ":" + std::to_string(place.line) + ":" +
                       std::to_string(place.column) +
                       ": this is not JSON: " + reason_of(error.what()));
  } catch (const nlohmann::json::exception& error) {
    return usage_error(file + ": this is not JSON: " + reason_of(error.what()));
  }
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
