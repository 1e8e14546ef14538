#include "link/passage.h"

#include <algorithm>

namespace halfopen::link {

Duration bounded(double nanoseconds) {
  constexpr double three_years = 1e9 * 3600 * 24 * 365 * 3;
  return Duration(static_cast<Duration::rep>(std::clamp(nanoseconds, -three_years, three_years)));
}

}  // namespace halfopen::link
