// epoll_wait() returned -1, so something is broken: perror(), exit(1). But it also returns -1 with
// EINTR when the process was stopped and continued (Ctrl-Z, a debugger, a laptop lid; signal(7)).
#include <sys/epoll.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <thread>

#include "reference-servers/faulty/lifecycle/faults.h"
#include "reference-servers/faulty/plain/answer.h"
#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {
namespace {

void serve(int client, const FaultyOptions& options) {
  for (std::string bytes; !(bytes = receive(client)).empty();) {
    if (!send_all(client, answer(options, bytes))) break;
  }
  ::close(client);
}

}  // namespace

int serve_dies_on_eintr(const FaultyOptions& options) {
  const int listener = listen_tcp(options);
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  epoll_event event{.events = EPOLLIN, .data = {.fd = listener}};
  ::epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    if (::epoll_wait(poll, &event, 1, -1) < 0) {
      std::perror("epoll_wait");
      return 1;
    }
    std::thread(serve, accept_client(listener), options).detach();
  }
}

}  // namespace sockspec::reference::faulty
