#include "core/candidate.h"

#include <algorithm>

#include "core/same_prefix.h"

namespace sockspec {
namespace {

constexpr std::size_t kBefore = 24;  // bytes of an excerpt before the difference
constexpr std::size_t kAfter = 40;   // and after it

}  // namespace

void Candidate::owe(const SharedBytes& bytes) {
  if (!alive() || bytes.empty()) return;
  owed_.push_back(bytes);
  owed_size_ += bytes.size();
}

std::size_t Candidate::claim(std::string_view bytes) {
  if (!alive()) return 0;
  const std::size_t right = take_right(bytes);
  remember(bytes.substr(0, right));
  if (right < bytes.size()) rule_out(bytes.substr(right));
  return right;
}

// Takes what is right from the front of what is owed.
std::size_t Candidate::take_right(std::string_view bytes) {
  std::size_t right = 0;
  while (right < bytes.size() && !owed_.empty()) {
    SharedBytes& chunk = owed_.front();
    const std::string_view owed = chunk.view().substr(0, bytes.size() - right);
    const std::size_t same = same_prefix(owed, bytes.substr(right));
    right += same;
    if (same == chunk.size()) {
      owed_.pop_front();
    } else {
      chunk = chunk.slice(same, chunk.size() - same);
      if (same < owed.size()) break;
    }
  }
  owed_size_ -= right;
  excused_ -= std::min(excused_, right);
  received_ += right;
  return right;
}

void Candidate::remember(std::string_view right) {
  recent_ += right.substr(right.size() - std::min(right.size(), kBefore));
  if (recent_.size() > kBefore) recent_.erase(0, recent_.size() - kBefore);
}

void Candidate::rule_out(std::string_view rest) {
  difference_ = Difference{received_, received_ - recent_.size(), recent_ + next(kAfter),
                           recent_ + std::string(rest.substr(0, kAfter))};
}

std::string Candidate::next(std::size_t size) const {
  std::string bytes;
  for (const SharedBytes& chunk : owed_) {
    if (bytes.size() >= size) break;
    bytes += chunk.view().substr(0, size - bytes.size());
  }
  return bytes;
}

void Candidate::forgive() {
  owed_.clear();
  owed_size_ = excused_ = 0;
}

}  // namespace sockspec
