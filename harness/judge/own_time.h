// How much a client has used of a time that halfopen itself sets it: to fail a connection, or to
// answer a Close. Its time begins when it can see what it is to answer, and does not go on while
// the scenario has stopped it.
#pragma once

#include "judge/evidence.h"

namespace halfopen::judge {

struct OwnTime {
  Duration used{};    ///< Without the link's delay there and back, as far as that is known.
  Duration unsure{};  ///< Of that, the most that the link may have held things up for besides.

  /// Whether more than `limit` was used, but perhaps by the link.
  [[nodiscard]] bool may_be_within(Duration limit) const {
    return used > limit && used - unsure <= limit;
  }
};

/// From when the server sent something in that attempt until the client was seen to answer it, or
/// until the run ended.
[[nodiscard]] OwnTime own_time(const Evidence& evidence, int attempt, Duration since,
                               Duration until);

}  // namespace halfopen::judge
