#include "core/resemblance.h"

namespace sockspec {
namespace {

constexpr LetterMapping kMappings[] = {LetterMapping::Unchanged, LetterMapping::AsciiUpper,
                                       LetterMapping::UnicodeUpper};

std::optional<Resemblance> found_in(std::string_view reply, std::string_view sent) {
  for (const LetterMapping mapping : kMappings) {
    const std::string inner = mapped(mapping, sent);
    const std::size_t at = reply.find(inner);
    if (at == std::string_view::npos) continue;
    return Resemblance{mapping, std::string(reply.substr(0, at)),
                       std::string(reply.substr(at + inner.size()))};
  }
  return std::nullopt;
}

}  // namespace

std::string mapped(LetterMapping mapping, std::string_view sent) {
  return Transformer(mapping, Framing::Datagram).feed(sent);
}

std::optional<Resemblance> resemblance(std::string_view sent, std::string_view reply) {
  if (sent.empty()) return std::nullopt;
  if (auto found = found_in(reply, sent)) return found;
  if (!sent.ends_with('\n') || sent.size() == 1) return std::nullopt;
  auto found = found_in(reply, sent.substr(0, sent.size() - 1));
  if (found) found->newline_lost = true;
  return found;
}

}  // namespace sockspec
