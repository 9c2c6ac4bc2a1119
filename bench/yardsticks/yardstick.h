// What the yardsticks share: the command line, IPv4 sockets, the READY line, and the line of
// figures.
//
// Nothing here runs while something is measured. A yardstick has one thread and one owner, the
// script that started it; whatever goes wrong ends it with one line on standard error and exit code
// 1, because a figure from a run that met an error is no figure.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>

#include "options.h"

namespace sockspec::bench {

using Clock = std::chrono::steady_clock;

// The name of the call and what errno says about it.
[[noreturn]] inline void fail_call(const char* call) {
  fail(std::string(call) + ": " + std::strerror(errno));
}

// A negative result ends the yardstick.
template <class T>
T must(T result, const char* call) {
  if (result < 0) fail_call(call);
  return result;
}

inline const sockaddr* generic(const sockaddr_in& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

// Bound, and for TCP listening. type is SOCK_STREAM or SOCK_DGRAM, with SOCK_NONBLOCK if wanted.
inline int bound_socket(const sockaddr_in& address, int type) {
  const int socket = must(::socket(AF_INET, type | SOCK_CLOEXEC, 0), "socket");
  const int on = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  must(bind(socket, generic(address), sizeof address), "bind");
  if ((type & SOCK_STREAM) != 0) must(listen(socket, 4096), "listen");
  return socket;
}

// One request in flight must not wait for the acknowledgement of the one before.
inline void no_delay(int socket) {
  const int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

// "READY 127.0.0.1:41873" tells whoever started the server where it listens.
inline void announce(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  must(getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
  char host[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, &address.sin_addr, host, sizeof host);
  std::printf("READY %s:%d\n", host, ntohs(address.sin_port));
  std::fflush(stdout);
}

// How many events there are. None when the process was stopped and continued: epoll_wait is not
// restarted then (signal(7)), and the server of some figures is stopped on purpose.
inline int wait_for_events(int epoll, epoll_event* ready, int most, int milliseconds) {
  const int count = epoll_wait(epoll, ready, most, milliseconds);
  return count < 0 && errno == EINTR ? 0 : must(count, "epoll_wait");
}

// For servers that have nothing to say at the end: the handler may as well be the end.
inline void exit_at_sigterm() {
  std::signal(SIGTERM, [](int) { _exit(0); });
  std::signal(SIGPIPE, SIG_IGN);
}

// User and system time of this process.
inline Duration cpu_time() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return std::chrono::seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         std::chrono::microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

inline double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

// The line that ratio.py reads. more: further members, such as ", \"p50_ns\": 7", or none.
inline void print_figures(double requests, Duration length, Duration cpu, const std::string& more) {
  if (requests == 0) fail("no reply came in the time measured");
  std::printf(
      "{\"requests\": %.0f, \"seconds\": %.6f, \"requests_per_s\": %.1f, "
      "\"cpu_us_per_request\": %.4f%s}\n",
      requests, seconds(length), requests / seconds(length), seconds(cpu) * 1e6 / requests,
      more.c_str());
}

}  // namespace sockspec::bench
