// Faults and their parameters in words, for the command line and for the docs.
#pragma once

#include <string>

#include "faults/fault.h"

namespace halfopen::faults {

/// "a duration, like \"250ms\"; default 2s": what the parameter takes.
[[nodiscard]] std::string form_in_words(const Parameter& parameter);
/// The scenario's own notation: `handshake = "folded"`, or a step: `{ frame = "masked" }`.
[[nodiscard]] std::string usage(const Fault& fault);

}  // namespace halfopen::faults
