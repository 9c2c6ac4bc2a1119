// The words of the contract: every enumeration as it is written in scenario, profile and report
// files. One table per type serves reading, writing and "nearest name" messages.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "core/profile.h"
#include "core/scenario.h"
#include "core/verdict.h"

namespace sockspec {

template <class E>
struct Named {
  std::string_view name;
  E value;
};

// Specialized for each enumeration below; the order is the order shown to people.
template <class E>
std::span<const Named<E>> names();

template <>
std::span<const Named<Transport>> names<Transport>();
template <>
std::span<const Named<Transform>> names<Transform>();
template <>
std::span<const Named<LetterCase>> names<LetterCase>();
template <>
std::span<const Named<Framing>> names<Framing>();
template <>
std::span<const Named<Encoding>> names<Encoding>();
template <>
std::span<const Named<Concurrency>> names<Concurrency>();
template <>
std::span<const Named<Ending>> names<Ending>();
template <>
std::span<const Named<Level>> names<Level>();
template <>
std::span<const Named<Axis>> names<Axis>();
template <>
std::span<const Named<Barrier>> names<Barrier>();
template <>
std::span<const Named<Outcome>> names<Outcome>();
template <>
std::span<const Named<Resource>> names<Resource>();
template <>
std::span<const Named<ServerAct>> names<ServerAct>();

template <class E>
std::string_view name_of(E value) {
  for (const Named<E>& entry : names<E>()) {
    if (entry.value == value) return entry.name;
  }
  return "?";  // unreachable: every enumerator stands in its table (names_test.cc)
}

template <class E>
std::optional<E> value_of(std::string_view name) {
  for (const Named<E>& entry : names<E>()) {
    if (entry.name == name) return entry.value;
  }
  return std::nullopt;
}

}  // namespace sockspec
