#include "core/load/same_load.h"

namespace sockspec::load {

std::string difference(const LoadPlan& a, const LoadPlan& b) {
  if (a.profile.id != b.profile.id) return "the profile";
  if (a.stages != b.stages) return "the rate";
  if (a.size != b.size) return "the size";
  if (a.duration != b.duration || a.warmup != b.warmup) return "the duration";
  if (a.timeout != b.timeout) return "the timeout";
  if (a.pipeline != b.pipeline) return "the pipeline";
  if (a.think != b.think) return "the think time";
  if (a.shape != b.shape) return "the churn";
  if (a.idle != b.idle) return "the number of idle connections";
  if (a.write_size != b.write_size) return "the write size";
  if (a.read_rate != b.read_rate) return "the read rate";
  if (a.validate != b.validate) return "what is validated";
  return {};
}

}  // namespace sockspec::load
