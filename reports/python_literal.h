// Bytes and payloads as Python expressions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/profile.h"
#include "core/scenario.h"
#include "core/shared_bytes.h"

namespace sockspec::reports {

// An expression for exactly these bytes: b"hello\n", "한글".encode(), bytes(range(256)).
std::string python_literal(std::string_view bytes);

// Text between double quotes, for print(): escaped as needed.
std::string python_text(std::string_view text);

// "0.08", "2"
std::string python_number(double value);

// head + "[a, b, c]" + tail, wrapped; lines after the first begin with the spaces that they need.
std::string python_list(const std::string& head, const std::vector<std::string>& values,
                        const std::string& tail, std::size_t indent);

// All that one Send sends, in all rounds of its loops and to all its peers.
class Payloads {
 public:
  using Pieces = std::vector<SharedBytes>;

  // `source` may be null: the pieces alone tell.
  Payloads(std::vector<Pieces> all, const Payload* source, const Profile& profile);

  bool same() const { return same_; }    // every time the same bytes
  bool ascii() const { return ascii_; }  // no byte above 127
  bool spelled() const;                  // short enough to be written out
  std::uint64_t smallest() const { return smallest_; }
  std::uint64_t largest() const { return largest_; }
  std::string bytes(std::size_t which = 0) const;  // only of what is spelled()
  std::size_t count() const { return all_.size(); }

  // How many bytes (lines, where lines are drawn) it is that time.
  std::uint64_t measure(std::size_t which) const;
  bool counts_lines() const;

  // The expression; where the sizes differ, `size` stands for this time's ("" = any of them).
  std::string expression(const std::string& size = "") const;

 private:
  enum class Alphabet { Bytes, Text, Lines };
  Alphabet alphabet() const;
  std::string drawn(const std::string& size) const;

  std::vector<Pieces> all_;
  const Payload* source_;
  bool line_profile_;
  bool same_ = true;
  bool ascii_ = true;
  std::uint64_t smallest_ = 0;
  std::uint64_t largest_ = 0;
};

std::uint64_t size_of(const Payloads::Pieces& pieces);

}  // namespace sockspec::reports
