#include "core/load/same_load.h"

namespace sockspec::load {

std::string difference(const LoadPlan& a, const LoadPlan& b) {
  if (a.profile.id != b.profile.id) return "the profile";
  if (a.arrivals != b.arrivals) return "the rate";
  if (a.size != b.size) return "the size";
  if (a.duration != b.duration || a.warmup != b.warmup) return "the duration";
  if (a.timeout != b.timeout) return "the timeout";
  if (a.pipeline != b.pipeline) return "the pipeline";
  if (a.shape != b.shape) return "the churn";
  if (a.validate != b.validate) return "what is validated";
  return {};
}

}  // namespace sockspec::load
