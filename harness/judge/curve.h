// The curve that a client's gaps follow, asked of one run or of several together.
#pragma once

#include <vector>

#include "judge/curve_fit.h"
#include "judge/growth.h"
#include "scenario/scenario.h"

namespace halfopen::judge {

std::vector<Duration> lengths_of(const Gaps& gaps);

/// What a scenario's `curve` says.
Policy policy_of(const scenario::Curve& curve);

/// Whether what was asked held: that the gaps grow (`wanted`), or that they do not.
Answer answer_of(const Growth& growth, bool wanted);

}  // namespace halfopen::judge
