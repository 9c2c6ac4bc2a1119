#include "grade/class_run.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "grade/judge_room.h"
#include "grade/room_script.h"
#include "reports/write_file.h"
#include "supervise/sandbox_probe.h"

namespace sockspec::grade {
namespace {

using namespace std::chrono_literals;

// For what a room does besides: to copy, to start the check, to write its report.
constexpr Duration kBesides = 60s;

}  // namespace

struct ClassRun::InRoom {
  ClassTask task;
  StagedRoom staged;
  std::unique_ptr<Room> room;
};

ClassRun::ClassRun(io::Loop& loop, ClassSettings settings, const Staging& staging,
                   std::vector<ClassTask> tasks)
    : loop_(loop),
      settings_(std::move(settings)),
      staging_(staging),
      tasks_(std::move(tasks)),
      spare_(loop, settings_.jobs, {[this] { return rooms_.size(); }, [this] { fill(); }}) {
  std::reverse(tasks_.begin(), tasks_.end());
}

ClassRun::~ClassRun() = default;

void ClassRun::start(Each each, std::function<void()> done) {
  each_ = std::move(each);
  done_ = std::move(done);
  spare_.start();
  io::soon(loop_, [this] {
    fill();
    finish_if_over();
  });
}

void ClassRun::fill() {
  while (!interrupted_ && !tasks_.empty() && rooms_.size() < spare_.limit()) {
    ClassTask task = std::move(tasks_.back());
    tasks_.pop_back();
    if (auto begun = begin(task); !begun) note_failure(task, begun.error());
  }
}

void ClassRun::finish_if_over() {
  if (!rooms_.empty() || (!interrupted_ && !tasks_.empty())) return;
  spare_.stop();
  if (done_) std::exchange(done_, nullptr)();
}

Result<Nothing> ClassRun::begin(ClassTask task) {
  const std::size_t number = number_++;
  RoomPlace place;
  place.sandbox = settings_.sandbox;
  if (settings_.sandbox && settings_.as_root)
    place.user = supervise::room_user(static_cast<unsigned>(number));
  place.visible = settings_.visible;
  place.tool = staging_.tool();
  Result<StagedRoom> staged = staging_.stage(task.submission, number, place.user);
  if (!staged) return staged.error();
  place.staged = *staged;
  const RoomCommand command = room_command(settings_.plan, task.room, place);
  std::vector<std::pair<std::string, std::string>> files{{kWrapperFile, command.wrapper}};
  if (task.room.own_profile) files.emplace_back(kProfileFile, settings_.profile_text);
  for (const auto& [name, text] : files) {
    const auto written = reports::write_file(staged->report + "/" + name, text);
    if (!written) return written.error();
    chmod((staged->report + "/" + name).c_str(), 0644);  // whatever our umask is
  }
  auto in_room = std::make_unique<InRoom>(InRoom{std::move(task), *staged, nullptr});
  InRoom* const here = in_room.get();
  here->room =
      std::make_unique<Room>(loop_, command.words, *staged, settings_.plan.limits.memory,
                             settings_.plan.limits.build + settings_.plan.limits.total + kBesides);
  rooms_.push_back(std::move(in_room));
  // Not from inside the room, which ends with this.
  here->room->start([this, here] { io::soon(loop_, [this, here] { ended(here); }); });
  return Nothing{};
}

void ClassRun::ended(InRoom* room) {
  const auto at = std::find_if(rooms_.begin(), rooms_.end(),
                               [&](const auto& each) { return each.get() == room; });
  const std::unique_ptr<InRoom> empty = std::move(*at);
  rooms_.erase(at);
  fill();  // the next one runs while this one is judged
  judge(*empty);
  finish_if_over();
}

void ClassRun::judge(InRoom& room) {
  RoomRecord record = room.room->record();
  Staging::remove(room.staged);
  ClassTask task = std::move(room.task);
  if (record.report) {
    record.report->command = shown_command(settings_.plan, task.room);
    record.report->target.command = task.room.recipe.recipe.run;
  }
  if (!interrupted_) {
    Submission submission =
        judge_room(settings_.plan, task.submission.name, task.room.recipe, record);
    if (submission.state == State::Error && !task.again) {
      task.again = true;
      tasks_.insert(tasks_.begin(), std::move(task));  // last, when fewer run beside it
      fill();
    } else {
      each_(std::move(submission), std::move(record));
    }
  }
}

void ClassRun::note_failure(const ClassTask& task, const Error& error) {
  each_(without_room(settings_.plan, task.submission.name, State::Error,
                     {"error.text", {{"text", error.text}}}),
        {});
}

void ClassRun::interrupt() {
  interrupted_ = true;
  for (const auto& room : rooms_) room->room->stop(Stopped::Asked);
}

std::vector<std::string> ClassRun::running() const {
  std::vector<std::string> names;
  for (const auto& room : rooms_) names.push_back(room->task.submission.name);
  return names;
}

}  // namespace sockspec::grade
