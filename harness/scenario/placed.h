// A value with the place in the file that it came from.
#pragma once

#include "base/diagnostic.h"

namespace halfopen::scenario {

template <class T>
struct Placed {
  T value{};
  Place place;
};

}  // namespace halfopen::scenario
