#include "core/nearest.h"

#include <algorithm>
#include <vector>

namespace sockspec {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view typed, std::span<const std::string> known) {
  constexpr std::size_t kLongest = 64;  // a longer word is no typing mistake, and costs time
  if (typed.size() > kLongest) return {};
  std::string best;
  std::size_t least = std::max<std::size_t>(2, typed.size() / 2) + 1;
  for (const std::string& name : known) {
    std::size_t d = distance(typed, name);
    // "half-close" means "close/half-close".
    if (typed.size() >= 4 && name.find(typed) != std::string::npos) d = std::min<std::size_t>(d, 1);
    if (d < least) {
      least = d;
      best = name;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view typed, std::span<const std::string> known) {
  const std::string best = nearest(typed, known);
  return best.empty() ? std::string() : "; did you mean \"" + best + "\"?";
}

}  // namespace sockspec
