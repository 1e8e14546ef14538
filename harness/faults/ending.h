// How a connection ends once a fault has cut something off.
#pragma once

#include "faults/fault.h"

namespace halfopen::faults {

/// The parameter `end`: "reset", "fin" or "silent".
[[nodiscard]] Parameter ending_parameter();
[[nodiscard]] Act ending(const Arguments& arguments);

}  // namespace halfopen::faults
