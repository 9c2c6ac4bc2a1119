#include "core/grade/grade_names.h"

namespace sockspec {

template <>
std::span<const Named<grade::State>> names<grade::State>() {
  using grade::State;
  static constexpr Named<State> kTable[] = {{"graded", State::Graded},
                                            {"build-failed", State::BuildFailed},
                                            {"did-not-start", State::DidNotStart},
                                            {"over-limit", State::OverLimit},
                                            {"error", State::Error}};
  return kTable;
}

template <>
std::span<const Named<grade::Isolation>> names<grade::Isolation>() {
  using grade::Isolation;
  static constexpr Named<Isolation> kTable[] = {{"namespaces", Isolation::Namespaces},
                                                {"none", Isolation::None}};
  return kTable;
}

}  // namespace sockspec
