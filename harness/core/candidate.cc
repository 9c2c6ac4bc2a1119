#include "core/candidate.h"

#include <algorithm>

namespace sockspec {
namespace {

constexpr std::size_t kBefore = 24;  // bytes of an excerpt before the difference
constexpr std::size_t kAfter = 40;   // and after it
constexpr std::size_t kCompactAt = 256 * 1024;

}  // namespace

std::size_t Candidate::claim(std::string_view bytes) {
  if (!alive()) return 0;
  const std::string_view owed = next(bytes.size());
  const auto [stop, unused] = std::mismatch(
      bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(owed.size()), owed.begin());
  const auto right = static_cast<std::size_t>(stop - bytes.begin());
  head_ += right;
  excused_ -= std::min(excused_, right);
  received_ += right;
  if (right < bytes.size()) rule_out(bytes.substr(right));
  drop_consumed();
  return right;
}

void Candidate::rule_out(std::string_view rest) {
  const std::size_t before = std::min(head_, kBefore);
  const std::string context = owed_.substr(head_ - before, before);
  difference_ = Difference{received_, received_ - before, context + std::string(next(kAfter)),
                           context + std::string(rest.substr(0, kAfter))};
}

void Candidate::drop_consumed() {
  if (head_ < kCompactAt || head_ < owed_.size() / 2) return;  // half of it: linear in all
  owed_.erase(0, head_ - kBefore);
  head_ = kBefore;
}

}  // namespace sockspec
