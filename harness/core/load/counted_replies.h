// CountedReplies: the replies of one TCP connection, told apart by their length alone, for
// --validate none. What a generator costs that checks nothing.
//
// The interface is that of ReplyStream, as far as both have it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/load/judged.h"
#include "core/time.h"

namespace sockspec::load {

class CountedReplies {
 public:
  void sent(std::uint64_t sequence, std::size_t reply_size, Duration due, Duration now);
  void received(std::size_t size, std::vector<Judged>& out);
  void give_up(Duration sent_before, std::vector<Judged>& out);
  void closed(bool reset, std::vector<Judged>& out);
  std::size_t in_flight() const { return waiting_.size() - first_ - lost_; }  // not those given up

 private:
  struct Request {
    std::uint64_t sequence;
    std::size_t missing;
    Duration due;
    Duration sent;
    bool lost = false;
  };

  void drop_front();

  std::vector<Request> waiting_;  // from first_ on
  std::size_t first_ = 0;
  std::size_t lost_ = 0;
};

}  // namespace sockspec::load
