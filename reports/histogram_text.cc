#include "reports/histogram_text.h"

#define ZLIB_CONST  // else zlib's pointers to input are not const
#include <zlib.h>

#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <vector>

#include "reports/base64.h"

namespace sockspec::reports {
namespace {

using load::Histogram;
namespace layout = load::layout;

constexpr std::uint32_t kCompressedCookie = 0x1c849314;
constexpr std::uint32_t kCookie = 0x1c849313;
constexpr std::size_t kOuterHeader = 8;
constexpr std::size_t kInnerHeader = 40;
constexpr std::size_t kLongestNumber = 9;  // bytes
constexpr std::size_t kMostInner = kInnerHeader + kLongestNumber * layout::kBuckets;
constexpr std::uint64_t kMostCounted = (std::uint64_t{1} << 53U) - 1;

Error wrong(const std::string& what) { return usage_error("not a histogram of sockspec: " + what); }

std::string number(std::uint64_t value) { return std::to_string(value); }

std::string as_cookie(std::uint64_t value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "0x%08x", static_cast<unsigned>(value));
  return text.data();
}

template <class Number>
void put(std::string& bytes, Number value) {
  for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8) {
    bytes += static_cast<char>(value >> shift & 0xFFU);
  }
}

// Takes `size` bytes off the front; the caller knows that they are there.
std::uint64_t take(std::string_view& bytes, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<unsigned char>(bytes[i]);
  bytes.remove_prefix(size);
  return value;
}

void put_leb128(std::string& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) bytes += static_cast<char>((value & 0x7FU) | 0x80U);
  bytes += static_cast<char>(value);
}

// LEB128-64b9B: a ninth byte carries eight bits, so that ten are never needed. Ours never needs the
// ninth either, since counts stay below 2^53; a stranger's may.
std::optional<std::uint64_t> take_leb128(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint64_t byte = static_cast<unsigned char>(bytes[i]);
    const bool last = byte < 0x80 || i + 1 == kLongestNumber;
    value |= (i + 1 == kLongestNumber ? byte : byte & 0x7FU) << 7 * i;
    if (!last) continue;
    bytes.remove_prefix(i + 1);
    return value;
  }
  return std::nullopt;
}

std::string encode_counts(std::span<const std::uint64_t> counts) {
  std::string bytes;
  for (std::size_t i = 0; i < counts.size();) {
    std::size_t empty = 0;
    while (i + empty < counts.size() && counts[i + empty] == 0) ++empty;
    // ZigZag: n is 2 n, and -n is 2 n - 1. As in the reference, a single empty bucket is a 0.
    put_leb128(bytes, empty > 1 ? 2 * empty - 1 : 2 * counts[i]);
    i += empty > 0 ? empty : 1;
  }
  if (counts.empty()) put_leb128(bytes, 0);  // the reference never writes no count at all
  return bytes;
}

std::string compressed(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  [[maybe_unused]] const int code =
      compress(reinterpret_cast<Bytef*>(out.data()), &size,
               reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  assert(code == Z_OK);
  out.resize(size);
  return out;
}

Result<std::string> inflated(std::string_view bytes) {
  z_stream stream{};
  stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  if (inflateInit(&stream) != Z_OK) return Error{ErrorKind::Harness, "zlib cannot be used"};
  // One byte more than the largest, so that a full buffer is too much.
  std::string out(kMostInner + 1, '\0');
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int code = inflate(&stream, Z_FINISH);
  const std::string why = stream.msg != nullptr ? stream.msg : zError(code);
  inflateEnd(&stream);
  if (stream.avail_out == 0) {
    return wrong("it inflates to more than " + number(kMostInner) + " bytes, the most that " +
                 number(layout::kBuckets) + " buckets can take");
  }
  if (code == Z_OK || code == Z_BUF_ERROR) {
    return wrong("its zlib stream ends too early; is the text cut?");
  }
  if (code != Z_STREAM_END) return wrong("its zlib stream is damaged (" + why + ")");
  if (stream.avail_in > 0) {
    return wrong(number(stream.avail_in) + " bytes follow its zlib stream; none should");
  }
  out.resize(stream.total_out);
  return out;
}

std::optional<Error> wrong_configuration(std::string_view& header) {
  // The offset is only how the writer's memory was shifted (the counts are in order), and
  // hdr-histogram-js writes 1 there, and an integer 1 as the ratio: readers leave them alone.
  take(header, 4);
  const std::uint64_t digits = take(header, 4);
  const std::uint64_t lowest = take(header, 8);
  const std::uint64_t highest = take(header, 8);
  const std::uint64_t ratio = take(header, 8);
  if (digits != layout::kDigits) {
    return wrong("it has " + number(digits) + " significant digits; ours have " +
                 number(layout::kDigits));
  }
  if (lowest != layout::kLowest || highest != layout::kHighest) {
    return wrong("its range is " + number(lowest) + " to " + number(highest) + "; ours is " +
                 number(layout::kLowest) + " to " + number(layout::kHighest) + " (nanoseconds)");
  }
  if (ratio != std::bit_cast<std::uint64_t>(1.0) && ratio != 1) {
    return wrong("its values are scaled; ours are whole nanoseconds, with a ratio of 1");
  }
  return std::nullopt;
}

Result<Histogram> decode_counts(std::string_view bytes) {
  std::vector<std::uint64_t> counts(layout::kBuckets);
  std::size_t at = 0;
  std::uint64_t total = 0;
  while (!bytes.empty()) {
    const std::optional<std::uint64_t> zigzag = take_leb128(bytes);
    if (!zigzag) return wrong("its last count is cut; a count ends with a byte below 0x80");
    const bool is_run = *zigzag % 2 == 1;
    const std::uint64_t value = *zigzag / 2 + (is_run ? 1 : 0);
    const std::uint64_t taken = is_run ? value : 1;
    if (taken > counts.size() - at) {
      return wrong("it has counts beyond 60 s, the end of the range; there are " +
                   number(counts.size()) + " buckets up to there");
    }
    if (!is_run) {
      if (value > kMostCounted - total) {
        return wrong("its counts add up to more than " + number(kMostCounted) +
                     ", the most allowed");
      }
      counts[at] = value;
      total += value;
    }
    at += taken;
  }
  return Histogram::from_counts(counts);
}

Result<Histogram> decode_inner(std::string_view bytes) {
  if (bytes.size() < kInnerHeader) {
    return wrong("it inflates to " + number(bytes.size()) + " bytes; its header alone has " +
                 number(kInnerHeader));
  }
  const std::uint64_t cookie = take(bytes, 4);
  if (cookie != kCookie) {
    return wrong("it inflates to the cookie " + as_cookie(cookie) + "; the V2 form has " +
                 as_cookie(kCookie));
  }
  const std::uint64_t length = take(bytes, 4);
  if (const std::optional<Error> error = wrong_configuration(bytes)) return *error;
  if (length != bytes.size()) {
    return wrong("its header announces " + number(length) + " bytes of counts; " +
                 number(bytes.size()) + " follow");
  }
  return decode_counts(bytes);
}

}  // namespace

std::string encode(const load::Histogram& histogram) {
  const std::string counts = encode_counts(histogram.counts());
  std::string inner;
  put(inner, kCookie);
  put(inner, static_cast<std::uint32_t>(counts.size()));
  put(inner, std::uint32_t{0});  // the offset, see wrong_configuration()
  put(inner, std::uint32_t{layout::kDigits});
  put(inner, layout::kLowest);
  put(inner, layout::kHighest);
  put(inner, std::bit_cast<std::uint64_t>(1.0));
  const std::string packed = compressed(inner + counts);
  std::string outer;
  put(outer, kCompressedCookie);
  put(outer, static_cast<std::uint32_t>(packed.size()));
  return to_base64(outer + packed);
}

Result<load::Histogram> decode(std::string_view text) {
  const Result<std::string> whole = from_base64(text);
  if (!whole) return wrong(whole.error().text);
  std::string_view bytes = *whole;
  if (bytes.size() < kOuterHeader) {
    return wrong("it has " + number(bytes.size()) + " bytes; its header alone has " +
                 number(kOuterHeader));
  }
  const std::uint64_t cookie = take(bytes, 4);
  if (cookie != kCompressedCookie) {
    return wrong("it begins with the cookie " + as_cookie(cookie) +
                 "; the V2 compressed form has " + as_cookie(kCompressedCookie));
  }
  const std::uint64_t length = take(bytes, 4);
  if (length != bytes.size()) {
    return wrong("its header announces " + number(length) + " compressed bytes; " +
                 number(bytes.size()) + " follow");
  }
  const Result<std::string> inner = inflated(bytes);
  if (!inner) return inner.error();
  return decode_inner(*inner);
}

}  // namespace sockspec::reports
