#include "io/breakage.h"

#include <cerrno>
#include <cstring>

namespace sockspec::io {

Breakage breakage_of(int error) {
  switch (error) {
    case ECONNREFUSED: return Breakage::Refused;
    case ECONNRESET:
    case EPIPE:
    case ECONNABORTED: return Breakage::Reset;
    case ETIMEDOUT: return Breakage::TimedOut;
    case ENETUNREACH:
    case EHOSTUNREACH: return Breakage::Unreachable;
    case EMFILE:
    case ENFILE: return Breakage::NoDescriptors;
    case EADDRNOTAVAIL: return Breakage::NoPorts;
    case ENOBUFS:
    case ENOMEM: return Breakage::NoBuffers;
    case EMSGSIZE: return Breakage::TooLong;
    default: return Breakage::Other;
  }
}

event::Broke broke(Call call, int error) {
  return {breakage_of(error), call, std::strerror(error)};
}

}  // namespace sockspec::io
