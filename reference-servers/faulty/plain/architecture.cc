#include "reference-servers/faulty/plain/architecture.h"

#include <unistd.h>

#include <thread>

#include "reference-servers/faulty/plain/sockets.h"

namespace sockspec::reference::faulty {

void thread_per_client(int listener, const ClientFunction& serve) {
  for (;;) {
    std::thread([serve, client = accept_client(listener)] {
      serve(client);
      ::close(client);
    }).detach();
  }
}

void one_after_the_other(int listener, const ClientFunction& serve) {
  for (;;) {
    const int client = accept_client(listener);
    serve(client);
    ::close(client);
  }
}

}  // namespace sockspec::reference::faulty
