#include "supervise/start_error.h"

#include <chrono>
#include <utility>

namespace sockspec::supervise {
namespace {

Error unreachable(Message message) { return {ErrorKind::Unreachable, "", std::move(message)}; }

std::uint16_t byte_swapped(std::uint16_t port) {
  return static_cast<std::uint16_t>((port << 8U) | (port >> 8U));
}

Message with_last_words(Message message, const std::string& said) {
  message.params.emplace_back("words", said.empty() ? "start.silent" : "start.said");
  if (!said.empty()) message.params.emplace_back("said", "\n" + said);
  return message;
}

}  // namespace

Error could_not_be_started(const std::string& program, const std::string& why) {
  if (why.empty()) return unreachable({"start.no-program", {{"program", program}}});
  return unreachable({"start.refused", {{"program", program}, {"reason", why}}});
}

Error exited_early(const Message& how, std::uint16_t port, const std::string& said) {
  Message message = how.id == "exit.signal"
                        ? Message{"start.killed", {{"signal", how.param("signal")}}}
                        : Message{"start.exited", {{"code", how.param("code")}}};
  message.params.emplace_back("port", std::to_string(port));
  return unreachable(with_last_words(std::move(message), said));
}

Error never_listened(Transport transport, std::uint16_t port, Duration limit,
                     const std::string& said) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit).count();
  Message message{
      transport == Transport::Udp ? "start.no-socket" : "start.no-listener",
      {{"port", std::to_string(port)}, {"seconds", std::to_string(seconds)}, {"word", "{port}"}}};
  return unreachable(with_last_words(std::move(message), said));
}

Error listens_on_another_port(std::uint16_t found, std::uint16_t asked) {
  return unreachable({found == byte_swapped(asked) ? "start.swapped-port" : "start.other-port",
                      {{"found", std::to_string(found)}, {"port", std::to_string(asked)}}});
}

}  // namespace sockspec::supervise
