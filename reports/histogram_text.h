// A histogram as text: the V2 compressed encoding of HdrHistogram in Base64 ("HISTFAAA…"), which
// its tools in Java, C, JavaScript, Python and others read.
//
// Layout, big-endian: the cookie 0x1c849314, the length of what follows, and a zlib stream of the
// cookie 0x1c849313, the length of the counts, the configuration and the counts as ZigZag LEB128,
// where -n stands for n empty buckets. Source: HdrHistogram, AbstractHistogram.java and
// ZigZagEncoding.java. (The format's names for the cookies, 0x1c849304 and 0x1c849303, leave out
// the nibble for the word size, which is 1 in all that is written.)
//
// The text holds the buckets only. Lost are the exact min, max and mean, which decode() takes from
// the buckets (Histogram::from_counts), and clamped(); a report keeps them beside the text.
//
// Pure functions, for any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/load/histogram.h"
#include "core/result.h"

namespace sockspec::reports {

// The bytes depend on the version of zlib: compare histograms, not texts.
std::string encode(const load::Histogram& histogram);

// The text may come from anyone. Refused, with one line that says what is wrong and what would be
// right: all that is not Base64 of this form to the last byte, another range or number of digits
// than ours, and counts of 2^53 or more in all. Memory is bounded by that of the text plus 1 MB.
Result<load::Histogram> decode(std::string_view text);

}  // namespace sockspec::reports
