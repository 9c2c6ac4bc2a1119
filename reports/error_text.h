// The words of an error, in the language of whoever reads it.
#pragma once

#include <string>
#include <string_view>

#include "core/message.h"
#include "core/result.h"

namespace sockspec::reports {

std::string error_text(const Error& error, std::string_view lang);

// For a report. An error that has its words already is "error.text".
Message message_of(const Error& error);

}  // namespace sockspec::reports
