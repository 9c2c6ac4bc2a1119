// Payloads: what every request of a load run says, and what its reply must be.
//
// A request is a tag (load/tag.h) and a body; with Framing::Line a newline ends it. A request too
// small for a tag is body only. The body is a slice of one pseudo-random text, so that the bytes of
// another request, or of an old buffer, do not match: behind a tag each of 8192 requests of a
// connection has a slice of its own, and without one a hash of the request's id says where it is
// cut. No slice looks like a tag. All is a function of (profile, sizes, seed, id): nothing is
// stored per request, and any shard can tell the requests of the others.
//
// Made once, by make(); immutable, so all threads may share it. It must outlive, and not be moved
// under, the Pieces that point into it. Sizes and offsets are bytes. Nothing here allocates after
// make().
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/load/load_plan.h"
#include "core/load/tag.h"
#include "core/profile.h"
#include "core/random.h"
#include "core/result.h"

namespace sockspec::load {

inline constexpr std::size_t kMostLoadSize = 64U << 20U;  // of a request; bytes

// A request or a reply in up to three parts, so that a large body need not be copied.
struct Pieces {
  Tag tag{};
  std::string_view body;  // of the Payloads
  bool tagged = false;
  bool newline = false;

  std::size_t tag_size() const { return tagged ? kTagSize : 0; }
  std::size_t size() const { return tag_size() + body.size() + (newline ? 1 : 0); }

  // offset < size()
  char at(std::size_t offset) const;

  // Do the bytes begin with all of it? The usual question, at the least cost.
  bool begins(std::span<const char> bytes) const {
    if (bytes.size() < size()) return false;
    const char* in = bytes.data();
    if (tagged) {
      if (!tag.begins(in)) return false;
      in += kTagSize;
    }
    if (std::memcmp(in, body.data(), body.size()) != 0) return false;
    return !newline || in[body.size()] == '\n';
  }

  // How many of the bytes are, from the first on, what stands at `offset`; those beyond the end
  // are not. offset <= size().
  std::size_t matching(std::size_t offset, std::span<const char> bytes) const;

  // Copies all of it, size() bytes.
  void write(char* out) const {
    if (tagged) out = std::copy_n(tag.data(), kTagSize, out);
    out = std::copy(body.begin(), body.end(), out);
    if (newline) *out = '\n';
  }

  // Copies what stands from `offset` on, as far as there is room; how many bytes. offset <= size().
  std::size_t write_from(std::size_t offset, std::span<char> out) const {
    if (offset > 0 || out.size() < size()) return write_part(offset, out);
    write(out.data());
    return size();
  }

  // At most `most` bytes from `offset` on. Allocates.
  std::string excerpt(std::size_t offset, std::size_t most) const;

 private:
  std::size_t write_part(std::size_t offset, std::span<char> out) const;
};

class Payloads {
 public:
  // An error is one line: a size that the profile does not take, or replies that cannot be told
  // from silence.
  static Result<Payloads> make(const Profile& profile, const SizeRange& size, std::uint64_t seed,
                               std::uint64_t shard = 0);

  // Of this shard. Connections and sequences beyond what a tag holds begin again at 0.
  RequestId id(std::uint64_t connection, std::uint64_t sequence) const {
    return {shard_, static_cast<std::uint32_t>(connection % kMostConnections),
            sequence % kMostRequests};
  }

  Pieces request(const RequestId& id) const;
  std::size_t request_size(const RequestId& id) const;
  void write_request(const RequestId& id, char* out) const { request(id).write(out); }
  std::size_t largest_request() const { return least_ + span_ - 1; }

  // False where the replies differ from time to time (a date, a quote): the three functions that
  // follow are then not to be called.
  bool has_expected_bytes() const { return answer_ != Answer::Anything; }

  Pieces reply(const RequestId& id) const;
  std::size_t reply_size(const RequestId& id) const;
  // As Pieces::matching, of the reply.
  std::size_t matching(const RequestId& id, std::size_t offset, std::span<const char> bytes) const {
    return reply(id).matching(offset, bytes);
  }

  // Do the replies (the larger ones, in a range of sizes) begin with a tag?
  bool replies_tagged() const { return replies_tagged_; }
  bool lines() const { return newline_; }

  // At the beginning of `bytes`; none when there is none or it is not of this run.
  std::optional<RequestId> parse_tag(std::string_view bytes) const {
    return load::parse_tag(bytes, seed_);
  }

 private:
  enum class Answer { Same, Uppercase, Text, Anything };

  friend class ConnectionPayloads;

  Payloads() = default;

  static constexpr std::size_t kPlaces = 1U << 16U;  // where a slice can begin
  static constexpr std::size_t kMark = 8;            // how far apart what is in no tag stands

  std::string request_text_;
  std::string reply_text_;  // empty where the reply is the request
  Answer answer_ = Answer::Same;
  std::uint64_t seed_ = 0;
  std::uint32_t shard_ = 0;
  bool newline_ = false;
  bool replies_tagged_ = false;
  std::size_t least_ = 0;
  std::size_t span_ = 1;  // different sizes
  std::vector<std::size_t> ladder_;
};

// The payloads of one connection. What its requests have in common is worked out once, since each
// of them is made when it is sent and again when its reply is judged. A value, for one thread;
// `payloads` must outlive it.
class ConnectionPayloads {
 public:
  // Of the shard of the payloads.
  ConnectionPayloads(const Payloads& payloads, std::uint64_t connection)
      : ConnectionPayloads(payloads, payloads.id(connection, 0)) {}

  // Of the connection that made the request.
  ConnectionPayloads(const Payloads& payloads, const RequestId& id)
      : payloads_(&payloads),
        tags_(id.shard, id.connection, payloads.seed_),
        seed_(payloads.seed_ +
              ((std::uint64_t{id.shard} << 25U) | id.connection) * 0xD1342543DE82EF95U) {}

  const Payloads& of_all() const { return *payloads_; }

  RequestId id(std::uint64_t sequence) const { return tags_.id(sequence % kMostRequests); }

  // As in Payloads.
  Pieces request(std::uint64_t sequence) const {
    return pieces(sequence % kMostRequests, payloads_->request_text_);
  }
  std::size_t request_size(std::uint64_t sequence) const { return size(sequence % kMostRequests); }
  Pieces reply(std::uint64_t sequence) const {
    using Answer = Payloads::Answer;
    if (payloads_->answer_ == Answer::Text) return {Tag{}, payloads_->reply_text_, false, false};
    const bool uppercase = payloads_->answer_ == Answer::Uppercase;
    return pieces(sequence % kMostRequests,
                  uppercase ? payloads_->reply_text_ : payloads_->request_text_);
  }
  std::size_t reply_size(std::uint64_t sequence) const {
    const bool text = payloads_->answer_ == Payloads::Answer::Text;
    return text ? payloads_->reply_text_.size() : request_size(sequence);
  }

 private:
  std::uint64_t hash(std::uint64_t sequence) const {
    return Random(seed_ + sequence * 0x2545F4914F6CDD1DU).next();
  }
  std::size_t size(std::uint64_t sequence) const {
    if (payloads_->span_ == 1) return payloads_->least_;
    const std::vector<std::size_t>& ladder = payloads_->ladder_;
    if (!ladder.empty()) return ladder[sequence % ladder.size()];
    const std::uint64_t drawn = hash(sequence) >> 32U;
    return payloads_->least_ + static_cast<std::size_t>((drawn * payloads_->span_) >> 32U);
  }
  Pieces pieces(std::uint64_t sequence, const std::string& text) const {
    constexpr std::size_t kMarks = Payloads::kPlaces / Payloads::kMark;
    Pieces made;
    made.newline = payloads_->newline_;
    std::size_t body = size(sequence) - (made.newline ? 1 : 0);
    std::size_t begin = 0;
    if (body >= kTagSize) {
      made.tagged = true;
      made.tag = tags_.tag(sequence);
      body -= kTagSize;
      // A mark right behind the tag: nothing that straddles them is a tag. The next one for each
      // request, so that the text is where the one before had it: in the cache.
      begin = ((seed_ >> 32U) + sequence) % kMarks * Payloads::kMark;
    } else {
      begin = hash(sequence) % Payloads::kPlaces;
    }
    made.body = std::string_view(text.data() + begin, body);
    return made;
  }

  const Payloads* payloads_;
  ConnectionTags tags_;
  std::uint64_t seed_;
};

inline Pieces Payloads::request(const RequestId& id) const {
  return ConnectionPayloads(*this, id).request(id.sequence);
}
inline std::size_t Payloads::request_size(const RequestId& id) const {
  return ConnectionPayloads(*this, id).request_size(id.sequence);
}
inline Pieces Payloads::reply(const RequestId& id) const {
  return ConnectionPayloads(*this, id).reply(id.sequence);
}
inline std::size_t Payloads::reply_size(const RequestId& id) const {
  return ConnectionPayloads(*this, id).reply_size(id.sequence);
}

}  // namespace sockspec::load
