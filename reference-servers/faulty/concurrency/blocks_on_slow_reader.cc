// A single loop serves everybody, but its sockets block: one client that does not read stops the
// send() to it, and with it the whole server. People add select() or poll() for the reading and
// leave the writing as it was.
#include <poll.h>
#include <unistd.h>

#include <cstddef>
#include <list>
#include <string>
#include <vector>

#include "reference-servers/faulty/concurrency/client_session.h"
#include "reference-servers/faulty/concurrency/faults.h"
#include "reference-servers/faulty/plain/sockets.h"
#include "reference-servers/faulty/session/character_lines.h"

namespace sockspec::reference::faulty {
namespace {

struct Client {
  int socket;
  ClientSession session;
  std::size_t next_line = 0;  // of tcp-chargen
};

// False: the client has ended or is gone.
bool answer_client(Client& client) {
  const std::string bytes = receive(client.socket);
  return !bytes.empty() && send_all(client.socket, client.session.reply_to(bytes)) &&
         !client.session.over();
}

bool generate(Client& client) {
  return send_all(client.socket, character_line(client.next_line++));
}

}  // namespace

int serve_blocks_on_slow_reader(const FaultyOptions& options) {
  const bool generates = options.profile == "tcp-chargen";
  const int listener = listen_tcp(options);
  std::list<Client> clients;
  for (;;) {
    std::vector<pollfd> watched{{.fd = listener, .events = POLLIN, .revents = 0}};
    for (const Client& client : clients) {
      watched.push_back({.fd = client.socket, .events = POLLIN, .revents = 0});
    }
    ::poll(watched.data(), watched.size(), generates && !clients.empty() ? 0 : -1);
    auto seen = watched.cbegin() + 1;
    clients.remove_if([&seen, generates](Client& client) {
      const bool ready = (seen++)->revents != 0;
      if ((!ready || answer_client(client)) && (!generates || generate(client))) return false;
      ::close(client.socket);
      return true;
    });
    if (watched.front().revents != 0) {
      clients.push_back({accept_client(listener), ClientSession(options)});
    }
  }
}

}  // namespace sockspec::reference::faulty
