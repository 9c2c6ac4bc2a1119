// Transcripts in a JSON report.
#pragma once

#include "core/transcript.h"
#include "scenario/json_reader.h"

namespace sockspec::reports {

scenario::Json transcript_to_json(const Transcript& transcript);
Transcript transcript_from_json(const scenario::Reader& in);

scenario::Json message_to_json(const Message& message, std::string_view lang);
Message message_from_json(const scenario::Reader& in);

}  // namespace sockspec::reports
