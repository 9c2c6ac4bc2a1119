// Candidate: one reply stream that would be right, compared with what comes as it comes.
//
// A contract may allow more than one reply (letters outside ASCII unchanged, or uppercased), so an
// Oracle holds several candidates and the server must keep to at least one of them. Memory is
// bounded by what is owed and not yet received.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/verdict.h"

namespace sockspec {

class Candidate {
 public:
  void owe(std::string_view bytes) {
    if (alive()) owed_ += bytes;
  }

  // Compares bytes of the server with what is owed. Returns how many were right; fewer than all
  // means that the candidate is ruled out from now on.
  std::size_t claim(std::string_view bytes);

  bool alive() const { return !difference_; }
  std::size_t missing() const { return owed_.size() - head_ - excused_; }
  std::uint64_t received() const { return received_; }

  // What is owed next; shorter than `size` when less is owed.
  std::string_view next(std::size_t size) const {
    return std::string_view(owed_).substr(head_, size);
  }

  // Set once the candidate is ruled out.
  const std::optional<Difference>& difference() const { return difference_; }

  // Gives up on what is missing: it is no longer owed.
  void forgive() { owed_.clear(), head_ = excused_ = 0; }

  // What is missing may come, before anything else, but need not.
  void excuse() { excused_ = owed_.size() - head_; }

 private:
  void rule_out(std::string_view rest);
  void drop_consumed();

  std::string owed_;
  std::size_t head_ = 0;     // owed_[0, head_) has come; some of it is kept as context for excerpts
  std::size_t excused_ = 0;  // so many bytes from head_ on may stay out
  std::uint64_t received_ = 0;
  std::optional<Difference> difference_;
};

}  // namespace sockspec
