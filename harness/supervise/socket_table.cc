#include "supervise/socket_table.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>

#include <array>
#include <cstring>

#include "io/descriptor.h"
#include "supervise/proc_net.h"

namespace sockspec::supervise {
namespace {

constexpr std::uint32_t kUdpUnconnected = 7;  // TCP_CLOSE: how UDP sockets are listed

struct Request {
  nlmsghdr header;
  inet_diag_req_v2 body;
};

Request make_request(std::uint16_t type, std::uint16_t flags, int family, Transport transport,
                     std::uint32_t states) {
  Request request{};
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = type;
  request.header.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
  request.body.sdiag_family = static_cast<std::uint8_t>(family);
  request.body.sdiag_protocol = transport == Transport::Tcp ? IPPROTO_TCP : IPPROTO_UDP;
  request.body.idiag_states = states;
  request.body.id.idiag_cookie[0] = request.body.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return request;
}

io::Address address_of(int family, const std::uint32_t* address, std::uint16_t port_network_order) {
  if (family == AF_INET6) {
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = port_network_order;
    std::memcpy(&six.sin6_addr, address, sizeof six.sin6_addr);
    return {reinterpret_cast<const sockaddr*>(&six), sizeof six};
  }
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_port = port_network_order;
  std::memcpy(&four.sin_addr, address, sizeof four.sin_addr);
  return {reinterpret_cast<const sockaddr*>(&four), sizeof four};
}

enum class Answer { Complete, Unavailable };

// Sends one request and calls `each` for every socket in the answer.
template <class Each>
Answer ask(const Request& request, Each each) {
  const io::Descriptor netlink(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  if (!netlink || ::send(netlink.get(), &request, sizeof request, 0) < 0)
    return Answer::Unavailable;
  alignas(nlmsghdr) std::array<char, 32 * 1024> buffer{};
  const bool dump = (request.header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
  for (;;) {
    const ssize_t size = ::recv(netlink.get(), buffer.data(), buffer.size(), 0);
    if (size <= 0) return Answer::Unavailable;
    auto left = static_cast<unsigned>(size);
    for (auto* message = reinterpret_cast<nlmsghdr*>(buffer.data()); NLMSG_OK(message, left);
         message = NLMSG_NEXT(message, left)) {
      if (message->nlmsg_type == NLMSG_DONE) return Answer::Complete;
      if (message->nlmsg_type == NLMSG_ERROR) return Answer::Unavailable;
      each(*static_cast<const inet_diag_msg*>(NLMSG_DATA(message)));
    }
    if (!dump) return Answer::Complete;
  }
}

bool collect(Transport transport, int family, std::vector<BoundSocket>& found) {
  const std::uint32_t states = transport == Transport::Tcp
                                   ? 1U << TCP_LISTEN
                                   : (1U << kUdpUnconnected) | (1U << TCP_ESTABLISHED);
  const Request request = make_request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, family, transport, states);
  return ask(request, [&](const inet_diag_msg& socket) {
           found.push_back(
               {address_of(socket.idiag_family, socket.id.idiag_src, socket.id.idiag_sport),
                socket.idiag_inode});
         }) == Answer::Complete;
}

void set_id(inet_diag_sockid& id, const io::Address& server, const io::Address& client) {
  const auto copy = [](std::uint32_t* to, const io::Address& from) {
    if (from.family() == AF_INET6) {
      std::memcpy(to, &reinterpret_cast<const sockaddr_in6*>(from.get())->sin6_addr, 16);
    } else {
      std::memcpy(to, &reinterpret_cast<const sockaddr_in*>(from.get())->sin_addr, 4);
    }
  };
  copy(id.idiag_src, server);
  copy(id.idiag_dst, client);
  id.idiag_sport = htons(server.port());
  id.idiag_dport = htons(client.port());
}

// The connections with this local port that are in `state`.
template <class Each>
Answer each_connection(std::uint16_t port, std::uint8_t state, Each each) {
  Answer answer = Answer::Complete;
  for (const int family : {AF_INET, AF_INET6}) {
    Request request =
        make_request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, family, Transport::Tcp, 1U << state);
    request.body.id.idiag_sport = htons(port);
    const Answer told = ask(request, [&](const inet_diag_msg& socket) {
      if (socket.id.idiag_sport == htons(port) && socket.idiag_state == state) each(family, socket);
    });
    if (told == Answer::Unavailable) answer = told;
  }
  return answer;
}

}  // namespace

std::vector<BoundSocket> bound_sockets(Transport transport) {
  std::vector<BoundSocket> found;
  for (const int family : {AF_INET, AF_INET6}) {
    if (!collect(transport, family, found)) return bound_sockets_in_proc(transport);
  }
  return found;
}

std::optional<std::uint64_t> unread_bytes(Transport transport, const io::Address& server,
                                          const io::Address& client) {
  Request request = make_request(SOCK_DIAG_BY_FAMILY, 0, server.family(), transport, ~0U);
  set_id(request.body.id, server, client);
  // UDP is looked up from the point of view of an arriving datagram: the sender is the source.
  if (transport == Transport::Udp) set_id(request.body.id, client, server);
  std::optional<std::uint64_t> unread;
  ask(request, [&](const inet_diag_msg& socket) {
    if (transport == Transport::Tcp && socket.idiag_state == TCP_LISTEN) return;
    unread = socket.idiag_rqueue;
  });
  return unread;
}

std::size_t time_wait_count(std::uint16_t port) {
  std::size_t count = 0;
  each_connection(port, TCP_TIME_WAIT, [&](int, const inet_diag_msg&) { ++count; });
  return count;
}

std::optional<std::uint64_t> close_wait_count(std::uint16_t port) {
  std::uint64_t count = 0;
  const Answer answer =
      each_connection(port, TCP_CLOSE_WAIT, [&](int, const inet_diag_msg&) { ++count; });
  return answer == Answer::Complete ? std::optional(count) : std::nullopt;
}

void end_time_wait(std::uint16_t port) {
  std::vector<Request> requests;
  each_connection(port, TCP_TIME_WAIT, [&](int family, const inet_diag_msg& socket) {
    Request request = make_request(SOCK_DESTROY, NLM_F_ACK, family, Transport::Tcp, ~0U);
    request.body.id = socket.id;
    requests.push_back(request);
  });
  for (const Request& request : requests) {
    ask(request, [](const inet_diag_msg&) {});
  }
}

}  // namespace sockspec::supervise
