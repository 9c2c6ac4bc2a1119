// Match: lambdas as the overload set of std::visit.
#pragma once

namespace sockspec {

template <class... F>
struct Match : F... {
  using F::operator()...;
};
template <class... F>
Match(F...) -> Match<F...>;

}  // namespace sockspec
