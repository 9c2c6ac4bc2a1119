// Result<T>: a value, or an Error that a person can act on.
//
// The only error convention between modules: no exception crosses a module line. An Error's kind
// decides the exit code (cli/exit_code.h); its text says what, where, and what would be right. What
// a student reads is a message instead, and reports/error_text.h puts it into words.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

#include "core/message.h"

namespace sockspec {

enum class ErrorKind {
  Usage,        // a bad option, file or pattern: exit 2
  Unreachable,  // the server could not be started or reached: exit 3
  Harness,      // this machine or sockspec itself failed: exit 4
};

struct Error {
  ErrorKind kind = ErrorKind::Usage;
  std::string text;  // in English; "" where `message` has the words of every language
  Message message = {};
};

inline Error usage_error(std::string text) { return {ErrorKind::Usage, std::move(text)}; }

// A message that names an error as its reason: {@why} of its text.
inline Message because(std::string id, const Error& error) {
  Message message{std::move(id), {{"why", error.message.empty() ? error.text : error.message.id}}};
  for (const auto& param : error.message.params) {
    if (param.first != "why") message.params.push_back(param);
  }
  return message;
}

struct Nothing {};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T held) : state_(std::move(held)) {}        // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }

  const T& value() const& {
    assert(ok());
    return std::get<T>(state_);
  }
  T& value() & {
    assert(ok());
    return std::get<T>(state_);
  }
  T value() && {  // no reference: `for (… : f().value())` would outlive the Result
    assert(ok());
    return std::get<T>(std::move(state_));
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const Error& error() const {
    assert(!ok());
    return std::get<Error>(state_);
  }

 private:
  std::variant<T, Error> state_;
};

}  // namespace sockspec
