#include "reports/grade_words.h"

#include "core/grade/class_summary.h"
#include "core/grade/grade_names.h"
#include "reports/messages.h"

namespace sockspec::reports {

std::string state_word(grade::State state, const std::string& lang) {
  return render({"state." + std::string(name_of(state))}, lang);
}

std::string standing_word(const grade::Submission& submission, const std::string& lang) {
  if (submission.state != grade::State::Graded) return state_word(submission.state, lang);
  return render({"standing." + std::string(name_of(submission.outcome))}, lang);
}

std::string points_of_most(const grade::Submission& submission, const std::string& lang) {
  const auto& earned = submission.points.earned;
  return render({"classpage.points-of",
                 {{"points", earned ? grade::points_text(*earned) : "–"},
                  {"most", grade::points_text(submission.points.most)}}},
                lang);
}

std::string faults_text(const grade::Submission& submission) {
  std::string text;
  for (const grade::NamedFault& fault : submission.diagnosis) {
    if (fault.confidence < grade::kSureEnough) continue;
    text += (text.empty() ? "" : ", ") + fault.fault;
  }
  return text;
}

std::string why_text(const grade::Submission& submission, const std::string& lang) {
  std::string text;
  if (!submission.reason.empty()) text = render(submission.reason, lang);
  for (const Message& note : submission.points.notes)
    text += (text.empty() ? "" : "\n") + render(note, lang);
  return text;
}

}  // namespace sockspec::reports
