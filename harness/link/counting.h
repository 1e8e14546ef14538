// Counting what a peer sends, without ever overflowing.
#pragma once

#include <limits>

namespace halfopen::link {

/// One more, up to the greatest number there is; returns it.
inline int count_up(int& counter) {
  if (counter < std::numeric_limits<int>::max()) ++counter;
  return counter;
}

}  // namespace halfopen::link
