// ClassPlan: what a teacher asks of `sockspec grade`, as data: where the submissions are, how each
// kind is built and started, what it may use, and what it can earn. Read by scenario/parse_class.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/time.h"

namespace sockspec::grade {

// One command, word by word; no shell. {file} and {class} stand for the file that chose the
// variant, {port} and {host} for what the check asks for.
using Words = std::vector<std::string>;

// How a submission is built and started.
struct Recipe {
  std::vector<Words> build;  // one after the other; none for what needs no building
  Words run;
  bool operator==(const Recipe&) const = default;
};

// The recipe for submissions that have a file like this.
struct Variant {
  std::string when;  // "server.py", "*.java", "src/*.c"
  Recipe recipe;
  bool operator==(const Variant&) const = default;
};

// Of one submission. Sizes in bytes.
struct Limits {
  Duration build = std::chrono::seconds(60);   // all build commands together
  Duration total = std::chrono::seconds(120);  // its whole check
  Duration cpu = std::chrono::seconds(60);     // processor time of each process
  std::uint64_t memory = 512ULL << 20U;
  std::uint64_t scratch = 64ULL << 20U;  // what it may write
  std::uint64_t output = 1ULL << 20U;    // of what it prints, so much is kept
  // With threads. A server with a thread for each client needs more than a hundred.
  unsigned processes = 256;
  unsigned files = 256;  // open at once, in one process
  bool operator==(const Limits&) const = default;
};

// Points are counted in hundredths and weights in thousandths, so that sums are exact in any order.
using Hundredths = std::int64_t;
using Thousandths = std::int64_t;
inline constexpr Thousandths kOne = 1000;

struct PointsPlan {
  Hundredths must = 80'00;
  Hundredths should = 20'00;
  // Scenario patterns as in --only; the first that matches counts, a scenario without one weighs 1.
  std::vector<std::pair<std::string, Thousandths>> weights;
  bool operator==(const PointsPlan&) const = default;
};

// What a late submission loses. The days are written down by the teacher: the times of files do not
// survive archives and clones.
struct LatePlan {
  int per_day = 0;  // percent of what was earned
  int most = 100;   // percent
  std::map<std::string, int> days;
  bool operator==(const LatePlan&) const = default;
};

// Below it only root may listen, and no submission runs as root. ip(7): ip_unprivileged_port_start.
inline constexpr std::uint16_t kLeastPort = 1024;

struct ClassPlan {
  std::string title;
  std::string profile;              // a built-in name or a file, from the folder of the class file
  std::string submissions;          // a pattern of folders, from the folder of the class file
  std::vector<Variant> variants;    // the first that fits is taken
  std::optional<Recipe> otherwise;  // for submissions that no variant fits
  bool own_commands = false;        // a submission's sockspec.json comes before all of them
  std::optional<std::uint16_t>
      port;  // the fixed one in the submissions' code; none = {port} is told
  Limits limits;
  PointsPlan points;
  std::optional<LatePlan> late;
  std::optional<unsigned> jobs;  // none = as many as this machine carries
  bool operator==(const ClassPlan&) const = default;
};

}  // namespace sockspec::grade
