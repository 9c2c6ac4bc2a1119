#include "reference-servers/faulty/faulty.h"

#include <algorithm>

#include "reference-servers/faulty/topics.h"

namespace sockspec::reference {

const std::vector<FaultyServer>& faulty_servers() {
  static const std::vector<FaultyServer> kServers = [] {
    std::vector<FaultyServer> all;
    for (const auto topic :
         {faulty::stream_faults(), faulty::transform_faults(), faulty::close_faults(),
          faulty::concurrency_faults(), faulty::session_faults(), faulty::datagram_faults(),
          faulty::lifecycle_faults()}) {
      all.insert(all.end(), topic.begin(), topic.end());
    }
    return all;
  }();
  return kServers;
}

const FaultyServer* find_faulty_server(std::string_view name) {
  const auto found = std::ranges::find(faulty_servers(), name, &FaultyServer::name);
  return found == faulty_servers().end() ? nullptr : &*found;
}

}  // namespace sockspec::reference
