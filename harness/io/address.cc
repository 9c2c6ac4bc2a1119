#include "io/address.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>

namespace sockspec::io {
namespace {

const sockaddr_in& v4(const sockaddr_storage& storage) {
  return reinterpret_cast<const sockaddr_in&>(storage);
}
const sockaddr_in6& v6(const sockaddr_storage& storage) {
  return reinterpret_cast<const sockaddr_in6&>(storage);
}

}  // namespace

Address::Address(const sockaddr* address, socklen_t size) {
  std::memcpy(&storage_, address, std::min<std::size_t>(size, sizeof storage_));
}

Result<Address> Address::numeric(const std::string& host, std::uint16_t port) {
  sockaddr_in four{};
  sockaddr_in6 six{};
  if (inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    return Address(reinterpret_cast<sockaddr*>(&four), sizeof four);
  }
  if (inet_pton(AF_INET6, host.c_str(), &six.sin6_addr) == 1) {
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    return Address(reinterpret_cast<sockaddr*>(&six), sizeof six);
  }
  return usage_error("\"" + host + "\" is not an address; write 127.0.0.1 or ::1");
}

Result<Address> Address::resolve(const std::string& host, std::uint16_t port) {
  if (auto address = numeric(host, port)) return address;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int rc = getaddrinfo(host.c_str(), nullptr, &hints, &found); rc != 0) {
    return Error{ErrorKind::Unreachable,
                 "the name \"" + host + "\" cannot be resolved: " + gai_strerror(rc)};
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, freeaddrinfo);
  // IPv4 first: that is where small servers listen, "localhost" often names ::1 before 127.0.0.1.
  const addrinfo* best = found;
  for (const addrinfo* each = found; each; each = each->ai_next) {
    if (each->ai_family != AF_INET) continue;
    best = each;
    break;
  }
  return Address(best->ai_addr, best->ai_addrlen).with_port(port);
}

socklen_t Address::size() const {
  return family() == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
}

std::uint16_t Address::port() const {
  return ntohs(family() == AF_INET6 ? v6(storage_).sin6_port : v4(storage_).sin_port);
}

std::string Address::host() const {
  char text[INET6_ADDRSTRLEN] = "?";
  if (family() == AF_INET6) {
    inet_ntop(AF_INET6, &v6(storage_).sin6_addr, text, sizeof text);
  } else {
    inet_ntop(AF_INET, &v4(storage_).sin_addr, text, sizeof text);
  }
  return text;
}

std::string Address::text() const {
  const std::string name = host();
  return (name.find(':') == std::string::npos ? name : "[" + name + "]") + ":" +
         std::to_string(port());
}

in6_addr Address::as_v6() const {
  if (family() == AF_INET6) return v6(storage_).sin6_addr;
  in6_addr mapped{};
  mapped.s6_addr[10] = mapped.s6_addr[11] = 0xFF;
  std::memcpy(&mapped.s6_addr[12], &v4(storage_).sin_addr, 4);
  return mapped;
}

bool Address::is_any() const {
  if (family() == AF_INET) return v4(storage_).sin_addr.s_addr == htonl(INADDR_ANY);
  return IN6_IS_ADDR_UNSPECIFIED(&v6(storage_).sin6_addr);
}

bool Address::is_loopback() const {
  const in6_addr address = as_v6();
  return IN6_IS_ADDR_LOOPBACK(&address) ||
         (IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == 127);
}

Address Address::with_port(std::uint16_t port) const {
  Address copy = *this;
  if (family() == AF_INET6) {
    reinterpret_cast<sockaddr_in6&>(copy.storage_).sin6_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in&>(copy.storage_).sin_port = htons(port);
  }
  return copy;
}

bool Address::operator==(const Address& other) const {
  const in6_addr a = as_v6();
  const in6_addr b = other.as_v6();
  return port() == other.port() && std::memcmp(&a, &b, sizeof a) == 0;
}

Result<std::uint16_t> parse_port(const std::string& text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > 65535) {
    return usage_error("\"" + text + "\" is not a port; write a number from 1 to 65535");
  }
  return static_cast<std::uint16_t>(value);
}

Result<HostPort> parse_host_port(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const bool bracketed = text.starts_with('[');
  const std::size_t close = text.find(']');
  const bool bad_brackets =
      bracketed && (close == std::string::npos || close == 1 || close + 1 != colon);
  const bool bad = colon == std::string::npos || colon == 0 || bad_brackets ||
                   (!bracketed && text.find(':') != colon);
  if (bad)
    return usage_error("\"" + text +
                       "\" is not HOST:PORT; write 127.0.0.1:7, localhost:7 or [::1]:7");
  const Result<std::uint16_t> port = parse_port(text.substr(colon + 1));
  if (!port) return usage_error("\"" + text + "\": " + port.error().text);
  return HostPort{bracketed ? text.substr(1, close - 1) : text.substr(0, colon), *port};
}

}  // namespace sockspec::io
