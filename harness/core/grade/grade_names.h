// The words of grade reports, as they are written in JSON.
#pragma once

#include <span>

#include "core/grade/grade_report.h"
#include "core/names.h"

namespace sockspec {

template <>
std::span<const Named<grade::State>> names<grade::State>();
template <>
std::span<const Named<grade::Isolation>> names<grade::Isolation>();

}  // namespace sockspec
