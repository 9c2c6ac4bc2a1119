#include "io/peer.h"

#include "io/tcp_peer.h"
#include "io/udp_peer.h"

namespace sockspec::io {

std::unique_ptr<Peer> make_peer(Transport transport, Loop& loop, const Address& target,
                                CloseAfterEnd close_after_end, Peer::Tell tell) {
  if (transport == Transport::Udp) return std::make_unique<UdpPeer>(loop, target, std::move(tell));
  return std::make_unique<TcpPeer>(loop, target, close_after_end, std::move(tell));
}

}  // namespace sockspec::io
