#include "supervise/proc_net.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

namespace sockspec::supervise {
namespace {

constexpr std::string_view kListening = "0A";
constexpr std::string_view kUdpBound = "07";

// All of `text` as a hexadecimal number.
template <class Number>
bool read_hex(std::string_view text, Number& into) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, into, 16);
  return error == std::errc() && stop == end;
}

// "0100007F:1F90": the address as 32-bit words in the machine's order, in hex.
std::optional<io::Address> parse_address(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon != 8 && colon != 32) return std::nullopt;
  std::uint32_t words[4] = {};
  for (std::size_t i = 0; i * 8 < colon; ++i) {
    if (!read_hex(text.substr(i * 8, 8), words[i])) return std::nullopt;
  }
  std::uint16_t port = 0;
  if (!read_hex(text.substr(colon + 1), port)) return std::nullopt;
  if (colon == 8) {
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    four.sin_addr.s_addr = words[0];
    return io::Address(reinterpret_cast<const sockaddr*>(&four), sizeof four);
  }
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(port);
  std::memcpy(&six.sin6_addr, words, sizeof words);
  return io::Address(reinterpret_cast<const sockaddr*>(&six), sizeof six);
}

}  // namespace

std::vector<BoundSocket> parse_proc_net(std::string_view text, Transport transport) {
  std::vector<BoundSocket> found;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string slot, local, remote, state, queues, timer, retransmits, uid, timeout;
    std::uint64_t inode = 0;
    fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> uid >>
        timeout >> inode;
    if (!fields) continue;
    if (state != (transport == Transport::Tcp ? kListening : kUdpBound)) continue;
    if (const auto address = parse_address(local)) found.push_back({*address, inode});
  }
  return found;
}

std::vector<BoundSocket> bound_sockets_in_proc(Transport transport) {
  std::vector<BoundSocket> found;
  const char* const name = transport == Transport::Tcp ? "/proc/net/tcp" : "/proc/net/udp";
  for (const char* const suffix : {"", "6"}) {
    std::ifstream file(std::string(name) + suffix);
    std::stringstream text;
    text << file.rdbuf();
    for (BoundSocket& socket : parse_proc_net(text.str(), transport)) found.push_back(socket);
  }
  return found;
}

std::optional<std::uint64_t> parse_datagram_drops(std::string_view text, std::uint16_t port) {
  std::optional<std::uint64_t> drops;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string slot, local, remote, state, queues, timer, retransmits, uid, timeout, inode, users,
        pointer;
    std::uint64_t here = 0;
    fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> uid >>
        timeout >> inode >> users >> pointer >> here;
    const auto address = fields ? parse_address(local) : std::nullopt;
    if (state == kUdpBound && address && address->port() == port) drops = drops.value_or(0) + here;
  }
  return drops;
}

std::optional<std::uint64_t> datagram_drops(std::uint16_t port) {
  std::optional<std::uint64_t> drops;
  for (const char* const name : {"/proc/net/udp", "/proc/net/udp6"}) {
    std::ifstream file(name);
    std::stringstream text;
    text << file.rdbuf();
    const auto here = parse_datagram_drops(text.str(), port);
    if (here) drops = drops.value_or(0) + *here;
  }
  return drops;
}

}  // namespace sockspec::supervise
