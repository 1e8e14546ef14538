// The gaps between a client's attempts, for what judges them one by one or as a curve.
#pragma once

#include <cstddef>
#include <vector>

#include "judge/evidence.h"
#include "judge/judge.h"

namespace halfopen::judge {

/// The attempts behind which there is a gap; each has a successor in `evidence.attempts`.
std::vector<const AttemptView*> with_gaps(const Evidence& evidence);

/// How long that connection had been open when the gap behind it began, where it lived for `settle`
/// or longer: that is a success, and a row of retries begins anew behind it. Else 0. `before` is
/// one of `evidence.attempts`.
[[nodiscard]] Duration open_before(const Evidence& evidence, const AttemptView& before);

/// There are so few gaps that they tell nothing: `failure`, or not judged where nothing asked the
/// client for more.
void take_too_few(const Evidence& evidence, Verdict& verdict, Failure failure, std::size_t gaps);

}  // namespace halfopen::judge
