// Ranks: the processes of one run, and messages between each of them and rank 0.
//
// Built on single messages with a time limit rather than on MPI's collective calls: those wait for
// ever for a rank that is dead, spin while they wait, and cannot say who is missing. A run has few
// messages, and none while it measures but a snapshot each second.
//
// One object in a process, on one thread. A message that was not taken by its time limit is named
// with the rank that owes it; errors are of kind Harness.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "mpi/launched.h"
#include "mpi/mpi_module.h"

namespace sockspec::mpi {

// What a message is about. The order of messages with one tag between two ranks is kept.
enum class Tag : int { Ask = 1, Answer, Go, Ping, Pong, Start, Snapshot, Order };

class Ranks {
 public:
  // Opens the module and joins the others. Errors: the module is not installed (Usage); MPI could
  // not be begun, or sees fewer ranks than the launcher started (Harness).
  static Result<std::unique_ptr<Ranks>> join(const Launched& launched);

  Ranks(const SockspecMpi& mpi, int rank, int size) : mpi_(mpi), rank_(rank), size_(size) {}
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  int rank() const { return rank_; }
  int size() const { return size_; }
  bool first() const { return rank_ == 0; }

  // Has one not answered in time? Then they cannot end() together.
  bool missing() const { return missing_; }

  // The message leaves as soon as it can; nobody waits for it.
  void post(int to, Tag tag, std::string bytes);

  // One that has come; none if not.
  std::optional<std::string> waiting(int from, Tag tag);

  // `busy`: polls without sleeping, so that the answer is seen at once.
  Result<std::string> receive(int from, Tag tag, Duration limit, bool busy = false);

  // A phase that all ranks must have passed, each with a word for rank 0 or with what went wrong.
  // Rank 0 gets the words in the order of the ranks, or the error with the names of those that
  // failed or are missing; then the others get Nothing, or an error without a text, because rank 0
  // tells it. `what` stands in sentences: "waiting for its connections".
  Result<std::vector<std::string>> agree(const std::string& what, const Result<std::string>& own,
                                         Duration limit);

  // As the second half of agree(), for what rank 0 has decided by itself.
  Result<std::string> decide(const Result<std::string>& decision, Duration limit);

  // What still leaves, and then MPI's end: all ranks together. Without it the launcher takes this
  // rank for dead.
  void end();

  // All ranks end now.
  void abort(int exit_code) { mpi_.abort(exit_code); }

 private:
  struct Leaving {
    std::unique_ptr<std::string> bytes;
    void* transfer;
  };

  void settle();
  std::optional<std::string> take(int from, Tag tag, long size, Duration until);

  const SockspecMpi& mpi_;
  int rank_;
  int size_;
  bool missing_ = false;
  std::deque<Leaving> leaving_;
};

}  // namespace sockspec::mpi
