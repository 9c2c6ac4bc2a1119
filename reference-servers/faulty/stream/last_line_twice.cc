// Answers the last line again when the client half-closes: while (!feof(f)) { fgets(buf, size, f);
// fputs(buf, f); }. feof() is true only after a read has failed, and buf still holds the old line.
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/architecture.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {

int serve_last_line_twice(const FaultyOptions& options) {
  thread_per_client(listen_tcp(options), [&](int client) {
    std::string last;
    answer_client(client, options,
                  [&](std::string_view line) { return last = answer(options, line); });
    send_all(client, last);
  });
}

}  // namespace sockspec::reference::faulty
