// Address: an IPv4 or IPv6 address with a port.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "core/result.h"

namespace sockspec::io {

class Address {
 public:
  Address() = default;
  Address(const sockaddr* address, socklen_t size);

  // A numeric address: "127.0.0.1", "::1". Error: not an address.
  static Result<Address> numeric(const std::string& host, std::uint16_t port);

  // A name or a numeric address; blocks while the name is resolved. IPv4 is preferred. Error
  // (Unreachable): the name is unknown.
  static Result<Address> resolve(const std::string& host, std::uint16_t port);

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage_); }
  socklen_t size() const;
  int family() const { return storage_.ss_family; }
  std::uint16_t port() const;
  std::string host() const;
  std::string text() const;  // "127.0.0.1:80", "[::1]:80"
  bool is_any() const;       // 0.0.0.0 or ::
  bool is_loopback() const;

  Address with_port(std::uint16_t port) const;

  // Same address and port; an IPv4 address equals its v4-mapped IPv6 form.
  bool operator==(const Address& other) const;

 private:
  in6_addr as_v6() const;

  sockaddr_storage storage_{};
};

// "HOST:PORT", "[::1]:PORT". Error: says what would be right.
struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
Result<HostPort> parse_host_port(const std::string& text);
Result<std::uint16_t> parse_port(const std::string& text);

}  // namespace sockspec::io
