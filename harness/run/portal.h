// A captive portal, as all attempts of a run know it.
#pragma once

#include <optional>

#include "base/time.h"

namespace halfopen::run {

struct Portal {
  bool open = false;
  std::optional<Time> met;  ///< When it first answered.
};

}  // namespace halfopen::run
