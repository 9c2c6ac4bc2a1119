#include "reports/difference_text.h"

#include <algorithm>
#include <sstream>

#include "core/excerpt.h"
#include "reports/columns.h"
#include "reports/messages.h"

namespace sockspec::reports {
namespace {

constexpr std::size_t kHexBytes = 16;

std::string hex_part(std::string_view bytes, std::size_t start) {
  return hex(bytes.substr(std::min(start, bytes.size()), kHexBytes));
}

}  // namespace

ShownDifference shown_difference(const Difference& difference) {
  const auto mark = static_cast<std::size_t>(difference.offset - difference.window_offset);
  ShownDifference shown;
  shown.expected = escaped(difference.expected, mark, nullptr);
  shown.received = escaped(difference.received, mark, &shown.column);
  // A reply that ends too early differs in the byte after its last.
  const std::size_t hex_mark = std::min(mark, difference.received.size());
  const std::size_t start = hex_mark > kHexBytes / 2 ? hex_mark - kHexBytes / 2 : 0;
  shown.expected_hex = hex_part(difference.expected, start);
  shown.received_hex = hex_part(difference.received, start);
  shown.hex_column = (hex_mark - start) * 3;
  return shown;
}

std::string difference_text(const Difference& difference, const Style& style, std::string_view lang,
                            std::size_t indent) {
  // Both excerpts begin in the same column, so that the eye can compare them.
  const std::string wanted = render({"console.wanted"}, lang);
  const std::string got = render({"console.got"}, lang);
  const std::size_t widest = std::max(columns(wanted), columns(got));
  const std::string before_wanted = std::string(indent, ' ') + left(wanted, widest);
  const std::string before_got = std::string(indent, ' ') + left(got, widest);
  const std::string margin(indent + widest + 2, ' ');

  const ShownDifference shown = shown_difference(difference);
  std::ostringstream out;
  out << before_wanted << " \"" << shown.expected << "\"\n"
      << before_got << " \"" << shown.received << "\"\n"
      << margin << std::string(shown.column, ' ') << style.red("^") << "\n"
      << before_wanted << "  " << shown.expected_hex << "\n"
      << before_got << "  " << shown.received_hex << "\n"
      << margin << std::string(shown.hex_column, ' ') << style.red("^^") << "\n";
  return out.str();
}

}  // namespace sockspec::reports
