// Candidate: one reply stream that would be right, compared with what comes as it comes.
//
// A contract may allow more than one reply (letters outside ASCII unchanged, or uppercased), so an
// Oracle holds several candidates and the server must keep to at least one of them. Memory is
// bounded by what is owed and not yet received.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "core/shared_bytes.h"
#include "core/verdict.h"

namespace sockspec {

class Candidate {
 public:
  // The bytes are shared, not copied: two candidates may owe the same megabytes.
  void owe(const SharedBytes& bytes);
  void owe(std::string_view bytes) { owe(SharedBytes(std::string(bytes))); }

  // Compares bytes of the server with what is owed. Returns how many were right; fewer than all
  // means that the candidate is ruled out from now on.
  std::size_t claim(std::string_view bytes);

  bool alive() const { return !difference_; }
  std::size_t missing() const { return owed_size_ - excused_; }
  std::uint64_t received() const { return received_; }

  // What is owed next; shorter than `size` when less is owed.
  std::string next(std::size_t size) const;

  // Set once the candidate is ruled out.
  const std::optional<Difference>& difference() const { return difference_; }

  // Gives up on what is missing: it is no longer owed.
  void forgive();

  // What is missing may come, before anything else, but need not.
  void excuse() { excused_ = owed_size_; }

 private:
  std::size_t take_right(std::string_view bytes);
  void remember(std::string_view right);
  void rule_out(std::string_view rest);

  std::deque<SharedBytes> owed_;  // what has not come yet
  std::size_t owed_size_ = 0;     // bytes in it
  std::size_t excused_ = 0;       // so many of its first bytes may stay out
  std::string recent_;            // the last bytes that came, as context for excerpts
  std::uint64_t received_ = 0;
  std::optional<Difference> difference_;
};

}  // namespace sockspec
