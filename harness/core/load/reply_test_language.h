// What the tests of load replies say: profiles, texts, a server with faults, and counting.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/load/judged.h"
#include "core/load/payloads.h"
#include "core/random.h"

namespace sockspec::load {

Profile tcp(Transform transform = Transform::Identity);
Profile line(Transform transform = Transform::Identity);
Profile udp(Transform transform = Transform::Identity);
Payloads payloads_of(const Profile& profile, SizeRange size);

std::string request_text(const Payloads& payloads, const RequestId& id);
std::string reply_text(const Payloads& payloads, const RequestId& id);

// "Ok 3, Lost 4 (was lost)", in order.
std::string story(const std::vector<Judged>& judged);

// What was found, a Lost that was replaced taken back.
VerdictCounts counts(const std::vector<Judged>& judged);

struct Faults {
  double drop = 0.01;
  double duplicate = 0.005;
  double corrupt = 0.001;  // one byte
  double reorder = 0.01;   // with the one behind it
};

// Answers each request, except for its faults, one at most for each reply. It knows what it did.
class FaultyServer {
 public:
  FaultyServer(const Payloads& payloads, std::uint64_t connection, Faults faults,
               std::uint64_t seed)
      : payloads_(payloads), connection_(connection), faults_(faults), random_(seed) {}

  // The replies, each by itself, in the order in which they are sent.
  std::vector<std::string> answer(std::uint64_t first, std::uint64_t end);

  const VerdictCounts& truth() const { return truth_; }

 private:
  bool chance(double share) {
    return static_cast<double>(random_.below(1'000'000)) < share * 1'000'000;
  }

  const Payloads& payloads_;
  std::uint64_t connection_;
  Faults faults_;
  Random random_;
  VerdictCounts truth_;
};

}  // namespace sockspec::load
