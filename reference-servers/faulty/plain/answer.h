// What a correct server of a profile answers, for the faulty ones to get wrong in one thing.
#pragma once

#include <string>
#include <string_view>

#include "reference-servers/faulty/faulty.h"

namespace sockspec::reference::faulty {

// Answers by the line: tcp-echo-line, tcp-uppercase-line.
bool is_line_profile(const FaultyOptions& options);

// The bytes themselves, uppercased (ASCII) where the profile says so, or its fixed text.
std::string answer(const FaultyOptions& options, std::string_view bytes);

// The fixed text of tcp-greeting, udp-greeting and tcp-qotd, or today's date for tcp-daytime.
std::string text_of(const FaultyOptions& options);

// Takes the first complete line, its "\n" included, out of `input`; empty when there is none yet.
std::string take_line(std::string& input);

}  // namespace sockspec::reference::faulty
