// The correct reference servers: one for every built-in profile, to run by name.
//
// They say, in running code, what a correct server does: the suite is tested against them, and
// `sockspec check PROFILE` without a target checks them. They share no code with harness/, because
// a bug on both sides would cancel out.
//
// The wire contracts are those of RFC 862 (echo), 863 (discard), 864 (chargen), 865 (quote of the
// day), 867 (daytime), of Kurose & Ross 2.7 (uppercase), and of the seed servers (greeting, /end).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sockspec::reference {

// Where and how to serve. A server ignores the fields that its protocol has no use for.
struct ServeOptions {
  // A name or a numeric address, IPv4 or IPv6 without brackets. "0.0.0.0" is every IPv4 address,
  // "::" every address of both families. The first address of a name that can be bound is used.
  std::string host = "127.0.0.1";
  // 0: a free port that the kernel chooses.
  std::uint16_t port = 0;
  // Several servers of one user may have the same port (SO_REUSEPORT): the kernel gives each of
  // them a part of the clients.
  bool reuse_port = false;
  // The reply of tcp-greeting and udp-greeting, the quote of tcp-qotd (at most 512 bytes; RFC 865).
  // Empty: the server's own default.
  std::string text{};
  // tcp-echo-end: the message, in bytes and without a line end, after which the session ends.
  std::string end_message = "/end";
  // Bytes: of a line, its end included (tcp-echo-line, tcp-uppercase-line), and of the request
  // (tcp-uppercase-once). 0: the server's own default, 1,024. A longer request is answered for its
  // first max_message bytes; a longer line is answered too, but a line that has not ended within
  // 64 KiB (or max_message, if that is more) ends the session.
  std::size_t max_message = 0;
};

// Serves until SIGTERM or SIGINT and returns the exit code of the process: 0 after such a signal,
// or 1 after one clear line on standard error, if it could not start. On start it prints
// "READY host:port\n" (IPv6 "READY [host]:port\n"), with the real port, to standard output and
// flushes it; from then on clients are served. After the signal it returns within a second: open
// connections are closed at once, whatever the clients do.
//
// It blocks its thread and is meant to be the only server of its process: it takes over SIGTERM
// and SIGINT while it runs, leaves SIGPIPE ignored, and raises the soft limit of open files to the
// hard one. The options need to live only as long as the call.
using ServeFunction = int (*)(const ServeOptions&);

struct ReferenceServer {
  std::string_view profile;  // the name of the built-in profile that it holds: "tcp-echo"
  std::string_view summary;  // one line for a person, without a full stop
  ServeFunction serve;       // never null
};

// All of them, TCP before UDP, with every profile once. Static, safe from any thread.
std::span<const ReferenceServer> reference_servers();

// The server of this very name, or null. Static, safe from any thread.
const ReferenceServer* find_reference_server(std::string_view profile);

}  // namespace sockspec::reference
