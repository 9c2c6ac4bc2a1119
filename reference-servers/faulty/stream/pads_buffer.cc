// Sends the whole buffer, zeros and all, instead of the bytes that were received: send(s, buf,
// sizeof buf), or getBytes() of a whole array in Java. A terminal does not show the zeros.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/stream/answer_each.h"
#include "reference-servers/faulty/stream/faults.h"

namespace sockspec::reference::faulty {
namespace {

constexpr std::size_t kReadBuffer = 512;
constexpr std::size_t kTextBuffer = 64;  // char text[64] = "Hello, Client!";

}  // namespace

int serve_pads_buffer(const FaultyOptions& options) {
  const std::size_t buffer = options.profile == "tcp-greeting" ? kTextBuffer : kReadBuffer;
  const auto reply = [&options, buffer](std::string_view message) {
    std::string padded = answer(options, message);
    padded.resize(std::max(padded.size(), buffer));
    return padded;
  };
  answer_each(options, reply, kReadBuffer);
}

}  // namespace sockspec::reference::faulty
