// When a fault ends a connection that was accepted and is never served.
#pragma once

#include "faults/fault.h"

namespace halfopen::faults {

/// The parameters `bytes` and `after`.
[[nodiscard]] std::vector<Parameter> strike_parameters();
/// An accepted connection that ends by `act` at the moment which the parameters name.
[[nodiscard]] Reception accepted_until(const Arguments& arguments, Act::Kind act);

}  // namespace halfopen::faults
