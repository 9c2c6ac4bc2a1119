// Answers with a question mark for every byte that is not ASCII: what a program in Java does where
// the system's encoding is ASCII, as in a container without a locale, and Python's
// errors="replace".
#include <algorithm>
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_question_marks(const FaultyOptions& options) {
  answer_each(options, [&](std::string_view message) {
    std::string ascii(message);
    std::replace_if(
        ascii.begin(), ascii.end(),
        [](char byte) { return static_cast<unsigned char>(byte) > 0x7F; }, '?');
    return answer(options, ascii);
  });
}

}  // namespace sockspec::reference::faulty
