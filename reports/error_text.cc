#include "reports/error_text.h"

#include "reports/messages.h"

namespace sockspec::reports {

std::string error_text(const Error& error, std::string_view lang) {
  return error.message.empty() ? error.text : render(error.message, lang);
}

Message message_of(const Error& error) {
  return error.message.empty() ? Message{"error.text", {{"text", error.text}}} : error.message;
}

}  // namespace sockspec::reports
