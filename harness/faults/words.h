// Faults and their parameters in words, for the command line and for the docs.
#pragma once

#include <string>

#include "faults/fault.h"

namespace halfopen::faults {

/// "a duration, like \"250ms\"; default 2s": what the parameter takes.
[[nodiscard]] std::string form_in_words(const Parameter& parameter);
/// The scenario's own notation: `handshake = "folded"`, or a step: `{ frame = "masked" }`.
[[nodiscard]] std::string usage(const Fault& fault);

/// What a scenario must have in [server] for it, in TOML's notation; "" if nothing.
[[nodiscard]] std::string_view needed_in_server(const Fault& fault);

}  // namespace halfopen::faults
