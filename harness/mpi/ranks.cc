#include "mpi/ranks.h"

#include <dlfcn.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "load/clock.h"

namespace sockspec::mpi {
namespace {

using namespace std::chrono_literals;
using load::Clock;

constexpr Duration kPoll = 200us;
constexpr Duration kLastWords = 2s;

constexpr char kFine = '+';
constexpr char kUsage = 'u';
constexpr char kUnreachable = 'r';
constexpr char kHarness = 'h';

char letter_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Usage: return kUsage;
    case ErrorKind::Unreachable: return kUnreachable;
    case ErrorKind::Harness: return kHarness;
  }
  return kHarness;
}

std::string packed(const Result<std::string>& word) {
  if (word) return kFine + *word;
  return letter_of(word.error().kind) + word.error().text;
}

Result<std::string> unpacked(const std::string& text) {
  std::string rest = text.empty() ? "" : text.substr(1);
  switch (text.empty() ? kHarness : text[0]) {
    case kFine: return rest;
    case kUsage: return Error{ErrorKind::Usage, std::move(rest)};
    case kUnreachable: return Error{ErrorKind::Unreachable, std::move(rest)};
    default: return Error{ErrorKind::Harness, std::move(rest)};
  }
}

std::string own_folder() {
  std::string path(4096, '\0');
  const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size());
  path.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

// Beside the executable, as in a build tree, or where a package puts it.
void* opened_module() {
  const std::string folder = own_folder();
  for (const char* const place : {"/", "/../" SOCKSPEC_MPI_FOLDER "/"}) {
    // Global: Open MPI opens parts of itself that expect to find the rest of it.
    const std::string path = folder + place + SOCKSPEC_MPI_MODULE;
    if (void* const module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL)) return module;
  }
  return nullptr;
}

// Those that failed, in one sentence: who, and why; all alike are told once.
Error joined(const std::vector<Result<std::string>>& words) {
  std::vector<std::pair<std::string, std::vector<std::size_t>>> reasons;
  ErrorKind kind = ErrorKind::Harness;
  for (std::size_t rank = 0; rank < words.size(); ++rank) {
    if (words[rank]) continue;
    const Error& error = words[rank].error();
    const auto known = std::find_if(reasons.begin(), reasons.end(),
                                    [&](const auto& reason) { return reason.first == error.text; });
    if (known == reasons.end()) {
      if (reasons.empty()) kind = error.kind;
      reasons.push_back({error.text, {rank}});
    } else {
      known->second.push_back(rank);
    }
  }
  if (reasons.size() == 1 && reasons[0].second.size() == words.size())
    return {kind, reasons[0].first};
  std::string text;
  for (const auto& [why, who] : reasons) {
    text += text.empty() ? "rank " : "; rank ";
    for (std::size_t i = 0; i < who.size(); ++i)
      text += (i > 0 ? ", " : "") + std::to_string(who[i]);
    text += ": " + why;
  }
  return {kind, text};
}

}  // namespace

Result<std::unique_ptr<Ranks>> Ranks::join(const Launched& launched) {
  const std::string started =
      launched.by + " has started " + std::to_string(launched.size) + " ranks";
  void* const module = opened_module();
  if (module == nullptr) {
    const char* const why = ::dlerror();
    return usage_error(started + ", and the MPI module of sockspec cannot be opened (" +
                       (why ? why : SOCKSPEC_MPI_MODULE) +
                       "); install it, or give each process its part: --shard 1/" +
                       std::to_string(launched.size) + ", and so on, and then sockspec merge");
  }
  const auto entry = reinterpret_cast<SockspecMpiEntry>(::dlsym(module, SOCKSPEC_MPI_ENTRY));
  const SockspecMpi* const mpi = entry ? entry() : nullptr;
  if (mpi == nullptr || mpi->version != kSockspecMpiVersion)
    return Error{ErrorKind::Harness,
                 "the MPI module is of another version of sockspec; install "
                 "both from one package"};
  int rank = 0;
  int size = 0;
  if (mpi->begin(&rank, &size) != 0)
    return Error{ErrorKind::Harness, started + ", but MPI could not be begun"};
  if (size != launched.size) {
    return Error{ErrorKind::Harness,
                 started + ", but MPI sees " + std::to_string(size) +
                     "; the launcher and the MPI library do not fit (with srun: --mpi=pmix or "
                     "--mpi=pmi2, as srun --mpi=list offers)"};
  }
  return std::make_unique<Ranks>(*mpi, rank, size);
}

void Ranks::settle() {
  std::erase_if(leaving_, [&](const Leaving& message) {
    return message.transfer == nullptr || mpi_.finished(message.transfer) != 0;
  });
}

void Ranks::post(int to, Tag tag, std::string bytes) {
  settle();
  auto kept = std::make_unique<std::string>(std::move(bytes));
  void* const transfer = mpi_.send(to, static_cast<int>(tag), kept->data(), kept->size());
  leaving_.push_back({std::move(kept), transfer});
}

std::optional<std::string> Ranks::take(int from, Tag tag, long size, Duration until) {
  // Owned by the heap: where the sender dies in the middle, MPI keeps writing into it.
  auto bytes = std::make_unique<std::string>(static_cast<std::size_t>(size), '\0');
  void* const transfer = mpi_.receive(from, static_cast<int>(tag), bytes->data(), bytes->size());
  if (transfer == nullptr) return std::nullopt;
  while (mpi_.finished(transfer) == 0) {
    if (Clock::monotonic() > until) {
      leaving_.push_back({std::move(bytes), transfer});
      return std::nullopt;
    }
    ::sched_yield();
  }
  return std::move(*bytes);
}

std::optional<std::string> Ranks::waiting(int from, Tag tag) {
  const long size = mpi_.waiting(from, static_cast<int>(tag));
  if (size < 0) return std::nullopt;
  return take(from, tag, size, Clock::monotonic() + kLastWords);
}

Result<std::string> Ranks::receive(int from, Tag tag, Duration limit, bool busy) {
  const Duration until = Clock::monotonic() + limit;
  for (;;) {
    settle();
    const long size = mpi_.waiting(from, static_cast<int>(tag));
    if (size >= 0) {
      if (auto bytes = take(from, tag, size, until)) return std::move(*bytes);
      break;
    }
    if (Clock::monotonic() > until) break;
    if (busy) {
      ::sched_yield();
    } else {
      std::this_thread::sleep_for(kPoll);
    }
  }
  missing_ = true;
  return Error{ErrorKind::Harness, "rank " + std::to_string(from) + " has not answered for " +
                                       std::to_string(limit / 1s) + " s"};
}

Result<std::string> Ranks::decide(const Result<std::string>& decision, Duration limit) {
  if (first()) {
    for (int to = 1; to < size_; ++to) post(to, Tag::Go, packed(decision));
    return decision;
  }
  const Result<std::string> heard = receive(0, Tag::Go, limit);
  if (!heard) return heard.error();
  Result<std::string> word = unpacked(*heard);
  if (!word) return Error{word.error().kind, ""};
  return word;
}

Result<std::vector<std::string>> Ranks::agree(const std::string& what,
                                              const Result<std::string>& own, Duration limit) {
  if (!first()) {
    post(0, Tag::Answer, packed(own));
    const Result<std::string> go = decide(std::string(), limit + kLastWords);
    if (!go) return go.error();
    return std::vector<std::string>{};
  }
  const Duration until = Clock::monotonic() + limit;
  std::vector<Result<std::string>> words{own};
  for (int from = 1; from < size_; ++from) {
    const Result<std::string> heard =
        receive(from, Tag::Answer, std::max(until - Clock::monotonic(), Duration::zero()));
    if (heard) {
      words.push_back(unpacked(*heard));
    } else {
      words.push_back(Error{ErrorKind::Harness,
                            "nothing came from it while " + what + "; it is dead, or late"});
    }
  }
  const bool all =
      std::all_of(words.begin(), words.end(), [](const auto& word) { return word.ok(); });
  if (!all) {
    const Error error = joined(words);
    static_cast<void>(decide(error, limit));
    return error;
  }
  static_cast<void>(decide(std::string(), limit));
  std::vector<std::string> texts;
  texts.reserve(words.size());
  for (const Result<std::string>& word : words) texts.push_back(*word);
  return texts;
}

void Ranks::end() {
  const Duration until = Clock::monotonic() + kLastWords;
  while (!leaving_.empty() && Clock::monotonic() < until) {
    settle();
    std::this_thread::sleep_for(kPoll);
  }
  mpi_.end();
}

}  // namespace sockspec::mpi
