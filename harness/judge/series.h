// Gaps in several series: a client may begin its curve anew after a connection that was open for
// long, and may as well go on. How long is long enough is its own affair, but not that it is the
// same each time. So there are as many ways to see the gaps as there are such times, and one: they
// are right if they are in one of these ways, and wrong if they are in none. Whoever is right is so
// in one of them, which is why no right client is called wrong more often than growth.h and
// curve_fit.h say.
#pragma once

#include <span>
#include <vector>

#include "judge/curve_fit.h"
#include "judge/growth.h"

namespace halfopen::judge {

/// As grows() and fits(), where gaps may begin anew. Run and gap of a misfit are those of `runs`.
[[nodiscard]] Growth grows_in_series(std::span<const Gaps> runs);
[[nodiscard]] CurveFit fits_in_series(const Policy& policy, std::span<const Gaps> runs);

}  // namespace halfopen::judge
