// The words of sockspec in each language: reports/messages/<lang>.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"

namespace sockspec::reports {

// "en" or "ko".
bool is_language(std::string_view lang);

// "ko" for a Korean locale (LC_ALL, LC_MESSAGES, LANG as given), else "en".
std::string language_of_locale(std::string_view locale);

// The message in words; {name} is replaced by the parameter, {@name} by the message whose id is the
// parameter (where it is none, by the parameter), and a part in [[…]] is left out when its
// parameter is 0. An id that a catalogue does not have is shown as it is, with its parameters:
// better than nothing in a report, and messages_test.cc makes sure that none is missing.
std::string render(const Message& message, std::string_view lang);

// For tests: the ids of a catalogue, and the names in braces of one text.
std::vector<std::string> message_ids(std::string_view lang);
std::vector<std::string> placeholders(std::string_view lang, const std::string& id);

}  // namespace sockspec::reports
