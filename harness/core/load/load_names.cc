#include "core/load/load_report.h"
#include "core/load/rate_search.h"

namespace sockspec {

using load::Bottleneck;
using load::Pace;
using load::ReplyVerdict;
using load::Shape;
using load::Validate;

template <>
std::span<const Named<ReplyVerdict>> names<ReplyVerdict>() {
  static constexpr Named<ReplyVerdict> kTable[] = {
      {"ok", ReplyVerdict::Ok},
      {"corrupt", ReplyVerdict::Corrupt},
      {"wrong_transform", ReplyVerdict::WrongTransform},
      {"cross_talk", ReplyVerdict::CrossTalk},
      {"duplicate", ReplyVerdict::Duplicate},
      {"reordered", ReplyVerdict::Reordered},
      {"late", ReplyVerdict::Late},
      {"lost", ReplyVerdict::Lost},
      {"truncated", ReplyVerdict::Truncated},
      {"over_long", ReplyVerdict::OverLong},
      {"merged", ReplyVerdict::Merged},
      {"unsolicited", ReplyVerdict::Unsolicited},
      {"reset", ReplyVerdict::Reset},
      {"early_end", ReplyVerdict::EarlyEnd}};
  static_assert(std::size(kTable) == load::kReplyVerdicts);
  return kTable;
}

template <>
std::span<const Named<Pace>> names<Pace>() {
  static constexpr Named<Pace> kTable[] = {
      {"hybrid", Pace::Hybrid}, {"spin", Pace::Spin}, {"sleep", Pace::Sleep}};
  return kTable;
}

template <>
std::span<const Named<Validate>> names<Validate>() {
  static constexpr Named<Validate> kTable[] = {{"all", Validate::All}, {"none", Validate::None}};
  return kTable;
}

template <>
std::span<const Named<Shape>> names<Shape>() {
  static constexpr Named<Shape> kTable[] = {{"keep-alive", Shape::KeepAlive},
                                            {"churn", Shape::Churn},
                                            {"churn-reset", Shape::ChurnReset}};
  return kTable;
}

template <>
std::span<const Named<Bottleneck>> names<Bottleneck>() {
  static constexpr Named<Bottleneck> kTable[] = {{"server", Bottleneck::Server},
                                                 {"generator", Bottleneck::Generator},
                                                 {"schedule", Bottleneck::Schedule},
                                                 {"unclear", Bottleneck::Unclear}};
  return kTable;
}

template <>
std::span<const Named<load::TrialOutcome>> names<load::TrialOutcome>() {
  using load::TrialOutcome;
  static constexpr Named<TrialOutcome> kTable[] = {
      {"holds", TrialOutcome::Holds},
      {"fails", TrialOutcome::Fails},
      {"generator-limited", TrialOutcome::GeneratorLimited}};
  return kTable;
}

template <>
std::span<const Named<load::Capacity::Kind>> names<load::Capacity::Kind>() {
  using Kind = load::Capacity::Kind;
  static constexpr Named<Kind> kTable[] = {{"found", Kind::Found},
                                           {"below-least", Kind::BelowLeast},
                                           {"above-most", Kind::AboveMost},
                                           {"generator-limited", Kind::GeneratorLimited},
                                           {"unclear", Kind::Unclear}};
  return kTable;
}

}  // namespace sockspec
