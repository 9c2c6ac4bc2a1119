// One client that resets at once ends the loop around accept(): the process lives, those who are
// connected are served, the port listens, but nobody new is ever accepted. People look at the first
// byte there, to print it or to tell one protocol from another, and leave the loop at any error.
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <functional>
#include <thread>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

// A reset often comes a moment after the connection. Waiting for what comes first makes it certain.
constexpr int kMomentMs = 20;

// The next client, or -1.
int accept_and_look(int listener) {
  const int client = accept_client(listener);
  pollfd first{.fd = client, .events = POLLIN, .revents = 0};
  ::poll(&first, 1, kMomentMs);
  char byte = 0;
  if (::recv(client, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || errno == EAGAIN) return client;
  std::perror("recv");
  ::close(client);
  return -1;
}

void accept_clients(const FaultyOptions& options, int listener) {
  for (int client = 0; (client = accept_and_look(listener)) >= 0;) {
    std::thread([&options, client] {
      serve_session(options, client);
      ::close(client);
    }).detach();
  }
}

}  // namespace

int serve_accept_fails_for_good(const FaultyOptions& options) {
  std::thread acceptor(accept_clients, std::cref(options), listen_tcp(options));
  acceptor.join();
  for (;;) ::pause();  // the main program has a window to look after
}

}  // namespace sockspec::reference::faulty
