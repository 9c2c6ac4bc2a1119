#include "reference-servers/serve.h"

#include <algorithm>
#include <array>

#include "reference-servers/servers.h"

namespace sockspec::reference {
namespace {

constexpr std::array kServers{
    ReferenceServer{"tcp-echo", "sends every byte back (RFC 862)", serve_tcp_echo},
    ReferenceServer{"tcp-uppercase", "sends every byte back, a-z as A-Z", serve_tcp_uppercase},
    ReferenceServer{"tcp-echo-line", "sends every complete line back", serve_tcp_echo_line},
    ReferenceServer{"tcp-uppercase-line", "sends every complete line back, a-z as A-Z",
                    serve_tcp_uppercase_line},
    ReferenceServer{"tcp-uppercase-once", "answers one request in uppercase, then closes",
                    serve_tcp_uppercase_once},
    ReferenceServer{"tcp-greeting", "answers the first bytes with a fixed text, then closes",
                    serve_tcp_greeting},
    ReferenceServer{"tcp-echo-end", "sends every byte back until the message /end",
                    serve_tcp_echo_end},
    ReferenceServer{"tcp-discard", "swallows everything (RFC 863)", serve_tcp_discard},
    ReferenceServer{"tcp-daytime", "sends the date and time, then closes (RFC 867)",
                    serve_tcp_daytime},
    ReferenceServer{"tcp-qotd", "sends a quote, then closes (RFC 865)", serve_tcp_qotd},
    ReferenceServer{"tcp-chargen", "sends rotating lines without end (RFC 864)", serve_tcp_chargen},
    ReferenceServer{"udp-echo", "sends every datagram back (RFC 862)", serve_udp_echo},
    ReferenceServer{"udp-uppercase", "sends every datagram back, a-z as A-Z", serve_udp_uppercase},
    ReferenceServer{"udp-greeting", "answers every datagram with a fixed text", serve_udp_greeting},
    ReferenceServer{"udp-discard", "swallows every datagram (RFC 863)", serve_udp_discard},
};

}  // namespace

std::span<const ReferenceServer> reference_servers() { return kServers; }

const ReferenceServer* find_reference_server(std::string_view profile) {
  const auto found = std::ranges::find(kServers, profile, &ReferenceServer::profile);
  return found == kServers.end() ? nullptr : &*found;
}

}  // namespace sockspec::reference
