// The folders of a run of the grader: a copy of the tool and of each submission where the users of
// their rooms can read them, and a folder for what each room reports. Gone with its owner.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "core/result.h"
#include "grade/handed_in.h"

namespace sockspec::grade {

struct StagedRoom {
  std::string folder;      // of all the others
  std::string submission;  // what was handed in
  std::string report;      // writable for the room
  std::string work;        // empty; for a submission that is graded without a room
  std::string errors;      // a file: what the room writes to standard error
};

class Staging {
 public:
  // In the folder for temporary files. `tool` is copied. Error (Harness): no room there.
  static Result<Staging> make(const std::string& tool);

  ~Staging();
  Staging(Staging&& other) noexcept;
  Staging& operator=(Staging&&) = delete;

  const std::string& tool() const { return tool_; }

  // `user` owns the report; none = we do. Links are copied as links.
  Result<StagedRoom> stage(const HandedIn& submission, std::size_t number,
                           std::optional<uid_t> user) const;

  static void remove(const StagedRoom& room);

 private:
  explicit Staging(std::string folder) : folder_(std::move(folder)) {}

  std::string folder_;
  std::string tool_;
};

}  // namespace sockspec::grade
