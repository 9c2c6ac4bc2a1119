// Reading JSON that people wrote: every error says file, place, what is wrong and what would be
// right.
//
// An error is latched: after the first one every reader returns defaults, so parsing code reads
// straight down and asks once at the end.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"
#include "core/names.h"
#include "core/nearest.h"
#include "core/result.h"

namespace sockspec::scenario {

using Json = nlohmann::ordered_json;

// Members named `leave_out` are read over, whatever they hold: a document of megabytes of which
// little is asked. Errors: not JSON (line and column), nested too deeply, a key that stands twice.
Result<Json> parse_json(std::string_view text, const std::string& file,
                        std::string_view leave_out = {});

// Where errors of one file are collected; only the first is kept.
class ErrorLatch {
 public:
  explicit ErrorLatch(std::string file) : file_(std::move(file)) {}

  // What the file contributes to `what` may be anything: it becomes one line of bounded length.
  void report(const std::string& pointer, const std::string& what);
  const std::optional<Error>& error() const { return error_; }

 private:
  std::string file_;
  std::optional<Error> error_;
};

// A JSON value at a place. Cheap to copy; must not outlive the document and the latch.
class Reader {
 public:
  Reader(const Json& value, std::string pointer, ErrorLatch& errors)
      : value_(&value), pointer_(std::move(pointer)), errors_(&errors) {}

  const Json& json() const { return *value_; }
  const std::string& pointer() const { return pointer_; }
  void error(const std::string& what) const { errors_->report(pointer_, what); }

  bool has(std::string_view key) const { return value_->is_object() && value_->contains(key); }
  Reader at(std::string_view key) const;
  std::vector<Reader> items() const;  // of an array

  std::string text() const;
  bool flag() const;
  std::int64_t number(std::int64_t least, std::int64_t most) const;
  LocalizedText localized() const;  // { "en": …, "ko": … }

  template <class E>
  E named() const {
    const std::string name = text();
    if (const std::optional<E> value = value_of<E>(name)) return *value;
    std::vector<std::string> known;
    std::string all;
    for (const Named<E>& entry : names<E>()) {
      known.emplace_back(entry.name);
      all += (all.empty() ? "" : ", ") + std::string(entry.name);
    }
    if (value_->is_string()) {
      error("\"" + name + "\" is not known here" + did_you_mean(name, known) + " (one of: " + all +
            ")");
    }
    return names<E>().front().value;
  }

  // One name, or a list of them.
  template <class E>
  std::vector<E> named_list() const {
    if (value_->is_string()) return {named<E>()};
    std::vector<E> values;
    for (const Reader& item : items()) values.push_back(item.named<E>());
    return values;
  }

  // Error: a field that is none of these, with the nearest that is.
  void only(const std::vector<std::string>& fields) const;

 private:
  const Json* value_;
  std::string pointer_;
  ErrorLatch* errors_;
};

}  // namespace sockspec::scenario
